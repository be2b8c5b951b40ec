"""Where numbers lie among knots, and the weight of each distinct number: the passes over all rows."""

from typing import Any

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@njit(parallel=True, cache=True)
def hinge_places(values, knots, logs, missing):  # type: ignore[no-untyped-def]
    """Return the knot at or below each value, and the share of the next, on the log scale of the knots.

    Between zero and its neighbours there are no shares: what is not zero lies at the neighbour.
    """
    last = len(knots) - 1
    level = np.zeros(len(values), dtype=np.int32)
    share = np.zeros(len(values))
    for i in prange(len(values)):
        x = values[i]
        if x != x:
            level[i] = missing
            continue
        k = 0
        while k < last and x >= knots[k + 1]:
            k += 1
        if k < last and x > knots[k]:
            if knots[k] == 0:
                k += 1
            elif knots[k + 1] != 0:
                t = np.sign(x) * np.log1p(abs(x))
                share[i] = min(max((t - logs[k]) / (logs[k + 1] - logs[k]), 0.0), 1.0)
        level[i] = k
    return level, share


def masses(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return the distinct values, rising, and the weight of each.

    Parameters
    ----------
    values : ndarray of shape (n_rows,)
        Numbers.
    weights : ndarray of shape (n_rows,)
        Of each.

    Returns
    -------
    tuple of two ndarray of shape (n_distinct,)
        Values and weights.
    """
    if np.all(weights == weights[0]):
        distinct, counts = np.unique(values, return_counts=True)
        return distinct, counts * weights[0]
    distinct, inverse = np.unique(values, return_inverse=True)
    return distinct, np.bincount(inverse, weights=weights)


def level_weights(
    level: NDArray[np.int32], share: NDArray[np.floating[Any]], weights: Floats, n_levels: int
) -> Floats:
    """Return the weight that lies at each level, where a row is at one and, by its share, at the next.

    Parameters
    ----------
    level : ndarray of int of shape (n_rows,)
        The level of each row.
    share : ndarray of shape (n_rows,)
        Weight of the next level, 0–1.
    weights : ndarray of shape (n_rows,)
        Of each row.
    n_levels : int
        How many levels there are.

    Returns
    -------
    ndarray of shape (n_levels,)
        Adding up to the sum of the weights.
    """
    sums: Floats = np.bincount(level, weights=weights * (1 - share), minlength=n_levels)
    sums[1:] += np.bincount(level, weights=weights * share, minlength=n_levels)[:-1]
    return sums
