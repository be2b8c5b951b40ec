r"""Four ways to draw with given chances, each with exact inclusion probabilities.

For chances :math:`\pi_i` and permanent random numbers :math:`u_i`:

===========  =======================================================  ===================  ===============
design       drawn                                                    visits               a withdrawal
===========  =======================================================  ===================  ===============
poisson      every i with :math:`u_i < \pi_i`                         vary around the sum  moves nobody
stratified   the smallest :math:`u` of each class                     as planned           may let one in
pps          a step of 1 along :math:`\sum \pi` in the order of u     as planned           can move many
systematic   the same in the order of a size, such as expected loss   as planned           can move many
===========  =======================================================  ===================  ===============

*As planned*: the sum of the chances, in all and in each class, up to less than one visit; exactly where the
sum is whole. Where a class is due 3.4 visits, it has 3 or 4, by the number of the seed alone, and its chance
stays exact.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]

DESIGNS = ("poisson", "stratified", "pps", "systematic")
_SNAP = 1e-7


def poisson(chances: Floats, numbers: Floats) -> Flags:
    """Draw each entity by itself.

    Parameters
    ----------
    chances : ndarray of float, (entities,)
        Inclusion probabilities.
    numbers : ndarray of float, (..., entities)
        Permanent random numbers; with a row each, many draws at once.

    Returns
    -------
    ndarray of bool, (..., entities)
        Who is drawn.
    """
    return np.asarray(numbers < chances)


def stratified(chances: Floats, numbers: Floats, start: Floats, strata: Codes) -> Flags:
    """Draw the smallest numbers of each stratum.

    Parameters
    ----------
    chances : ndarray of float, (entities,)
        Inclusion probabilities, the same for all of a stratum.
    numbers : ndarray of float, (..., entities)
        Permanent random numbers; with a row each, many draws at once.
    start : ndarray of float, (...)
        The number of the seed, one a row.
    strata : ndarray of int, (entities,)
        The stratum of each entity, from 0.

    Returns
    -------
    ndarray of bool, (..., entities)
        Who is drawn.
    """
    due = np.bincount(strata, weights=chances)
    sizes = _whole_steps(due.cumsum(), start)
    drawn = np.zeros(numbers.shape, dtype=bool)
    for stratum in range(len(due)):
        members = np.flatnonzero(strata == stratum)
        places = numbers[..., members].argsort(axis=-1, kind="stable").argsort(axis=-1, kind="stable")
        drawn[..., members] = places < sizes[..., stratum, None]
    return drawn


def systematic(chances: Floats, numbers: Floats, start: Floats, strata: Codes, size: Floats) -> Flags:
    """Walk along the sum of the chances, stratum after stratum, and draw at every whole step.

    Parameters
    ----------
    chances : ndarray of float, (entities,)
        Inclusion probabilities.
    numbers : ndarray of float, (..., entities)
        Permanent random numbers; with a row each, many draws at once.
    start : ndarray of float, (...)
        The number of the seed, one a row.
    strata : ndarray of int, (entities,)
        The stratum of each entity, from 0.
    size : ndarray of float, (entities,)
        What the entities of a stratum are ordered by, equal ones by their numbers.

    Returns
    -------
    ndarray of bool, (..., entities)
        Who is drawn.
    """
    outer = [np.broadcast_to(key, numbers.shape) for key in (size, strata)]
    walk = np.lexsort((numbers, *outer), axis=-1)
    steps = _whole_steps(chances[walk].cumsum(axis=-1), start)
    drawn = np.zeros(walk.shape, dtype=bool)
    np.put_along_axis(drawn, walk, steps > 0, axis=-1)
    return drawn


def _whole_steps(sums: Floats, start: Floats) -> Codes:
    """Return how many whole numbers each part of a running sum passes, when it begins at a start below 1."""
    whole = np.rint(sums)
    sums = np.where(np.abs(sums - whole) < _SNAP, whole, sums)
    passed = np.floor(sums + np.asarray(start)[..., None])
    return np.diff(passed, axis=-1, prepend=0.0).astype(np.int64)


def draw_by(
    design: str, chances: Floats, numbers: Floats, start: Floats, *, strata: Codes, size: Floats
) -> Flags:
    """Draw by the name of a design; who is certain or has no chance is settled beforehand.

    Parameters
    ----------
    design : {"poisson", "stratified", "pps", "systematic"}
        Which.
    chances : ndarray of float, (entities,)
        Inclusion probabilities, 0–1.
    numbers : ndarray of float, (..., entities)
        Permanent random numbers; with a row each, many draws at once.
    start : ndarray of float, (...)
        The number of the seed, one a row.
    strata : ndarray of int, (entities,)
        The class of each entity, from 0.
    size : ndarray of float, (entities,)
        What a systematic draw is ordered by.

    Returns
    -------
    ndarray of bool, (..., entities)
        Who is drawn.
    """
    drawn = np.broadcast_to(chances >= 1, numbers.shape).copy()
    open_to_lot = np.flatnonzero((chances > 0) & (chances < 1))
    some, theirs, strata = chances[open_to_lot], numbers[..., open_to_lot], strata[open_to_lot]
    size = size[open_to_lot]
    by_name: dict[str, Callable[[], Flags]] = {
        "poisson": lambda: poisson(some, theirs),
        "stratified": lambda: stratified(some, theirs, start, strata),
        "pps": lambda: systematic(some, theirs, start, strata, np.zeros_like(size)),
        "systematic": lambda: systematic(some, theirs, start, strata, size),
    }
    drawn[..., open_to_lot] = by_name[design]()
    return drawn
