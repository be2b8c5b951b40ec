"""What it costs to give an entity one class when another is the true one."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.grading.cuts import Cuts

Floats = NDArray[np.float64]
Rows = tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostMatrix:
    """Costs by true class and given class, in any unit.

    Parameters
    ----------
    costs : tuple of 4 tuples of 4 floats
        One row for each true class A to D, one column for each given class; 0 or more, and in each row
        nothing is cheaper than the true class itself.
    true_cuts : tuple of 3 floats, optional
        Where the true classes B, C and D begin, on the scale that is cut. Without them the true classes are
        those of the cuts of a policy that is already there.

    Raises
    ------
    SpecError
        If a field breaks these rules.

    Examples
    --------
    >>> costs = CostMatrix(costs=((0, 1, 2, 4), (2, 0, 1, 2), (5, 2, 0, 1), (20, 10, 4, 0)))
    >>> costs.expected(np.array([[0.5, 0.0, 0.0, 0.5]])).tolist()
    [[10.0, 5.5, 3.0, 2.0]]
    """

    costs: Rows
    true_cuts: Cuts | None = None

    def __post_init__(self) -> None:
        """Check every field."""
        rows = tuple(tuple(float(one) for one in row) for row in self.costs)
        if [len(row) for row in rows] != [4] * 4:
            raise SpecError(
                "Costs of misgrading have four rows of four numbers, a row a true class and a column a given "
                f"class; got {len(rows)} rows of {sorted({len(row) for row in rows})}: complete them."
            )
        for rank, row in enumerate(rows):
            if not all(math.isfinite(one) and one >= row[rank] >= 0 for one in row):
                raise SpecError(
                    "Costs of misgrading are 0 or more, and lowest for the true class; got "
                    f"{list(row)} for {'ABCD'[rank]}: change one."
                )
        if self.true_cuts is not None and list(self.true_cuts) != sorted(self.true_cuts):
            raise SpecError(f"True cuts must not fall; got {list(self.true_cuts)}: put them in rising order.")
        object.__setattr__(self, "costs", rows)

    def expected(self, probabilities: Floats) -> Floats:
        """Return what each given class costs in expectation.

        Parameters
        ----------
        probabilities : ndarray of float, (entities, 4)
            Of the true classes.

        Returns
        -------
        ndarray of float, (entities, 4)
            Expected costs of giving A, B, C and D.
        """
        found: Floats = probabilities @ np.asarray(self.costs)
        return found

    def cheapest(self, probabilities: Floats) -> NDArray[np.int8]:
        """Return the class with the least expected cost, the riskier one where two cost the same.

        Parameters
        ----------
        probabilities : ndarray of float, (entities, 4)
            Of the true classes.

        Returns
        -------
        ndarray of int8, (entities,)
            Ranks, 0 for A to 3 for D.
        """
        return (3 - np.argmin(self.expected(probabilities)[:, ::-1], axis=1)).astype(np.int8)
