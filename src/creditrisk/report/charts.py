"""Pictures of ratings in the words of a language, for the report and by themselves."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.risk_class import RiskClass
from creditrisk.report.figures import count, money, share
from creditrisk.report.svg.bars import bars
from creditrisk.report.svg.plane import plane

Texts = Mapping[str, Any]

_SAMPLE = 1500


def class_names(t: Texts) -> list[str]:
    """Return the four classes with their labels, without a place to break the line.

    Parameters
    ----------
    t : mapping
        The texts of the language.

    Returns
    -------
    list of str
        A to D.
    """
    labels = zip(RiskClass, t["classes"]["labels"], strict=True)
    return [f"{c}\u00a0· {label}".replace(" ", "\u00a0") for c, label in labels]


def class_bars(ratings: Ratings, t: Texts) -> str:
    """Return the bars of the class distribution.

    Parameters
    ----------
    ratings : Ratings
        The ratings.
    t : mapping
        The texts of the language.

    Returns
    -------
    str
        An SVG element.
    """
    values = ratings.summary()["share"].tolist()
    shares = [share(value) for value in values]
    parts = ", ".join(f"{risk_class} {part}" for risk_class, part in zip(RiskClass, shares, strict=True))
    alt = t["classes"]["chart"].format(parts=parts)
    return bars(class_names(t), values, shares, alt=alt, css=list(RiskClass))


def risk_plane(ratings: Ratings, policy: GradingPolicy, *, months: int, t: Texts) -> str:
    """Return the plane of probability and loss with the cuts, over an even sample of the entities.

    Parameters
    ----------
    ratings : Ratings
        The ratings.
    policy : GradingPolicy
        Its cuts are drawn where they are on the expected loss.
    months : int
        The horizon of p.
    t : mapping
        The texts of the language.

    Returns
    -------
    str
        An SVG element.
    """
    table, text = sample(ratings), t["plane"]
    p = table["p_violation"]
    loss = table[ratings.loss_column] / p.where(p > 0)
    cuts = loss_cuts(policy)
    said = ", ".join(money(cut) for cut in cuts)
    return plane(
        pd.DataFrame({"p": p, "loss": loss, "risk_class": table["risk_class"]}),
        cuts,
        alt=text["alt"].format(shown=count(len(table)), cuts=said, currency=ratings.currency),
        x_label=text["x"].format(months=months),
        y_label=text["y"].format(currency=ratings.currency),
    )


def sample(ratings: Ratings) -> pd.DataFrame:
    """Return every n-th entity, so that at most some 1,500 are drawn.

    Parameters
    ----------
    ratings : Ratings
        The ratings.

    Returns
    -------
    DataFrame
        Some of the rows.
    """
    return ratings.table.iloc[:: max(1, -(-len(ratings.table) // _SAMPLE))]


def loss_cuts(policy: GradingPolicy) -> tuple[float, ...]:
    """Return the cuts of a policy on the expected loss; none if it cuts something else.

    Parameters
    ----------
    policy : GradingPolicy
        The policy.

    Returns
    -------
    tuple of float
        Lower bounds of B, C and D.
    """
    return tuple(policy.cuts or ()) if policy.on == "expected_loss" else ()
