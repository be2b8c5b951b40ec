"""Identical rows become one: exact, since the binomial counts of equal places add up."""

import numpy as np
from numba import njit, prange

from creditrisk.models.design_matrix import Places
from creditrisk.models.inference.likelihood import BinomialRows

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


@njit(parallel=True, cache=True)
def _hashes(level, share, offset):  # type: ignore[no-untyped-def]
    found = np.empty(len(level), dtype=np.uint64)
    for i in prange(len(level)):
        h = np.uint64(offset[i])
        for j in range(level.shape[1]):
            h = (h ^ np.uint64(level[i, j])) * _PRIME
            h ^= h >> _SHIFT
            h = (h ^ np.uint64(share[i, j])) * _PRIME
            h ^= h >> _SHIFT
        found[i] = h
    return found


@njit(parallel=True, cache=True)
def _unlike(level, share, offset, other):  # type: ignore[no-untyped-def]
    """Count the rows that differ from the row of their hash."""
    unlike = 0
    for i in prange(len(level)):
        differs = offset[i] != offset[other[i]]
        for j in range(level.shape[1]):
            differs |= level[i, j] != level[other[i], j] or share[i, j] != share[other[i], j]
        unlike += differs
    return unlike


def merge_rows(rows: BinomialRows) -> BinomialRows:
    """Return the distinct rows, their weights and violations added up.

    Parameters
    ----------
    rows : BinomialRows
        Training rows.

    Returns
    -------
    BinomialRows
        With the same log-likelihood at any coefficients; the rows themselves where no two are alike, or, once
        in some million years, where two that differ share a hash.
    """
    level, share, offset = rows.places.level, rows.places.share.view(np.int32), rows.offset.view(np.int64)
    _, first, kind = np.unique(_hashes(level, share, offset), return_index=True, return_inverse=True)
    if len(first) == len(kind) or _unlike(level, share, offset, first[kind]):
        return rows
    return BinomialRows(
        design=rows.design,
        places=Places(level=level[first], share=rows.places.share[first]),
        offset=rows.offset[first],
        n=np.bincount(kind, weights=rows.n),
        y=np.bincount(kind, weights=rows.y),
    )
