"""The linear predictor of every row and draw: one table row is added for each of its levels."""

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Places

Draws = NDArray[np.float32]

_BLOCK = 256


@njit(parallel=True, cache=True)
def _predictor(codes, share, intercept, levels, out):  # type: ignore[no-untyped-def]
    rows = codes.shape[0]
    blocks = (rows + _BLOCK - 1) // _BLOCK
    for b in prange(blocks):
        e = np.empty(len(intercept), dtype=np.float32)
        for i in range(b * _BLOCK, min((b + 1) * _BLOCK, rows)):
            e[:] = intercept
            for j in range(codes.shape[1]):
                c = codes[i, j]
                w = share[i, j]
                if w == 0:
                    e += levels[c]
                else:
                    e += (1 - w) * levels[c] + w * levels[c + 1]
            out[:, i] = e


def predictor_draws(places: Places, intercept: Draws, levels: Draws) -> Draws:
    """Return the linear predictor of every draw and row.

    Parameters
    ----------
    places : Places
        Of the rows, into `levels`.
    intercept : ndarray of float32 of shape (draws,)
        Intercept draws.
    levels : ndarray of float32 of shape (n_levels, draws)
        Level draws.

    Returns
    -------
    ndarray of float32 of shape (draws, n_rows)
        The predictor; the same for any number of threads.

    Examples
    --------
    >>> level, share = np.array([[0], [0]], np.int32), np.array([[0.0], [0.5]], np.float32)
    >>> zero, table = np.zeros(1, np.float32), np.array([[0.5], [2.0]], np.float32)
    >>> predictor_draws(Places(level=level, share=share), zero, table)
    array([[0.5 , 1.25]], dtype=float32)
    """
    out = np.empty((len(intercept), len(places)), dtype=np.float32)
    _predictor(places.level, places.share, intercept, levels, out)
    return out
