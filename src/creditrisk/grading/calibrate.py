"""Cuts from target shares of the final classes, exact under any set of rules.

Rules only raise a class, so for each boundary there is a smallest model class from which on an entity ends
above it. Going from A|B to C|D, that leaves one sorted list a boundary, in which the cut is looked up.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.rules import RuleHits, apply_rules
from creditrisk.grading.texts import LANGUAGES, SHARE_NOTES, Language

Cuts = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class CutsByShares:
    """Cuts, and what they reach on the entities that they were made from.

    Parameters
    ----------
    cuts : tuple of 3 floats
        The lower bounds of B, C and D.
    reached : dict of RiskClass to float
        Shares of the final classes.
    notes : mapping of {"en", "zh"} to str
        Why shares differ from the targets, in each language; empty texts where they do not.
    """

    cuts: Cuts
    reached: dict[RiskClass, float]
    notes: Mapping[Language, str]


def cuts_by_shares(
    values: NDArray[np.float64], hits: RuleHits, shares: Mapping[RiskClass, float]
) -> CutsByShares:
    """Return the cuts at which the final classes have the target shares.

    Equal values are never separated: they go to the side that lies nearer to the target, to the riskier
    class where both are as near.

    Parameters
    ----------
    values : ndarray of float, (entities,)
        What is cut: posterior-mean expected loss or p.
    hits : RuleHits
        The rules that each entity hits.
    shares : mapping of RiskClass to float
        Target shares of A, B, C and D that add up to 1.

    Returns
    -------
    CutsByShares
        Cuts in rising order, the shares reached and why they differ from the targets.
    """
    final = np.stack([_final(hits, np.full(len(values), rank, dtype=np.int8)) for rank in range(4)])
    targets, notes = _targets(final[0], shares)
    cuts: list[float] = []
    for boundary in (1, 2, 3):
        deciding = (final < boundary).sum(axis=0)
        below = sum(
            int(np.count_nonzero((deciding == rank) & (values < cuts[rank - 1])))
            for rank in range(1, boundary)
        )
        free = np.sort(values[deciding == boundary])
        cut = _cut_after(free, targets[boundary - 1] - below)
        cuts.append(max([cut, *cuts]))
    reached_ranks = _final(hits, model_ranks(values, (cuts[0], cuts[1], cuts[2])))
    reached = _shares_of(reached_ranks)
    counts = np.bincount(reached_ranks, minlength=4).cumsum()[:3]
    if not notes and np.any(np.abs(counts - targets) > 0):
        notes = _notes("ties")
    return CutsByShares(cuts=(cuts[0], cuts[1], cuts[2]), reached=reached, notes=notes or _notes("reached"))


def _notes(name: str, **places: str) -> dict[Language, str]:
    return {language: SHARE_NOTES[language][name].format(**places) for language in LANGUAGES}


def model_ranks(values: NDArray[np.float64], cuts: Cuts) -> NDArray[np.int8]:
    """Return the class by the cuts alone, 0 for A to 3 for D; a value on a cut is in the riskier class.

    Parameters
    ----------
    values : ndarray of float, (entities,)
        What is cut.
    cuts : tuple of 3 floats
        The lower bounds of B, C and D.

    Returns
    -------
    ndarray of int8, (entities,)
        Ranks.

    Examples
    --------
    >>> model_ranks(np.array([0.5, 1.0, 2.5, 9.0]), (1.0, 2.0, 3.0)).tolist()
    [0, 1, 2, 3]
    """
    return np.searchsorted(np.asarray(cuts), values, side="right").astype(np.int8)


def _final(hits: RuleHits, ranks: NDArray[np.int8]) -> NDArray[np.int8]:
    return apply_rules(hits, ranks).ranks


def _shares_of(ranks: NDArray[np.int8]) -> dict[RiskClass, float]:
    counts = np.bincount(ranks, minlength=4)
    return {risk_class: float(counts[risk_class.rank] / len(ranks)) for risk_class in RiskClass}


def _targets(
    lowest: NDArray[np.int8], shares: Mapping[RiskClass, float]
) -> tuple[NDArray[np.int64], dict[Language, str]]:
    """Return how many entities shall end below B, C and D, given the lowest class each can have."""
    entities = len(lowest)
    wanted = np.array([shares[risk_class] for risk_class in RiskClass])
    direct = np.count_nonzero(lowest == RiskClass.D.rank) / entities
    notes: dict[Language, str] = {}
    if direct > wanted[3]:
        notes = _notes("vetoes", direct=f"{direct:.2%}", wanted=f"{wanted[3]:.2%}")
        wanted = np.append(wanted[:3] * (1 - direct) / (1 - wanted[3]), direct)
    return np.floor(wanted.cumsum()[:3] * entities + 0.5).astype(np.int64), notes


def _cut_after(ordered: NDArray[np.float64], number: int) -> float:
    """Return a cut with so many of the ordered values below it, or as near as equal values allow."""
    if len(ordered) == 0:
        return 0.0
    if number <= 0:
        return float(ordered[0])
    if number >= len(ordered):
        return float(np.nextafter(ordered[-1], np.inf))
    below, above = ordered[number - 1], ordered[number]
    if below == above:
        first = int(np.searchsorted(ordered, above, side="left"))
        last = int(np.searchsorted(ordered, above, side="right"))
        return _cut_after(ordered, first if number - first <= last - number else last)
    middle = below + (above - below) / 2
    return float(middle if below < middle <= above else above)
