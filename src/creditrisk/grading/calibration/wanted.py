"""What a user asks of calibration, as one goal."""

from typing import TypedDict

from creditrisk.errors import SpecError
from creditrisk.grading.calibration.capacity import Capacity, InspectionCapacity
from creditrisk.grading.calibration.condition import Condition
from creditrisk.grading.calibration.costs import LeastCost
from creditrisk.grading.calibration.goal import Goal
from creditrisk.grading.calibration.largest_d import LargestD
from creditrisk.grading.calibration.maximal_share import MaximalShare
from creditrisk.grading.calibration.most_loss import MostLoss
from creditrisk.grading.calibration.precision import Precision
from creditrisk.grading.calibration.shares_goal import TargetShares
from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.shares import Shares, check_shares, load_shares


class Wishes(TypedDict, total=False):
    """What `goal_of` may be asked for, by name."""

    shares: Shares | None
    capacity: int | Capacity | InspectionCapacity | None
    precision: float | Precision | None
    costs: CostMatrix | None
    most_loss: MostLoss | None
    max_share: float | None


def goal_of(
    *,
    shares: Shares | None = None,
    capacity: int | Capacity | InspectionCapacity | None = None,
    precision: float | Precision | None = None,
    costs: CostMatrix | None = None,
    most_loss: MostLoss | None = None,
    max_share: float | None = None,
) -> Goal:
    """Return the goal that these wishes make together.

    Shares alone are a target. Beside a capacity, a precision or a maximal share, D is as large as these
    allow, but no larger than its target share where shares are given; the others share the rest in their
    proportion, that of Guangdong without shares.

    Parameters
    ----------
    shares : mapping of str to float, optional
        Target shares of A, B, C and D.
    capacity : int, Capacity or InspectionCapacity, optional
        Room for D; a number is that of its entities.
    precision : float or Precision, optional
        The lowest expected violation rate in D.
    costs : CostMatrix, optional
        Costs of misgrading, whose expectation shall be smallest.
    most_loss : MostLoss, optional
        Inspections that shall find the most loss.
    max_share : float, optional
        The largest share of D.

    Returns
    -------
    Goal
        One goal.

    Raises
    ------
    SpecError
        If nothing is wanted, or wishes exclude each other.
    """
    conditions = _conditions(capacity, precision, max_share)
    if most_loss is not None:
        if costs is not None or shares is not None or conditions:
            raise SpecError(
                "The most loss found is a goal by itself; got others beside it: leave them out, or give the "
                "largest shares in MostLoss(most=...)."
            )
        return most_loss
    if costs is not None:
        if shares is not None:
            raise SpecError("Cuts follow from shares or from costs; got both: leave one out.")
        return LeastCost(costs=costs, conditions=conditions)
    if shares is None:
        if not conditions:
            raise SpecError(
                "Calibration needs a goal; got none: give shares, capacity, precision, costs or most_loss."
            )
        return LargestD(conditions=conditions, rest=load_shares())
    targets = check_shares(shares)
    if not conditions:
        return TargetShares(shares=targets)
    target = MaximalShare(share=targets[RiskClass.D])
    return LargestD(conditions=(target, *conditions), rest=targets)


def _conditions(
    capacity: int | Capacity | InspectionCapacity | None,
    precision: float | Precision | None,
    max_share: float | None,
) -> tuple[Condition, ...]:
    found: list[Condition] = []
    if capacity is not None:
        if isinstance(capacity, Capacity | InspectionCapacity):
            found.append(capacity)
        else:
            found.append(Capacity(entities=int(capacity)))
    if precision is not None:
        found.append(precision if isinstance(precision, Precision) else Precision(at_least=precision))
    if max_share is not None:
        found.append(MaximalShare(share=max_share))
    return tuple(found)
