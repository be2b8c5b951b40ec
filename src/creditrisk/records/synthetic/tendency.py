"""How like finds like: groups whose members have nearly the same tendency."""

import numpy as np
from numpy.typing import NDArray

_LIKENESS = 0.9


def alike(
    rng: np.random.Generator, tendency: NDArray[np.float64], groups: int, likeness: float = _LIKENESS
) -> NDArray[np.int64]:
    """Draw a group for each entity, so that entities of like tendency often meet.

    Parameters
    ----------
    rng : Generator
        Where the random numbers come from.
    tendency : array of float, shape (n,)
        Standard normal.
    groups : int
        How many groups there are, all of nearly the same size.
    likeness : float, default 0.9
        Correlation of the tendency with what decides on the group; 0 draws groups by chance.

    Returns
    -------
    array of int, shape (n,)
        The groups, from 0, in the order of what decides on them.

    Examples
    --------
    >>> alike(np.random.default_rng(0), np.array([2.0, -1.0, 0.0, 1.0]), 2, likeness=1.0).tolist()
    [1, 0, 0, 1]
    """
    size = len(tendency)
    score = likeness * tendency + np.sqrt(1 - likeness**2) * rng.normal(size=size)
    rank = np.empty(size, dtype=np.int64)
    rank[np.argsort(score)] = np.arange(size)
    return rank * groups // size
