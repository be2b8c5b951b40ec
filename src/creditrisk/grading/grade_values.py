"""One entity under a policy, from plain values: for services that answer in milliseconds."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from creditrisk.errors import SchemaError, hint, shown
from creditrisk.grading.grade_summary import check_summable, scale_of
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.rules import RuleHits, apply_rules
from creditrisk.indicators.rule import Rule

if TYPE_CHECKING:
    from creditrisk.grading.policy import GradingPolicy

_LETTERS = [str(risk_class) for risk_class in RiskClass]


class One(Protocol):
    """What a model says of one entity, as `RiskModel.grade_one` returns it."""

    @property
    def risk_class(self) -> str:
        """By the posterior mean."""

    @property
    def probabilities(self) -> Mapping[str, float]:
        """Of A to D."""


class Model(Protocol):
    """What is asked of a fitted model."""

    @property
    def currency_(self) -> str:
        """Of the losses."""

    def grade_one(
        self, values: Mapping[str, object], *, cuts: Sequence[float], on: str, interval: float
    ) -> Any:
        """Return what is said of one entity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedValues:
    """One entity with its class.

    Parameters
    ----------
    risk_class, model_class : str
        After the rules, and by the cuts alone.
    decided_by : str
        ``"model"``, or the id of the rule that set the class.
    direct : bool
        Whether a veto was hit: direct determination (直接判定).
    rules_hit : tuple of str
        Ids.
    risk : OneRisk
        Probabilities and intervals by the model.
    """

    risk_class: str
    model_class: str
    decided_by: str
    direct: bool
    rules_hit: tuple[str, ...]
    risk: Any


def grade_values(policy: "GradingPolicy", model: Model, values: Mapping[str, object]) -> RatedValues:
    """Return the class of one entity by every draw and every rule.

    Parameters
    ----------
    policy : GradingPolicy
        Cuts and rules.
    model : RiskModel
        A fitted model.
    values : mapping of str to object
        Every column of the fit and every indicator of a rule; None where missing.

    Returns
    -------
    RatedValues
        As `policy.grade` rates a row.

    Raises
    ------
    SchemaError
        If a value is not given, or not a number where one is needed.
    SpecError
        If the policy has a matrix or another currency, or the model a loss that needs a DataFrame.
    """
    check_summable(policy, model.currency_)
    hits = _hits(policy.rules, values)
    risk: One = model.grade_one(values, cuts=policy.inner_cuts, on=scale_of(policy), interval=policy.interval)
    of_mean = np.array([_LETTERS.index(risk.risk_class)], dtype=np.int8)
    of_class = np.array([[risk.probabilities[letter] for letter in _LETTERS]])
    ranks = policy.decision.ranks(of_mean, of_class)
    decided = apply_rules(hits, ranks)
    return RatedValues(
        risk_class=_LETTERS[decided.ranks[0]],
        model_class=_LETTERS[ranks[0]],
        decided_by=str(decided.decided_by[0]),
        direct=bool(decided.vetoed[0]),
        rules_hit=tuple(rule.id for rule, hit in zip(hits.rules, hits.hit[0], strict=True) if hit),
        risk=risk,
    )


def _hits(rules: Sequence[Rule], values: Mapping[str, object]) -> RuleHits:
    hit = np.zeros((1, len(rules)), dtype=bool)
    for j, rule in enumerate(rules):
        value = _read(rule.indicator, rule, values)
        reached = rule.if_missing == "hit" if math.isnan(value) else value >= rule.at_least
        released = rule.released_by is not None and _read(rule.released_by, rule, values) >= 1
        hit[0, j] = reached and not released
    return RuleHits(rules=tuple(rules), hit=hit)


def _read(indicator: str, rule: Rule, values: Mapping[str, object]) -> float:
    if indicator not in values:
        raise SchemaError(
            f"Rule {rule.id!r} reads {indicator!r}, None for a missing value; it is not given."
            f"{hint(indicator, map(str, values))}"
        )
    value = values[indicator]
    if value is None:
        return math.nan
    if isinstance(value, int | float | np.number | np.bool_):
        return float(value)
    raise SchemaError(f"Rule {rule.id!r} reads a number in {indicator!r}; got {shown(value)}.")
