"""How large D may become."""

from dataclasses import dataclass

from creditrisk.errors import SpecError
from creditrisk.grading.calibration.ladder import Tally
from creditrisk.grading.risk_class import RiskClass

_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximalShare:
    """D holds at most such a share of the entities.

    Parameters
    ----------
    share : float
        0–1.

    Raises
    ------
    SpecError
        If it is not between 0 and 1.
    """

    share: float

    def __post_init__(self) -> None:
        """Check the share."""
        if not 0 <= self.share <= 1:
            raise SpecError(f"A share is a number from 0 to 1; got {self.share}: write 0.1 for 10 %.")

    @property
    def kind(self) -> str:
        """Its name: ``maximal_share``."""
        return "maximal_share"

    @property
    def classes(self) -> tuple[RiskClass, ...]:
        """D alone grows."""
        return (RiskClass.D,)

    @property
    def limit(self) -> float:
        """The largest share."""
        return self.share

    def figure(self, tally: Tally) -> float:
        """Return the share of D."""
        return float(tally.shares[RiskClass.D.rank])

    def holds(self, tally: Tally) -> bool:
        """Return whether it is no larger."""
        return self.figure(tally) <= self.limit + _SLACK
