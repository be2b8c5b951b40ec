"""The linear predictor of every row and draw: one table row is added for each of its levels."""

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Draws = NDArray[np.float32]
Codes = NDArray[np.int32]

_BLOCK = 256


@njit(parallel=True, cache=True)
def _predictor(codes, intercept, levels, out):  # type: ignore[no-untyped-def]
    rows = codes.shape[0]
    blocks = (rows + _BLOCK - 1) // _BLOCK
    for b in prange(blocks):
        e = np.empty(len(intercept), dtype=np.float32)
        for i in range(b * _BLOCK, min((b + 1) * _BLOCK, rows)):
            e[:] = intercept
            for j in range(codes.shape[1]):
                e += levels[codes[i, j]]
            out[:, i] = e


def predictor_draws(codes: Codes, intercept: Draws, levels: Draws) -> Draws:
    """Return the linear predictor of every draw and row.

    Parameters
    ----------
    codes : ndarray of int32 of shape (n_rows, n_terms)
        Level codes, offset into `levels`.
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
    >>> codes = np.array([[0], [1]], dtype=np.int32)
    >>> zero, table = np.zeros(1, np.float32), np.array([[0.5], [2.0]], np.float32)
    >>> predictor_draws(codes, zero, table)
    array([[0.5, 2. ]], dtype=float32)
    """
    out = np.empty((len(intercept), codes.shape[0]), dtype=np.float32)
    _predictor(codes, intercept, levels, out)
    return out
