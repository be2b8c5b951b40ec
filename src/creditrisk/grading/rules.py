"""Rules over the model's class: notches, then vetoes (direct determination, 直接判定), then floors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError, hint
from creditrisk.grading.risk_class import RiskClass
from creditrisk.indicators.rule import Rule

BY_MODEL = "model"

Ranks = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHits:
    """Which entity hit which rule.

    Parameters
    ----------
    rules : tuple of Rule
        The rules in the order of the policy.
    hit : ndarray of bool, (entities, rules)
        Whether the rule's indicator reached its threshold; a missing value is no hit.
    """

    rules: tuple[Rule, ...]
    hit: NDArray[np.bool_]

    def of_kind(self, kind: str) -> list[tuple[Rule, NDArray[np.bool_]]]:
        """Return the rules of one kind with their hits, in the order of the policy."""
        return [(rule, self.hit[:, j]) for j, rule in enumerate(self.rules) if rule.kind == kind]

    def ids(self) -> NDArray[np.object_]:
        """Return the ids of the rules that each entity hit, joined by semicolons."""
        listed = np.full(len(self.hit), "", dtype=object)
        for row in np.flatnonzero(self.hit.any(axis=1)):
            listed[row] = ";".join(
                rule.id for rule, hit in zip(self.rules, self.hit[row], strict=True) if hit
            )
        return listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The class of every entity after the rules, and who decided it.

    Parameters
    ----------
    ranks : ndarray of int8, (entities,)
        0 for A to 3 for D.
    decided_by : ndarray of str, (entities,)
        ``"model"`` or the id of the rule that set the class.
    vetoed : ndarray of bool, (entities,)
        Whether a veto was hit: direct determination.
    """

    ranks: Ranks
    decided_by: NDArray[np.object_]
    vetoed: NDArray[np.bool_]


def find_hits(rules: Sequence[Rule], X: pd.DataFrame) -> RuleHits:
    """Return which entity hits which rule.

    Parameters
    ----------
    rules : sequence of Rule
        Rules over columns of X.
    X : DataFrame, (entities, indicators)
        Indicator values.

    Returns
    -------
    RuleHits
        One column of hits a rule.

    Raises
    ------
    SpecError
        If a rule reads an indicator that X does not have.
    """
    hit = np.zeros((len(X), len(rules)), dtype=bool)
    for j, rule in enumerate(rules):
        if rule.indicator not in X.columns:
            known = [str(column) for column in X.columns]
            raise SpecError(
                f"Rule {rule.id!r} reads the indicator {rule.indicator!r}, which X does not have."
                f"{hint(rule.indicator, known)}"
            )
        values = pd.to_numeric(X[rule.indicator], errors="coerce").to_numpy(dtype=np.float64)
        hit[:, j] = values >= rule.at_least
    return RuleHits(rules=tuple(rules), hit=hit)


def apply_rules(hits: RuleHits, model_ranks: Ranks) -> Decisions:
    """Return the class after the rules: model class, notches, vetoes, floors, in this order.

    Several notches add up, each up to its own cap; a veto sets its class (D) and counts as the decision
    even where the model says the same; a floor only ever raises. The first veto of the policy is named.

    Parameters
    ----------
    hits : RuleHits
        The hits of the entities.
    model_ranks : ndarray of int8, (entities,)
        The class by the cuts alone, 0 for A to 3 for D.

    Returns
    -------
    Decisions
        Final classes, who decided, and direct determinations.
    """
    ranks = model_ranks.astype(np.int8)
    decided_by = np.full(len(ranks), BY_MODEL, dtype=object)
    for rule, hit in hits.of_kind("notch"):
        lifted = np.maximum(ranks, np.minimum(ranks + (rule.notches or 0), _rank(rule.risk_class)))
        _raise_to(ranks, decided_by, lifted, hit & (lifted > ranks), rule)
    vetoed = np.zeros(len(ranks), dtype=bool)
    for rule, hit in hits.of_kind("veto"):
        _raise_to(ranks, decided_by, np.full_like(ranks, _rank(rule.risk_class)), hit & ~vetoed, rule)
        vetoed |= hit
    for rule, hit in hits.of_kind("floor"):
        lowest = np.full_like(ranks, _rank(rule.risk_class))
        _raise_to(ranks, decided_by, lowest, hit & (lowest > ranks), rule)
    return Decisions(ranks=ranks, decided_by=decided_by, vetoed=vetoed)


def _rank(risk_class: str | None) -> int:
    return 3 if risk_class is None else RiskClass(risk_class).rank


def _raise_to(
    ranks: Ranks, decided_by: NDArray[np.object_], to: NDArray[np.int8], where: NDArray[np.bool_], rule: Rule
) -> None:
    ranks[where] = to[where]
    decided_by[where] = rule.id
