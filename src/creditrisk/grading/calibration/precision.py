"""How often a visit to an entity of D shall find something."""

import math
from dataclasses import dataclass

from creditrisk.errors import SpecError, hint
from creditrisk.grading.calibration.ladder import Tally
from creditrisk.grading.risk_class import RiskClass

_SLACK = 1e-9
_AMONG = ("all", "model")


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Among the entities of D the expected rate of violations is at least so high.

    Parameters
    ----------
    at_least : float
        A rate, 0–1, over the horizon.
    among : {"all", "model"}, default "all"
        All of D, direct determinations with their own probability, or only those whom the model puts there:
        where rules fill most of D, cuts can do little for the rate of all.

    Raises
    ------
    SpecError
        If a field breaks these rules.
    """

    at_least: float
    among: str = "all"

    def __post_init__(self) -> None:
        """Check every field."""
        if not 0 <= self.at_least <= 1:
            raise SpecError(f"A precision is a rate from 0 to 1; got {self.at_least}: write 0.4 for 40 %.")
        if self.among not in _AMONG:
            raise SpecError(
                f"A precision is among all of D or those of the model; got {self.among!r}."
                f"{hint(str(self.among), _AMONG)}"
            )

    @property
    def kind(self) -> str:
        """Its name: ``precision``."""
        return "precision"

    @property
    def classes(self) -> tuple[RiskClass, ...]:
        """D alone grows."""
        return (RiskClass.D,)

    @property
    def limit(self) -> float:
        """The lowest rate."""
        return self.at_least

    def figure(self, tally: Tally) -> float:
        """Return the expected rate of violations; NaN where there is nobody."""
        number, violations = tally.entities[RiskClass.D.rank], tally.p[RiskClass.D.rank]
        if self.among == "model":
            number, violations = number - tally.direct_entities, violations - tally.direct_p
        return float(violations / number) if number > _SLACK else math.nan

    def holds(self, tally: Tally) -> bool:
        """Return whether the rate is high enough, or there is nobody."""
        return not self.figure(tally) < self.limit - _SLACK
