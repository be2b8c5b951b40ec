"""Identical rows become one: exact, since the binomial counts of equal places add up."""

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Places
from creditrisk.models.inference.likelihood import BinomialRows

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


@njit(parallel=True, cache=True)
def _hashes(keys):  # type: ignore[no-untyped-def]
    found = np.empty(len(keys), dtype=np.uint64)
    for i in prange(len(keys)):
        h = np.uint64(len(keys[i]))
        for j in range(keys.shape[1]):
            h = (h ^ np.uint64(keys[i, j])) * _PRIME
            h ^= h >> _SHIFT
        found[i] = h
    return found


@njit(parallel=True, cache=True)
def _all_equal(keys, representative):  # type: ignore[no-untyped-def]
    unequal = 0
    for i in prange(len(keys)):
        for j in range(keys.shape[1]):
            if keys[i, j] != keys[representative[i], j]:
                unequal += 1
                break
    return unequal == 0


def merge_rows(rows: BinomialRows) -> BinomialRows:
    """Return the distinct rows, their weights and violations added up.

    Parameters
    ----------
    rows : BinomialRows
        Training rows.

    Returns
    -------
    BinomialRows
        With the same log-likelihood at any coefficients.
    """
    keys = np.ascontiguousarray(
        np.hstack(
            [
                rows.places.level,
                rows.places.share.view(np.int32),
                rows.offset.view(np.int32).reshape(len(rows.offset), 2),
            ]
        )
    )
    first, inverse = _distinct(keys)
    return BinomialRows(
        design=rows.design,
        places=Places(level=rows.places.level[first], share=rows.places.share[first]),
        offset=rows.offset[first],
        n=np.bincount(inverse, weights=rows.n),
        y=np.bincount(inverse, weights=rows.y),
    )


def _distinct(keys: NDArray[np.int32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first row of each kind, and the kind of each row: by hash, by whole keys if two collide."""
    _, first, inverse = np.unique(_hashes(keys), return_index=True, return_inverse=True)
    if not _all_equal(keys, first[inverse]):
        whole = keys.view(np.dtype((np.void, keys.itemsize * keys.shape[1]))).ravel()
        _, first, inverse = np.unique(whole, return_index=True, return_inverse=True)
    return first, inverse
