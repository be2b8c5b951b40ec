"""The entities in the order of what is cut, so that the classes under any cuts are known at once.

For each boundary between two classes there is a smallest model class from which on an entity ends above it
once the rules have spoken: A where a rule puts it there anyway, none where a rule keeps it below. So each
boundary has one sorted list for each model class, and what lies above it under any cuts is looked up there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.grading.calibration.evidence import Evidence, Floats
from creditrisk.grading.cuts import Cuts
from creditrisk.grading.rules import apply_rules

BOUNDARIES = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the final classes hold, A to D.

    Parameters
    ----------
    entities, p, loss : ndarray of float, (4,)
        Numbers of entities, expected numbers of violations, and expected losses.
    direct_entities, direct_p : float
        Of those who are D by rules alone, numbers of entities and expected violations.
    """

    entities: Floats
    p: Floats
    loss: Floats
    direct_entities: float
    direct_p: float

    @property
    def shares(self) -> Floats:
        """Shares of the classes, 0–1."""
        shares: Floats = self.entities / self.entities.sum()
        return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """The entities of one list, from the smallest value to the largest.

    Parameters
    ----------
    values : ndarray of float, (n,)
        In rising order.
    above : ndarray of float, (3, n + 1)
        Number, p and loss of the entities from each place on.
    """

    values: Floats
    above: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Every entity, sorted once.

    Parameters
    ----------
    rungs : mapping of (boundary, rank) to Rung
        Those who end above the boundary from this model class on.
    fixed : ndarray of float, (4, 3)
        Number, p and loss of those who end above each boundary whatever the cuts; all of them in row 0.
    kept_below : ndarray of int, (4,)
        How many end below each boundary whatever the cuts.
    lowest : ndarray of int8, (entities,)
        The final class of each entity if the model says A.
    weight : float
        How many entities each one stands for.
    """

    rungs: Mapping[tuple[int, int], Rung]
    fixed: Floats
    kept_below: NDArray[np.int64]
    lowest: NDArray[np.int8]
    weight: float

    def tally(self, cuts: Cuts) -> Tally:
        """Return what the final classes hold under some cuts.

        Parameters
        ----------
        cuts : tuple of 3 floats
            The lower bounds of B, C and D.

        Returns
        -------
        Tally
            By class.
        """
        above = np.vstack([self.fixed, np.zeros(3)])
        for (boundary, rank), rung in self.rungs.items():
            above[boundary] += rung.above[:, np.searchsorted(rung.values, cuts[rank - 1])]
        entities, p, loss = (above[:-1] - above[1:]).T * self.weight
        direct_entities, direct_p, _ = self.fixed[3] * self.weight
        return Tally(
            entities=entities,
            p=p,
            loss=loss,
            direct_entities=float(direct_entities),
            direct_p=float(direct_p),
        )

    def cuts_at(self, below: NDArray[np.int64]) -> Cuts:
        """Return the cuts with so many final classes below B, C and D.

        Equal values are never separated: they go to the side that lies nearer to the wanted number, to the
        riskier class where both are as near.

        Parameters
        ----------
        below : ndarray of int, (3,)
            Wanted numbers.

        Returns
        -------
        tuple of 3 floats
            Not falling.
        """
        cuts: list[float] = []
        for boundary in BOUNDARIES:
            others = int(self.kept_below[boundary])
            for rank in range(1, boundary):
                others += int(np.searchsorted(self.rungs[boundary, rank].values, cuts[rank - 1]))
            free = self.rungs[boundary, boundary].values
            cuts.append(max([cut_after(free, int(below[boundary - 1]) - others), *cuts]))
        return cuts[0], cuts[1], cuts[2]


def ladder_of(evidence: Evidence) -> Ladder:
    """Return the entities, sorted.

    Parameters
    ----------
    evidence : Evidence
        What is known of them.

    Returns
    -------
    Ladder
        Ready for any cuts.
    """
    n = len(evidence)
    final = np.stack([apply_rules(evidence.hits, np.full(n, rank, dtype=np.int8)).ranks for rank in range(4)])
    order = np.argsort(evidence.values, kind="stable")
    quantities = np.stack([np.ones(n), evidence.p, evidence.loss])
    rungs: dict[tuple[int, int], Rung] = {}
    fixed, kept_below = np.zeros((4, 3)), np.zeros(4, dtype=np.int64)
    fixed[0] = quantities.sum(axis=1)
    for boundary in BOUNDARIES:
        deciding = (final < boundary).sum(axis=0)
        fixed[boundary] = quantities[:, deciding == 0].sum(axis=1)
        kept_below[boundary] = np.count_nonzero(deciding == len(final))
        for rank in BOUNDARIES:
            places = order[deciding[order] == rank]
            above = np.zeros((3, len(places) + 1))
            above[:, :-1] = np.cumsum(quantities[:, places[::-1]], axis=1)[:, ::-1]
            rungs[boundary, rank] = Rung(values=evidence.values[places], above=above)
    return Ladder(rungs=rungs, fixed=fixed, kept_below=kept_below, lowest=final[0], weight=evidence.weight)


def cut_after(ordered: Floats, number: int) -> float:
    """Return a cut with so many of the ordered values below it, or as near as equal values allow.

    Parameters
    ----------
    ordered : ndarray of float
        In rising order.
    number : int
        How many shall lie below.

    Returns
    -------
    float
        Half-way between two values; the first value for none below, just above the last for all.

    Examples
    --------
    >>> cut_after(np.array([1.0, 2.0, 2.0, 4.0]), 3), cut_after(np.array([1.0, 2.0, 2.0, 4.0]), 2)
    (3.0, 1.5)
    """
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
        return cut_after(ordered, first if number - first <= last - number else last)
    middle = below + (above - below) / 2
    return float(middle if below < middle <= above else above)
