"""Summaries of millions of entities to ratings, under a policy: what `grade` does without their draws."""

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.grading.cuts import model_ranks
from creditrisk.grading.grade import as_of
from creditrisk.grading.grade_pieces import check_currency
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.rules import apply_rules, find_hits
from creditrisk.indicators.frame import groups_of

if TYPE_CHECKING:
    from creditrisk.grading.policy import GradingPolicy

_LETTERS = np.array([str(risk_class) for risk_class in RiskClass], dtype=object)


class Figures(Protocol):
    """Mean and interval of one quantity, one value an entity."""

    @property
    def mean(self) -> NDArray[np.float32]:
        """Posterior means."""

    @property
    def lower(self) -> NDArray[np.float32]:
        """Lower ends of the intervals."""

    @property
    def upper(self) -> NDArray[np.float32]:
        """Upper ends of the intervals."""


class Summary(Protocol):
    """What a model says of every entity, as `RiskModel.summary` returns it."""

    @property
    def probabilities(self) -> NDArray[np.float32]:
        """P(A) to P(D)."""

    @property
    def p(self) -> Figures:
        """Of the probability of a violation."""

    @property
    def expected_loss(self) -> Figures:
        """Of the expected loss."""

    @property
    def currency(self) -> str:
        """Of the losses."""


def check_summable(policy: "GradingPolicy", currency: str) -> None:
    """Check that a policy can be applied to summaries.

    Parameters
    ----------
    policy : GradingPolicy
        The policy.
    currency : str
        Of the summaries.

    Raises
    ------
    SpecError
        If it grades by a matrix of probability and loss, for which every draw is needed, or has another
        currency.
    """
    if policy.matrix is not None:
        raise SpecError(
            f"A policy with a matrix needs every draw of an entity; {policy.name!r} has one: grade a "
            "posterior with `policy.grade`."
        )
    check_currency(policy, currency)


def scale_of(policy: "GradingPolicy") -> str:
    """Return what the cuts of a policy are on, as `RiskModel.summary` names it."""
    return "expected_loss" if policy.on == "expected_loss" else "p"


def grade_summary(policy: "GradingPolicy", summary: Summary, X: pd.DataFrame) -> Ratings:
    """Return the ratings of every entity of a summary, without reasons.

    Parameters
    ----------
    policy : GradingPolicy
        Cuts and rules; the summary was made with its `inner_cuts`, `scale_of` and `interval`.
    summary : RiskSummary
        From `RiskModel.summary`.
    X : DataFrame, (entities, indicators)
        The indicators of the same entities in the same order.

    Returns
    -------
    Ratings
        One row an entity, with the columns of `grade` but the reasons.

    Raises
    ------
    SpecError
        If the policy has a matrix, or another currency than the summary.
    """
    check_summable(policy, summary.currency)
    graded = summary.expected_loss if scale_of(policy) == "expected_loss" else summary.p
    of_class = summary.probabilities.astype(np.float64)
    of_mean = model_ranks(graded.mean.astype(np.float64), policy.inner_cuts)
    model = policy.decision.ranks(of_mean, of_class)
    hits = find_hits(policy.rules, X)
    decisions = apply_rules(hits, model)
    columns: dict[str, NDArray[Any]] = {
        "risk_class": _LETTERS[decisions.ranks],
        "model_class": _LETTERS[model],
    }
    columns |= {f"prob_{letter}": of_class[:, rank] for rank, letter in enumerate(_LETTERS)}
    loss = f"expected_loss_{policy.currency.lower()}"
    for name, figures in (("p_violation", summary.p), (loss, summary.expected_loss)):
        columns |= {name: figures.mean, f"{name}_lower": figures.lower, f"{name}_upper": figures.upper}
    if policy.score is not None:
        columns["score"] = policy.score.score(summary.p.mean.astype(np.float64))
    columns |= {"decided_by": decisions.decided_by, "direct": decisions.vetoed, "rules_hit": hits.ids()}
    groups = {name: X[name].astype(object).to_numpy() for name in groups_of(X) if name not in columns}
    return Ratings(
        table=pd.DataFrame(columns | groups, index=X.index),
        currency=policy.currency,
        interval=policy.interval,
        policy=f"{policy.name} {policy.version}",
        as_of=as_of(X),
    )
