"""Rows as a sparse matrix of what they take of each level, and rows that are alike."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from creditrisk.models.design_matrix import Design, Places


def level_matrix(design: Design, places: Places) -> csr_array:
    """Return the (rows, 1 + levels) matrix of what each row takes of the intercept and of every level."""
    count, terms = len(places), len(design.terms)
    at = np.concatenate([np.zeros((count, 1), dtype=np.int64), places.level + 1, places.level + 2], axis=1)
    share = places.share.astype(np.float64)
    weight = np.concatenate([np.ones((count, 1)), 1 - share, share], axis=1)
    columns = 1 + int(design.offsets[-1])
    row = np.repeat(np.arange(count), 1 + 2 * terms)
    kept = weight.ravel() > 0
    entries = (weight.ravel()[kept], (row[kept], at.ravel()[kept]))
    return csr_array(entries, shape=(count, columns))


def distinct(places: Places) -> tuple[Places, NDArray[np.intp]]:
    """Return the places that differ, and which of them each row has."""
    if places.level.shape[1] == 0:
        one = Places(level=places.level[:1], share=places.share[:1])
        return one, np.zeros(len(places), dtype=np.intp)
    keys = np.ascontiguousarray(np.hstack([places.level, places.share.view(np.int32)]))
    whole = keys.view(np.dtype((np.void, keys.itemsize * keys.shape[1]))).ravel()
    _, first, inverse = np.unique(whole, return_index=True, return_inverse=True)
    return Places(level=places.level[first], share=places.share[first]), inverse
