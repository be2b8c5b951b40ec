r"""Pairs of columns that say more together than apart, found by a score test on residuals.

With residuals :math:`r_i = y_i - n_i p_i` and information :math:`w_i = n_i p_i (1 - p_i)` of a fitted model
without pairs, summed over the cells (a, b) of two banded columns and with what rows and columns of the table
have in common taken off,

.. math:: \chi^2 = \sum_{ab} \frac{\tilde r_{ab}^2}{w_{ab}}, \qquad z = \frac{\chi^2 - d}{\sqrt{2d}},
          \qquad d = (A - 1)(B - 1).
"""

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from creditrisk.models.design_matrix import Design, values_of
from creditrisk.models.effects import BranchTerm, ChannelTerm, GroupTerm, PairTerm
from creditrisk.models.effects.pair import Bands

Floats = NDArray[np.float64]

BANDS = 4
LEAST_Z = 5.0
FEWEST = 1.0


def may_pair(design: Design) -> bool:
    """Return whether two columns of a design have no direction, so that a free pair is possible."""
    return sum(map(_may_pair, design.terms)) > 1


def with_pairs(design: Design, X: pd.DataFrame, eta: Floats, n: Floats, y: Floats, most: int) -> Design:
    """Return the design with the pairs that stand out most, its channel term still the last.

    Columns with a direction are not paired here: a free table would break what was declared of them.

    Parameters
    ----------
    design : Design
        The main effects.
    X : DataFrame of shape (n_rows, n_columns)
        Training rows.
    eta : ndarray of shape (n_rows,)
        Their predictor by the main effects.
    n, y : ndarray of shape (n_rows,)
        Weight of each row and its weighted violations.
    most : int
        The largest number of pairs.

    Returns
    -------
    Design
        The same design where nothing stands out by `LEAST_Z` standard deviations.
    """
    bands = [_bands(term.name, isinstance(term, GroupTerm), X) for term in design.terms if _may_pair(term)]
    codes = [band.encode(values_of(X[band.name], band)) for band in bands]
    p = expit(eta)
    residual, information = y - n * p, n * p * (1 - p)
    found = []
    for i, j in combinations(range(len(bands)), 2):
        at = codes[i] * len(bands[j].labels) + codes[j]
        shape = (len(bands[i].labels), len(bands[j].labels))
        size = shape[0] * shape[1]
        r = np.bincount(at, weights=residual, minlength=size).reshape(shape)
        w = np.bincount(at, weights=information, minlength=size).reshape(shape)
        found.append((score(r, w), i, j))
    chosen = [(i, j) for z, i, j in sorted(found, reverse=True)[:most] if z >= LEAST_Z]
    pairs = tuple(PairTerm.from_bands(bands[i], bands[j], (codes[i], codes[j]), n) for i, j in chosen)
    return design.extended(pairs)


def score(residual: Floats, information: Floats) -> float:
    r"""Return by how many standard deviations a table of residuals stands out.

    Parameters
    ----------
    residual, information : ndarray of shape (A, B)
        Sums over the cells.

    Returns
    -------
    float
        z; about standard normal where the main effects are all that there is.
    """
    rows, columns = information.sum(axis=1, keepdims=True), information.sum(axis=0, keepdims=True)
    r = residual - information * residual.sum(axis=1, keepdims=True) / np.maximum(rows, FEWEST)
    r = r - information * r.sum(axis=0, keepdims=True) / np.maximum(columns, FEWEST)
    degrees = max(int(np.sum(rows > FEWEST) - 1), 1) * max(int(np.sum(columns > FEWEST) - 1), 1)
    held = information > FEWEST
    chi = float(np.sum(r[held] ** 2 / information[held]))
    return (chi - degrees) / float(np.sqrt(2 * degrees))


def _may_pair(term: object) -> bool:
    return not isinstance(term, BranchTerm | ChannelTerm) and getattr(term, "direction", "either") == "either"


def _bands(name: str, is_group: bool, X: pd.DataFrame) -> Bands:
    if is_group:
        return Bands.of_names(name, X[name].to_numpy(dtype=object), BANDS)
    return Bands.of_numbers(name, values_of(X[name], Bands(name=name, edges=np.zeros(0))), BANDS)
