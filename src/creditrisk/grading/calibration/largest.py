"""The largest number at which something holds."""

from collections.abc import Callable

import numpy as np

_GRID = 64


def largest(most: int, holds: Callable[[int], bool]) -> int | None:
    """Return the largest number from 0 to `most` at which a condition holds.

    It is exact where the condition, once broken, stays broken. Elsewhere the numbers are tried on a grid of
    64 from above, and between the first that holds and the one before it.

    Parameters
    ----------
    most : int
        The largest candidate.
    holds : callable
        Takes a number.

    Returns
    -------
    int or None
        None where it holds at no number that was tried.

    Examples
    --------
    >>> largest(1000, lambda n: n * n <= 2000)
    44
    """
    if holds(most):
        return most
    broken = most
    for candidate in np.unique(np.linspace(0, most, _GRID).astype(int))[::-1].tolist():
        if holds(candidate):
            return _between(candidate, broken, holds)
        broken = candidate
    return None


def largest_monotone(most: int, holds: Callable[[int], bool]) -> int | None:
    """Return the same for a condition that, once broken, stays broken; some twenty trials are enough.

    Parameters
    ----------
    most : int
        The largest candidate.
    holds : callable
        Takes a number.

    Returns
    -------
    int or None
        None where it does not hold at 0.

    Examples
    --------
    >>> largest_monotone(1000, lambda n: n * n <= 2000), largest_monotone(9, lambda n: False)
    (44, None)
    """
    if holds(most):
        return most
    return _between(0, most, holds) if holds(0) else None


def _between(good: int, broken: int, holds: Callable[[int], bool]) -> int:
    while broken - good > 1:
        middle = (good + broken) // 2
        good, broken = (middle, broken) if holds(middle) else (good, middle)
    return good
