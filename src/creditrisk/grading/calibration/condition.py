"""One limit on what the final classes hold, such as a capacity or a precision."""

from typing import Protocol

from creditrisk.grading.calibration.ladder import Tally
from creditrisk.grading.risk_class import RiskClass


class Condition(Protocol):
    """One limit on what the final classes hold."""

    @property
    def kind(self) -> str:
        """Its name in policy files and texts."""

    @property
    def classes(self) -> tuple[RiskClass, ...]:
        """The classes that grow together until the limit is reached."""

    @property
    def limit(self) -> float:
        """The last good figure."""

    def figure(self, tally: Tally) -> float:
        """Return the figure that the limit is about."""

    def holds(self, tally: Tally) -> bool:
        """Return whether the figure is on the good side."""
