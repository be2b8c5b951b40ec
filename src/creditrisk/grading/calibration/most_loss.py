"""The goal of the most loss found with so many inspections.

What is found is the rate of a class times the expected loss in it. Each step up a class buys as much loss
for one inspection as the entity is expected to cost, so the costliest entities go first and as high as they
may: D is filled, then C, then B, until the inspections are spent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from creditrisk.errors import SpecError
from creditrisk.grading.calibration.capacity import InspectionCapacity
from creditrisk.grading.calibration.evidence import Evidence
from creditrisk.grading.calibration.goal import Found
from creditrisk.grading.calibration.ladder import Ladder, ladder_of
from creditrisk.grading.calibration.largest import largest_monotone
from creditrisk.grading.calibration.largest_d import checks_of
from creditrisk.grading.calibration.recommend import unkept
from creditrisk.grading.cuts import Cuts


@dataclass(frozen=True, slots=True, kw_only=True)
class MostLoss:
    """With so many inspections, as much loss as can be is found.

    Parameters
    ----------
    capacity : InspectionCapacity
        Inspections, and the rates of the classes.
    most : mapping of str to float, default {}
        The largest shares that D, C and B may have, 0–1. Without them D takes all, and B and C stay empty:
        with fixed rates nothing finds more.

    Raises
    ------
    SpecError
        If a share is not between 0 and 1, or is given for A.
    """

    capacity: InspectionCapacity
    most: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the shares."""
        for name, share in self.most.items():
            if name not in ("B", "C", "D") or not 0 <= share <= 1:
                raise SpecError(
                    "The largest shares of B, C and D are numbers from 0 to 1; "
                    f"got {name}={share}: change it."
                )

    @property
    def method(self) -> str:
        """Its name: ``most_loss``."""
        return "most_loss"

    @property
    def moved_by(self) -> Literal["order", "outcome"]:
        """The order of the entities by expected loss."""
        return "order"

    def cuts(self, evidence: Evidence) -> Cuts:
        """Return the cuts that spend the inspections from the costliest entity on.

        Parameters
        ----------
        evidence : Evidence
            What is known of the entities; `values` are their expected losses.

        Returns
        -------
        tuple of 3 floats
            The lower bounds of B, C and D.
        """
        return self._cuts(ladder_of(evidence))

    def solve(self, evidence: Evidence) -> Found:
        """Return these cuts, and whether the capacity holds.

        Parameters
        ----------
        evidence : Evidence
            What is known of the entities; `values` are their expected losses.

        Returns
        -------
        Found
            Cuts and the check of the capacity.
        """
        ladder = ladder_of(evidence)
        cuts = self._cuts(ladder)
        tally = ladder.tally(cuts)
        checks = checks_of((self.capacity,), tally)
        return Found(cuts=cuts, tally=tally, checks=checks, notes=unkept((self.capacity,), tally))

    def _cuts(self, ladder: Ladder) -> Cuts:
        n = len(ladder.lowest)
        below = np.full(3, n, dtype=np.int64)
        for boundary, name in ((2, "D"), (1, "C"), (0, "B")):
            taken = n - int(below[boundary])

            def holds(number: int, boundary: int = boundary, taken: int = taken) -> bool:
                tried = below.copy()
                tried[: boundary + 1] = n - taken - number
                return self.capacity.holds(ladder.tally(ladder.cuts_at(tried)))

            room = min(int(self.most.get(name, 1.0) * n), n - taken)
            below[: boundary + 1] = n - taken - (largest_monotone(room, holds) or 0)
        return ladder.cuts_at(below)
