"""Put rows in the order of their groups by counting, stably and in several threads."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from creditrisk.indicators.executors.scan.threads import SMALL, bounds, each, workers

Column = NDArray[Any]


def grouped(groups: NDArray[np.int32], count: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return where each group begins, and the rows in the order of their groups.

    Parameters
    ----------
    groups : ndarray of int32 of shape (rows,)
        Number of each row's group; rows with a negative number are left out.
    count : int
        How many groups there are.

    Returns
    -------
    heads : ndarray of int64 of shape (count + 1,)
        Group g has the places ``[heads[g], heads[g + 1])``.
    order : ndarray of int32 of shape (rows kept,)
        The row at each place; rows of one group stay in their order.

    Examples
    --------
    >>> heads, order = grouped(np.array([1, 0, -1, 1], np.int32), 2)
    >>> heads.tolist(), order.tolist()
    ([0, 1, 3], [1, 0, 3])
    """
    parts = bounds(len(groups), 1 if len(groups) < SMALL else workers())
    counts = np.zeros((len(parts), count), np.int32)
    each(_count, [(*part, groups, own) for part, own in zip(parts, counts, strict=True)])
    heads = np.empty(count + 1, np.int64)
    _begin(counts, heads)
    order = np.empty(heads[-1], np.int32)
    each(_place, [(*part, groups, own, order) for part, own in zip(parts, counts, strict=True)])
    return heads, order


def taken(column: Column, order: NDArray[np.int32]) -> Column:
    """Return the entries of a column in an order.

    Examples
    --------
    >>> taken(np.array([5.0, 6.0, 7.0]), np.array([2, 0], np.int32)).tolist()
    [7.0, 5.0]
    """
    out = np.empty(len(order), column.dtype)

    def take(begin: int, end: int) -> None:
        np.take(column, order[begin:end], out=out[begin:end], mode="clip")

    each(take, [*bounds(len(order), 1 if len(order) < SMALL else workers())])
    return out


@njit(nogil=True, cache=True)
def _count(begin, end, groups, counts):  # type: ignore[no-untyped-def]
    for i in range(begin, end):
        if groups[i] >= 0:
            counts[groups[i]] += 1


@njit(nogil=True, cache=True)
def _begin(counts, heads):  # type: ignore[no-untyped-def]
    """Make of the counts of each part where its first row of each group stands."""
    place = 0
    for group in range(counts.shape[1]):
        heads[group] = place
        for part in range(counts.shape[0]):
            own = counts[part, group]
            counts[part, group] = place
            place += own
    heads[counts.shape[1]] = place


@njit(nogil=True, cache=True)
def _place(begin, end, groups, places, order):  # type: ignore[no-untyped-def]
    for i in range(begin, end):
        group = groups[i]
        if group >= 0:
            order[places[group]] = i
            places[group] += 1
