"""Rules over the model's class: notches, vetoes (direct determination, 直接判定), ceilings, floors."""

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
        Whether the rule's indicator reached its threshold and nothing released it.
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
        values = _read(rule.indicator, rule, X)
        hit[:, j] = values >= rule.at_least
        if rule.if_missing == "hit":
            hit[:, j] |= X[rule.indicator].isna().to_numpy(dtype=bool)
        if rule.released_by is not None:
            hit[:, j] &= ~(_read(rule.released_by, rule, X) >= 1)
    return RuleHits(rules=tuple(rules), hit=hit)


def _read(indicator: str, rule: Rule, X: pd.DataFrame) -> NDArray[np.float64]:
    if indicator not in X.columns:
        known = [str(column) for column in X.columns]
        raise SpecError(
            f"Rule {rule.id!r} reads the indicator {indicator!r}, which X does not have."
            f"{hint(indicator, known)}"
        )
    return pd.to_numeric(X[indicator], errors="coerce").to_numpy(dtype=np.float64)


def apply_rules(hits: RuleHits, model_ranks: Ranks) -> Decisions:
    """Return the class after the rules: model class, notches, vetoes, ceilings, floors, in this order.

    Several notches add up, each up to its own cap, those with the lower cap first. A veto (direct
    determination) counts as the decision even where the model says the same; it never lowers a class, and of
    several the one with the highest class is named. A ceiling lowers a class, but not one that a veto set; a
    floor only raises. The order of the rules in the policy does not matter: within a kind they go by class,
    then by id.

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
    for rule, hit in _by_class(hits, "notch"):
        lifted = np.maximum(ranks, np.minimum(ranks + (rule.notches or 0), _rank(rule)))
        _move_to(ranks, decided_by, lifted, hit & (lifted > ranks), rule)
    vetoed = np.zeros(len(ranks), dtype=bool)
    for rule, hit in reversed(_by_class(hits, "veto")):
        raised = np.maximum(ranks, _rank(rule))
        _move_to(ranks, decided_by, raised, hit & ~vetoed, rule)
        vetoed |= hit
    for rule, hit in reversed(_by_class(hits, "ceiling")):
        lowered = np.minimum(ranks, _rank(rule))
        _move_to(ranks, decided_by, lowered, hit & ~vetoed & (lowered < ranks), rule)
    for rule, hit in _by_class(hits, "floor"):
        raised = np.maximum(ranks, _rank(rule))
        _move_to(ranks, decided_by, raised, hit & (raised > ranks), rule)
    return Decisions(ranks=ranks, decided_by=decided_by, vetoed=vetoed)


def _by_class(hits: RuleHits, kind: str) -> list[tuple[Rule, NDArray[np.bool_]]]:
    """Return the rules of one kind with their hits, by class and then by id from the last to the first."""
    named = sorted(hits.of_kind(kind), key=lambda one: one[0].id, reverse=True)
    return sorted(named, key=lambda one: _rank(one[0]))


def _rank(rule: Rule) -> int:
    return RiskClass(rule.risk_class or "D").rank


def _move_to(
    ranks: Ranks, decided_by: NDArray[np.object_], to: NDArray[np.int8], where: NDArray[np.bool_], rule: Rule
) -> None:
    ranks[where] = to[where]
    decided_by[where] = rule.id
