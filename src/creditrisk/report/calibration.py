"""Predicted against found on the entities inspected in the training periods."""

from typing import Any

import numpy as np
import pandas as pd

from creditrisk.report.content import ReportContent
from creditrisk.report.figures import count, share
from creditrisk.report.sections import Section, Texts
from creditrisk.report.svg.reliability import reliability

_Z = 1.6449
_FEWEST = 100
_FEWEST_DRAWN = 300


def calibration(content: ReportContent, t: Texts) -> Section | None:
    """Return the reliability diagram of the training periods; None with fewer than 100 inspected cases.

    Predictions are for a random draw, so where 300 or more were drawn at random only these are shown: other
    visits go where more is found.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    dict or None
        `chart` and `intro`.
    """
    if content.outcomes is None or content.trained_p is None:
        return None
    found = content.outcomes["violation"].to_numpy(dtype=np.float64)
    shown, whom = _shown(content.outcomes)
    if shown.sum() < _FEWEST:
        return None
    groups = by_predicted(content.trained_p.to_numpy(dtype=np.float64)[shown], found[shown])
    text = t["calibration"]
    said: dict[str, Any] = {
        "groups": len(groups),
        "low": share(groups["predicted"].min()),
        "high": share(groups["predicted"].max()),
        "found_low": share(groups["found"].min()),
        "found_high": share(groups["found"].max()),
    }
    chart = reliability(groups, alt=text["alt"].format(**said), x_label=text["x"], y_label=text["y"])
    return {
        "chart": chart,
        "intro": text["intro"].format(whom=text[whom].format(cases=count(int(shown.sum())))),
    }


def _shown(outcomes: pd.DataFrame) -> tuple[np.ndarray, str]:
    """Return whom to show, and the name of the text that says who they are."""
    labelled = outcomes["violation"].notna().to_numpy(dtype=bool)
    if "channel" not in outcomes or outcomes["channel"].isna().all():
        return labelled, "labelled"
    drawn = labelled & outcomes["channel"].eq("random").to_numpy(dtype=bool)
    return (drawn, "drawn") if drawn.sum() >= _FEWEST_DRAWN else (labelled, "mixed")


def by_predicted(predicted: np.ndarray, found: np.ndarray, *, groups: int = 10) -> pd.DataFrame:
    """Return mean prediction and rate found, with Wilson's 90 % interval, in groups of equal size.

    Parameters
    ----------
    predicted : ndarray of float, (entities,)
        Predicted probabilities.
    found : ndarray of float, (entities,)
        0 or 1.
    groups : int, default 10
        How many.

    Returns
    -------
    DataFrame
        `predicted`, `found`, `lower`, `upper`, `entities`; one row a group, in rising order.

    Examples
    --------
    >>> by_predicted(np.repeat([0.1, 0.9], 50), np.repeat([0.0, 1.0], 50), groups=2)["found"].tolist()
    [0.0, 1.0]
    """
    parts = np.array_split(np.argsort(predicted, kind="stable"), groups)
    rows = []
    for part in parts:
        n, rate = len(part), float(found[part].mean())
        spread = _Z * np.sqrt(rate * (1 - rate) / n + _Z**2 / (4 * n**2))
        centre = rate + _Z**2 / (2 * n)
        scale = 1 + _Z**2 / n
        rows.append(
            {
                "predicted": float(predicted[part].mean()),
                "found": rate,
                "lower": max(0.0, (centre - spread) / scale),
                "upper": min(1.0, (centre + spread) / scale),
                "entities": n,
            }
        )
    return pd.DataFrame(rows)
