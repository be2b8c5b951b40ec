"""Counts by area and class in which no small number can be read or worked out (k 匿名统计).

Areas of few entities are put together. Then every number below k is suppressed, zeros too, since they would
tell the class of everybody else; and further numbers are, until no suppressed one can be worked out from the
totals to be small: of each, a number of k or more stays possible, and the range left is k wide.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog

from creditrisk.errors import SpecError, shown
from creditrisk.grading.risk_class import RiskClass

OTHER, ALL = "other 其他", "all 合计"
_SLACK = 1e-6

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def k_anonymous_counts(by: pd.Series, classes: pd.Series, *, smallest: int) -> pd.DataFrame:
    """Return how many entities of each class there are in each area.

    Parameters
    ----------
    by : Series
        Area, trade or what else of every entity.
    classes : Series
        Class of the same entities; those without one do not count.
    smallest : int
        k: no number of entities below it is told.

    Returns
    -------
    DataFrame
        One row an area and one for all: `A` to `D`, missing where suppressed, and `entities`.

    Raises
    ------
    SpecError
        If there are fewer than k entities in all, or k is no whole number above 0.

    Examples
    --------
    >>> areas = pd.Series(["north"] * 60 + ["south"] * 60)
    >>> classes = pd.Series(["A"] * 30 + ["B"] * 27 + ["D"] * 3 + ["A"] * 20 + ["B"] * 20 + ["D"] * 20)
    >>> k_anonymous_counts(areas, classes, smallest=5)["D"].isna().tolist()
    [True, True, True]
    """
    if isinstance(smallest, bool) or not isinstance(smallest, int) or smallest < 1:
        raise SpecError(f"The smallest number told is 1 or more; got {shown(smallest)}: choose 10 or so.")
    rated = classes.notna()
    if int(rated.sum()) < smallest:
        raise SpecError(
            f"Fewer than {smallest} entities are never counted in public; got {int(rated.sum())}: count more."
        )
    names = by[rated].astype(object).where(by[rated].notna(), OTHER)
    table = pd.crosstab(names, classes[rated].astype(str)).reindex(
        columns=[str(one) for one in RiskClass], fill_value=0
    )
    table = _pooled(table, smallest)
    told = pd.concat([table, table.sum().to_frame(ALL).T]).rename_axis(index=str(by.name or "group"))
    counts = told.to_numpy(dtype=np.int64)
    hidden = suppressed(counts, smallest)
    public: pd.DataFrame = told.astype("Int64").mask(hidden)
    public["entities"] = counts.sum(axis=1)
    return public


def suppressed(counts: Ints, smallest: int) -> Bools:
    """Return which cells are hidden.

    Parameters
    ----------
    counts : ndarray of int, (areas + 1, classes)
        The last row is the sum of the others; the sums of rows are told.
    smallest : int
        k.

    Returns
    -------
    ndarray of bool, (areas + 1, classes)
        True where nothing is told.
    """
    small = counts < smallest
    hidden = small.copy()
    for row, column in np.argwhere(small):
        while not hidden.all() and _too_well_known(counts, hidden, (row, column), smallest):
            near = np.zeros_like(hidden)
            near[row], near[:, column] = True, True
            left = near & ~hidden if (near & ~hidden).any() else ~hidden
            hidden[tuple(np.argwhere(left)[np.argmin(counts[left])])] = True
    return hidden


def possible_range(counts: Ints, hidden: Bools, cell: tuple[int, int]) -> tuple[float, float]:
    """Return the least and the greatest value that a hidden cell can have for one who sees the rest.

    Parameters
    ----------
    counts : ndarray of int, (areas + 1, classes)
        The last row is the sum of the others.
    hidden : ndarray of bool, (areas + 1, classes)
        What is not told.
    cell : tuple of two ints
        Row and column.

    Returns
    -------
    tuple of two floats
        Least and greatest.
    """
    numbers = np.full(hidden.shape, -1)
    numbers[hidden] = np.arange(hidden.sum())
    signs = np.ones(hidden.shape)
    signs[-1] = -1
    lines = [(numbers[row], np.ones(hidden.shape[1]), hidden[row], counts[row]) for row in range(len(counts))]
    lines += [
        (numbers[:, column], signs[:, column], hidden[:, column], counts[:, column] * signs[:, column])
        for column in range(hidden.shape[1])
    ]
    equations, sides = [], []
    for places, sign, unknown, known in lines:
        if unknown.any():
            equation = np.zeros(int(hidden.sum()))
            equation[places[unknown]] = sign[unknown]
            equations.append(equation)
            sides.append(float(known[unknown].sum()))
    goal = np.zeros(int(hidden.sum()))
    goal[numbers[cell]] = 1.0
    least, greatest = (
        linprog(direction * goal, A_eq=np.array(equations), b_eq=sides, bounds=(0, None)).fun * direction
        for direction in (1, -1)
    )
    return float(least), float(greatest)


def _too_well_known(counts: Ints, hidden: Bools, cell: tuple[int, int], smallest: int) -> bool:
    least, greatest = possible_range(counts, hidden, cell)
    return greatest < smallest - _SLACK or greatest - least < smallest - _SLACK


def _pooled(table: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Return the table with areas of few entities put together, and with the smallest other if need be."""
    sizes = table.sum(axis=1)
    few = list(sizes.index[(sizes < smallest) | (sizes.index == OTHER)])
    if not few:
        return table
    large = sizes.drop(index=few).sort_values(kind="stable")
    while sizes[few].sum() < smallest and len(large):
        few.append(large.index[0])
        large = large.iloc[1:]
    pooled = table.drop(index=few)
    pooled.loc[OTHER] = table.loc[few].sum()
    return pooled
