"""How many entities, or inspections, there is room for."""

from collections.abc import Mapping
from dataclasses import dataclass

from creditrisk.errors import SpecError
from creditrisk.grading.calibration.ladder import Tally
from creditrisk.grading.inspection_rates import check_rates
from creditrisk.grading.risk_class import RiskClass

_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """D, or C and D together, hold at most so many entities.

    Parameters
    ----------
    entities : int
        The most that can be inspected.
    classes : tuple of RiskClass, default (D,)
        ``("D",)`` or ``("C", "D")``.

    Raises
    ------
    SpecError
        If a field breaks these rules.

    Examples
    --------
    >>> Capacity(entities=400).limit
    400.0
    """

    entities: int
    classes: tuple[RiskClass, ...] = (RiskClass.D,)

    def __post_init__(self) -> None:
        """Check every field."""
        if self.entities < 0:
            raise SpecError(f"A capacity is 0 entities or more; got {self.entities}: give a larger one.")
        if tuple(self.classes) not in (("D",), ("C", "D")):
            raise SpecError(
                f"A capacity is for D, or for C and D together; got {', '.join(self.classes) or 'none'}: "
                'write ("D",) or ("C", "D").'
            )
        object.__setattr__(self, "classes", tuple(RiskClass(one) for one in self.classes))

    @property
    def kind(self) -> str:
        """Its name: ``capacity``."""
        return "capacity"

    @property
    def limit(self) -> float:
        """The most entities."""
        return float(self.entities)

    def figure(self, tally: Tally) -> float:
        """Return how many entities the classes hold."""
        return float(sum(tally.entities[one.rank] for one in self.classes))

    def holds(self, tally: Tally) -> bool:
        """Return whether these are no more than the capacity."""
        return self.figure(tally) <= self.limit + _SLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionCapacity:
    """At the rates of the classes, at most so many inspections are to be expected.

    Parameters
    ----------
    inspections : float
        The most within the horizon.
    rates : mapping of str to float
        Chance of an inspection by class, 0–1, not falling from A to D.

    Raises
    ------
    SpecError
        If a field breaks these rules.
    """

    inspections: float
    rates: Mapping[str, float]

    def __post_init__(self) -> None:
        """Check every field."""
        if not self.inspections >= 0:
            raise SpecError(
                f"A capacity is 0 inspections or more; got {self.inspections}: give a larger one."
            )
        object.__setattr__(self, "rates", check_rates(self.rates))

    @property
    def kind(self) -> str:
        """Its name: ``inspections``."""
        return "inspections"

    @property
    def classes(self) -> tuple[RiskClass, ...]:
        """D alone grows."""
        return (RiskClass.D,)

    @property
    def limit(self) -> float:
        """The most inspections."""
        return float(self.inspections)

    def figure(self, tally: Tally) -> float:
        """Return how many inspections are to be expected."""
        return float(sum(rate * tally.entities[RiskClass(one).rank] for one, rate in self.rates.items()))

    def holds(self, tally: Tally) -> bool:
        """Return whether these are no more than the capacity."""
        return self.figure(tally) <= self.limit * (1 + _SLACK)
