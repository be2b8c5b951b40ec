"""What is wanted of the cuts, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from creditrisk.grading.calibration.evidence import Evidence
from creditrisk.grading.calibration.ladder import Tally
from creditrisk.grading.cuts import Cuts
from creditrisk.grading.texts import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One condition, and whether the cuts keep it.

    Parameters
    ----------
    kind : str
        The name of the condition.
    limit, figure : float
        The last good figure, and the one that came.
    holds : bool
        Whether it is kept.
    """

    kind: str
    limit: float
    figure: float
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Cuts for a goal.

    Parameters
    ----------
    cuts : tuple of 3 floats
        The lower bounds of B, C and D.
    tally : Tally
        What the final classes hold under them.
    checks : tuple of Check, default ()
        The conditions.
    notes : mapping of {"en", "zh"} to str
        What to know: why targets were missed, or which of two goals gave way and what we recommend; empty
        texts where there is nothing to say.
    """

    cuts: Cuts
    tally: Tally
    checks: tuple[Check, ...] = ()
    notes: Mapping[Language, str] = field(default_factory=lambda: {"en": "", "zh": ""})


class Goal(Protocol):
    """Something that cuts can be made for."""

    @property
    def method(self) -> str:
        """Its name in policy files."""

    @property
    def moved_by(self) -> Literal["order", "outcome"]:
        """Whether the cuts follow from the order of the entities alone, or from what is expected of them."""

    def cuts(self, evidence: Evidence) -> Cuts:
        """Return the cuts for what is known of the entities."""

    def solve(self, evidence: Evidence) -> Found:
        """Return the same cuts with what they hold and what to know of them."""
