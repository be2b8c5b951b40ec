"""The goal of the largest D, or C and D, that keeps to capacity, precision and the other conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from creditrisk.grading.calibration.by_shares import cuts_by_shares, scaled
from creditrisk.grading.calibration.condition import Condition
from creditrisk.grading.calibration.evidence import Evidence
from creditrisk.grading.calibration.goal import Check, Found
from creditrisk.grading.calibration.ladder import Ladder, Tally, ladder_of
from creditrisk.grading.calibration.largest import largest, largest_monotone
from creditrisk.grading.calibration.recommend import Alone, recommendation
from creditrisk.grading.cuts import Cuts
from creditrisk.grading.risk_class import RiskClass


@dataclass(frozen=True, slots=True, kw_only=True)
class LargestD:
    """D, or C and D, is as large as all conditions allow; the other classes share the rest.

    Parameters
    ----------
    conditions : tuple of Condition
        One or more; a capacity for C and D makes these two grow together.
    rest : mapping of RiskClass to float
        Shares of A, B, C and D in whose proportions the classes are divided.
    """

    conditions: tuple[Condition, ...]
    rest: Mapping[RiskClass, float]

    @property
    def method(self) -> str:
        """The names of the conditions, joined by a plus."""
        return "+".join(dict.fromkeys(one.kind for one in self.conditions))

    @property
    def moved_by(self) -> Literal["order", "outcome"]:
        """What is expected of the entities, where a precision is asked for; else their order alone."""
        return "outcome" if any(one.kind == "precision" for one in self.conditions) else "order"

    @property
    def classes(self) -> tuple[RiskClass, ...]:
        """The classes that grow."""
        return max((one.classes for one in self.conditions), key=len)

    def cuts(self, evidence: Evidence) -> Cuts:
        """Return the cuts of the largest D; of the smallest, where a condition cannot be kept.

        Parameters
        ----------
        evidence : Evidence
            What is known of the entities.

        Returns
        -------
        tuple of 3 floats
            The lower bounds of B, C and D.
        """
        ladder = ladder_of(evidence)
        return self._cuts(ladder, self._largest(ladder, self.conditions) or 0)

    def solve(self, evidence: Evidence) -> Found:
        """Return the cuts of the largest D, and what each condition by itself would have given.

        Parameters
        ----------
        evidence : Evidence
            What is known of the entities.

        Returns
        -------
        Found
            Cuts, checks, and a recommendation where conditions conflict or one cannot be kept.
        """
        ladder = ladder_of(evidence)
        cuts = self._cuts(ladder, self._largest(ladder, self.conditions) or 0)
        tally = ladder.tally(cuts)
        checks = checks_of(self.conditions, tally)
        alone = [
            Alone(
                condition=one,
                holds=(mine := self._largest(ladder, (one,))) is not None,
                tally=ladder.tally(self._cuts(ladder, mine or 0)),
            )
            for one in self.conditions
        ]
        return Found(cuts=cuts, tally=tally, checks=checks, notes=recommendation(alone, tally, self.classes))

    def _largest(self, ladder: Ladder, conditions: tuple[Condition, ...]) -> int | None:
        def holds(number: int) -> bool:
            tally = ladder.tally(self._cuts(ladder, number))
            return all(one.holds(tally) for one in conditions)

        search = largest if self.moved_by == "outcome" else largest_monotone
        return search(len(ladder.lowest), holds)

    def _cuts(self, ladder: Ladder, number: int) -> Cuts:
        return cuts_by_shares(ladder, scaled(self.rest, self.classes, number / len(ladder.lowest)))


def checks_of(conditions: tuple[Condition, ...], tally: Tally) -> tuple[Check, ...]:
    """Return whether each condition holds.

    Parameters
    ----------
    conditions : tuple of Condition
        The conditions.
    tally : Tally
        What the classes hold.

    Returns
    -------
    tuple of Check
        In the same order.
    """
    return tuple(
        Check(kind=one.kind, limit=one.limit, figure=one.figure(tally), holds=one.holds(tally))
        for one in conditions
    )
