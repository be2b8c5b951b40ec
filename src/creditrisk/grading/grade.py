"""Posterior and indicators to ratings, under a policy."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.grading.decision import ByMean
from creditrisk.grading.draws import Draws, summarise
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.reasons import reasons, strongest
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.rules import Decisions, apply_rules, find_hits
from creditrisk.grading.scale import mean_ranks, probabilities
from creditrisk.grading.texts import LANGUAGES
from creditrisk.indicators.frame import groups_of

if TYPE_CHECKING:
    from creditrisk.grading.policy import GradingPolicy

_LETTERS = np.array([str(risk_class) for risk_class in RiskClass], dtype=object)


def grade(policy: "GradingPolicy", posterior: Draws, X: pd.DataFrame) -> Ratings:
    """Return the ratings of every entity of a posterior.

    Parameters
    ----------
    policy : GradingPolicy
        Cuts, rules and the probability of the intervals.
    posterior : RiskPosterior
        Draws of p and of the expected loss, (draws, entities).
    X : DataFrame, (entities, indicators)
        The indicators of the same entities in the same order.

    Returns
    -------
    Ratings
        One row an entity.

    Raises
    ------
    SpecError
        If posterior and X do not hold the same entities, or the currencies differ.
    """
    _check_fits(policy, posterior, X)
    of_class = probabilities(policy, posterior)
    model = policy.decision.ranks(mean_ranks(policy, posterior), of_class)
    hits = find_hits(policy.rules, X)
    decisions = apply_rules(hits, model)
    columns: dict[str, NDArray[Any]] = {
        "risk_class": _LETTERS[decisions.ranks],
        "model_class": _LETTERS[model],
    }
    columns |= {f"prob_{letter}": of_class[:, rank] for rank, letter in enumerate(_LETTERS)}
    loss = f"expected_loss_{policy.currency.lower()}"
    for name, draws in (("p_violation", posterior.p), (loss, posterior.expected_loss)):
        summary = summarise(draws, interval=policy.interval)
        columns |= {name: summary.mean, f"{name}_lower": summary.lower, f"{name}_upper": summary.upper}
    if policy.score is not None:
        columns["score"] = policy.score.score(columns["p_violation"])
    columns |= {"decided_by": decisions.decided_by, "direct": decisions.vetoed, "rules_hit": hits.ids()}
    movers = None if posterior.contributions is None else strongest(posterior.contributions)
    columns |= {f"reasons_{language}": reasons(movers, hits, X, language) for language in LANGUAGES}
    groups = {name: X[name].astype(object) for name in groups_of(X) if name in X.columns}
    columns |= {name: values.to_numpy() for name, values in groups.items() if name not in columns}
    return Ratings(
        table=pd.DataFrame(columns, index=X.index),
        currency=policy.currency,
        interval=policy.interval,
        policy=f"{policy.name} {policy.version}",
        as_of=as_of(X),
    )


def decide(policy: "GradingPolicy", posterior: Draws, X: pd.DataFrame) -> Decisions:
    """Return only the classes and who decided them, without intervals and reasons.

    Parameters
    ----------
    policy : GradingPolicy
        Cuts and rules.
    posterior : RiskPosterior
        Draws of p and of the expected loss.
    X : DataFrame, (entities, indicators)
        The indicators of the same entities in the same order.

    Returns
    -------
    Decisions
        The same classes as `grade` gives.

    Raises
    ------
    SpecError
        If posterior and X do not hold the same entities, or the currencies differ.
    """
    _check_fits(policy, posterior, X)
    of_mean = mean_ranks(policy, posterior)
    if not isinstance(policy.decision, ByMean):
        of_mean = policy.decision.ranks(of_mean, probabilities(policy, posterior))
    return apply_rules(find_hits(policy.rules, X), of_mean)


def _check_fits(policy: "GradingPolicy", posterior: Draws, X: pd.DataFrame) -> None:
    check_aligned(posterior, X)
    if posterior.currency != policy.currency:
        raise SpecError(
            f"A policy grades losses in its own currency; {policy.name!r} is in {policy.currency}, "
            f"the posterior in {posterior.currency}: use a policy for {posterior.currency}."
        )


def check_aligned(posterior: Draws, X: pd.DataFrame) -> None:
    """Check that posterior and X hold the same entities in the same order.

    Raises
    ------
    SpecError
        If they do not.
    """
    if not posterior.entity_ids.equals(X.index):
        raise SpecError(
            f"A posterior is graded with the X that it was made from; the posterior has "
            f"{len(posterior.entity_ids)} entities and X has {len(X)}, or their order differs: "
            "pass the same X to both."
        )


def as_of(X: pd.DataFrame) -> str | None:
    """Return the date that X describes, if it says so."""
    date = X.attrs.get("creditrisk", {}).get("as_of")
    return None if date is None else str(date)
