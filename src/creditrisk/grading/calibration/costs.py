"""The goal of the least expected cost of misgrading, exact for three cuts under any rules.

Along the sorted entities the cost of giving everybody below a place one class and everybody above it the
next is a running sum, so the three best places are found in one pass each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.grading.calibration.condition import Condition
from creditrisk.grading.calibration.evidence import Evidence, Floats
from creditrisk.grading.calibration.goal import Found
from creditrisk.grading.calibration.ladder import Ladder, cut_after, ladder_of
from creditrisk.grading.calibration.largest import largest
from creditrisk.grading.calibration.largest_d import checks_of
from creditrisk.grading.calibration.recommend import unkept
from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.cuts import Cuts
from creditrisk.grading.rules import apply_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastCost:
    """The posterior expected cost of misgrading is as small as three cuts can make it.

    Parameters
    ----------
    costs : CostMatrix
        What each class costs for each true class.
    conditions : tuple of Condition, default ()
        What D must keep to; where the cheapest cuts break them, D is made smaller.
    """

    costs: CostMatrix
    conditions: tuple[Condition, ...] = ()

    @property
    def method(self) -> str:
        """``costs``, and the names of the conditions."""
        return "+".join(dict.fromkeys(["costs", *(one.kind for one in self.conditions)]))

    @property
    def moved_by(self) -> Literal["order", "outcome"]:
        """What is expected of the entities."""
        return "outcome"

    def cuts(self, evidence: Evidence) -> Cuts:
        """Return the cheapest cuts.

        Parameters
        ----------
        evidence : Evidence
            What is known of the entities, with the probabilities of their true classes.

        Returns
        -------
        tuple of 3 floats
            The lower bounds of B, C and D.
        """
        return self._cuts(evidence, ladder_of(evidence))

    def solve(self, evidence: Evidence) -> Found:
        """Return the cheapest cuts, and whether the conditions hold.

        Parameters
        ----------
        evidence : Evidence
            What is known of the entities, with the probabilities of their true classes.

        Returns
        -------
        Found
            Cuts and checks.
        """
        ladder = ladder_of(evidence)
        cuts = self._cuts(evidence, ladder)
        tally = ladder.tally(cuts)
        checks = checks_of(self.conditions, tally)
        return Found(cuts=cuts, tally=tally, checks=checks, notes=unkept(self.conditions, tally))

    def _cuts(self, evidence: Evidence, ladder: Ladder) -> Cuts:
        scale = _Scale.of(evidence, self.costs)
        cheapest = scale.cuts(0)
        if all(one.holds(ladder.tally(cheapest)) for one in self.conditions):
            return cheapest

        def holds(number: int) -> bool:
            tally = ladder.tally(scale.cuts(len(evidence) - number))
            return all(one.holds(tally) for one in self.conditions)

        return scale.cuts(len(evidence) - (largest(len(evidence), holds) or 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Sorted values, the places where a cut may lie, and the cheapest place of each cut before them."""

    ordered: Floats
    places: NDArray[np.intp]
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    up_to: Floats

    @classmethod
    def of(cls, evidence: Evidence, costs: CostMatrix) -> "_Scale":
        order = np.argsort(evidence.values, kind="stable")
        ordered = evidence.values[order]
        steps = np.diff(_class_costs(evidence, costs)[:, order], axis=0)
        sums = np.zeros((3, len(order) + 1))
        np.cumsum(-steps, axis=1, out=sums[:, 1:])
        places = np.concatenate([[0], np.flatnonzero(np.diff(ordered)) + 1, [len(order)]])
        h1, h2, h3 = sums[:, places]
        first = _cheapest_so_far(h1)
        second = _cheapest_so_far(h2 + h1[first])
        before = h2[second] + h1[first[second]]
        return cls(ordered=ordered, places=places, first=first, second=second, up_to=h3 + before)

    def cuts(self, fewest_below_d: int) -> Cuts:
        start = int(np.searchsorted(self.places, fewest_below_d))
        third = start + int(np.argmin(self.up_to[start:]))
        second = int(self.second[third])
        first = int(self.first[second])
        low, middle, high = (cut_after(self.ordered, int(self.places[one])) for one in (first, second, third))
        return low, middle, high


def _cheapest_so_far(costs: Floats) -> NDArray[np.intp]:
    """Return for each place the first cheapest one up to it."""
    lowest = np.minimum.accumulate(costs)
    new = np.concatenate([[True], costs[1:] < lowest[:-1]])
    found: NDArray[np.intp] = np.maximum.accumulate(np.where(new, np.arange(len(costs)), 0))
    return found


def _class_costs(evidence: Evidence, costs: CostMatrix) -> Floats:
    """Return what each model class costs in expectation after the rules, (4, entities)."""
    if evidence.true_class is None:
        raise SpecError(
            "Costs of misgrading need the probabilities of the true classes; there are none: give "
            "`true_cuts`, where the true classes begin."
        )
    expected = costs.expected(evidence.true_class)
    n = len(evidence)
    rows = np.arange(n)
    found: Sequence[Floats] = [
        expected[rows, apply_rules(evidence.hits, np.full(n, rank, dtype=np.int8)).ranks] for rank in range(4)
    ]
    return np.stack(found)
