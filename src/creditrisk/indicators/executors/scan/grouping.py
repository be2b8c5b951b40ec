"""Put rows in the order of their groups by counting, stably and in several threads.

First every row is told its place (`aimed`), then column after column is written there (`put`).
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from creditrisk.indicators.executors.scan.threads import over

Column = NDArray[Any]
Ints = NDArray[np.int32]


class Aim(NamedTuple):
    """Where rows go.

    Parameters
    ----------
    heads : ndarray of int64 of shape (count + 1,)
        Group g has the places ``[heads[g], heads[g + 1])``.
    places : ndarray of int32 of shape (rows,)
        The place of each row; -1 if the row is left out.
    """

    heads: NDArray[np.int64]
    places: Ints


def aimed(groups: Ints, count: int) -> Aim:
    """Return where each row goes so that groups stand together and rows of one group keep their order.

    Parameters
    ----------
    groups : ndarray of int32 of shape (rows,)
        Number of each row's group; rows with a negative number are left out.
    count : int
        How many groups there are.

    Returns
    -------
    Aim
        A place for each row that is not left out.

    Examples
    --------
    >>> aim = aimed(np.array([1, 0, -1, 1], np.int32), 2)
    >>> aim.heads.tolist(), aim.places.tolist()
    ([0, 1, 3], [1, 0, -1, 2])
    """
    sizes, places = np.zeros(count, np.int32), np.empty(len(groups), np.int32)
    _rank(groups, sizes, places)
    heads = np.zeros(count + 1, np.int64)
    np.cumsum(sizes, out=heads[1:])
    over(_aim, len(groups), groups, heads, places)
    return Aim(heads, places)


def put(column: Column, aim: Aim) -> Column:
    """Return a column in the order of the groups.

    Parameters
    ----------
    column : ndarray of shape (rows,)
        An entry for each row.
    aim : Aim
        Where the rows go.

    Returns
    -------
    ndarray
        One entry for each row that is not left out.

    Examples
    --------
    >>> aim = aimed(np.array([1, 0, -1, 1], np.int32), 2)
    >>> put(np.array([5.0, 6.0, 7.0, 8.0]), aim).tolist()
    [6.0, 5.0, 8.0]
    """
    out = np.empty(aim.heads[-1], column.dtype)
    over(_put, len(column), column, aim.places, out)
    return out


def owners_of(heads: NDArray[np.int64]) -> Ints:
    """Return the number of the group at each place.

    Examples
    --------
    >>> owners_of(np.array([0, 1, 3])).tolist()
    [0, 1, 1]
    """
    owners = np.empty(heads[-1], np.int32)
    _own(heads, owners)
    return owners


@njit(nogil=True, cache=True)
def _rank(groups, sizes, places):  # type: ignore[no-untyped-def]
    """Write how many rows of its group stand before each row, and add the rows to the sizes."""
    for i in range(len(groups)):
        group = groups[i]
        if group >= 0:
            own = np.uint32(group)
            places[i] = sizes[own]
            sizes[own] += 1


@njit(nogil=True, cache=True)
def _aim(begin, end, groups, heads, places):  # type: ignore[no-untyped-def]
    for i in range(begin, end):
        places[i] = heads[np.uint32(groups[i])] + places[i] if groups[i] >= 0 else -1


@njit(nogil=True, cache=True)
def _put(begin, end, values, places, out):  # type: ignore[no-untyped-def]
    for i in range(begin, end):
        if places[i] >= 0:
            out[np.uint32(places[i])] = values[i]


@njit(nogil=True, cache=True)
def _own(heads, owners):  # type: ignore[no-untyped-def]
    for group in range(len(heads) - 1):
        for place in range(np.uint64(heads[group]), np.uint64(heads[group + 1])):
            owners[place] = group
