r"""The draws of a linear predictor as moments of each place: a mean, factors, and what each term adds alone.

The variance of a row's predictor is a quadratic form in the covariance of the levels. It is kept as
`FACTORS` common factors, whose parts add up over the terms before they are squared, and what they leave of
each term by itself; so no pair of levels is ever looked up. The third cumulant is that of each term alone.
Where a value lies between two levels, the mean is exact and the rest that of the nearest of five shares.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design
from creditrisk.models.scoring.add_rows import WIDTH
from creditrisk.models.scoring.lookup import Lookup

Floats = NDArray[np.float64]

MEAN, OWN, THIRD, FIRST_FACTOR = 0, 1, 2, 3
FACTORS = WIDTH - FIRST_FACTOR
GRID = 4


class MomentTable(NamedTuple):
    """Moments of the base row, and by how much each place differs from its term's base level.

    Attributes
    ----------
    base : ndarray of float32 of shape (WIDTH,)
        Mean, own variance, third cumulant and factors of the base row.
    place : ndarray of float32 of shape (places + 1, WIDTH)
        The same of each place, less those of the base level; the last one is nothing.
    slope : ndarray of float32 of shape (places,) or (0,)
        By how much the mean rises to the next level; empty if no value lies between two levels.
    first : ndarray of int32 of shape (cells,)
        The first place of each cell: one, or one for each share 0, 1/4 … 1 of the next level. Without a
        slope each cell is its own place.
    """

    base: NDArray[np.float32]
    place: NDArray[np.float32]
    slope: NDArray[np.float32]
    first: NDArray[np.int32]


def moment_table(
    design: Design, intercept: Floats, levels: Floats, base: NDArray[np.int32], lookup: Lookup, part: int
) -> MomentTable:
    """Return the moments of draws.

    Parameters
    ----------
    design : Design
        Says which levels belong to one term, and how frequent they are.
    intercept : ndarray of shape (draws,)
        Draws of the intercept.
    levels : ndarray of shape (levels, draws)
        Draws of the levels.
    base : ndarray of int of shape (terms,)
        The base level of each term.
    lookup : Lookup
        The cells of both models.
    part : {0, 1}
        Which of its models this is.

    Returns
    -------
    MomentTable
        In single precision.
    """
    draws = np.vstack([intercept[None], levels]).astype(np.float64)
    mean = draws.mean(axis=1)
    centred = draws - mean[:, None]
    directions = _directions(design, centred)
    level, low, share = _places(lookup, part)
    none = low >= len(levels)
    at, after = np.where(none, 0, low), np.minimum(np.where(none, 0, low) + 1, len(levels) - 1)
    between = centred[1:][at] + share[:, None] * (centred[1:][after] - centred[1:][at])
    means = mean[1:][at] + share * (mean[1:][after] - mean[1:][at])
    term = np.searchsorted(design.offsets, at, side="right") - 1
    zero = _moments(mean[1:][base], centred[1:][base], directions)
    table = _moments(means, between, directions) - zero[term] if len(base) else np.zeros((len(at), WIDTH))
    table[none] = 0.0
    slope = np.where(share_varies(lookup, part)[level] & ~none, mean[1:][after] - mean[1:][at], 0.0)
    start = _moments(mean[:1], centred[:1], directions)[0] + zero.sum(axis=0)
    first = np.searchsorted(level, np.arange(lookup.level.shape[1]))
    return MomentTable(
        base=start.astype(np.float32),
        place=np.vstack([table, np.zeros((1, WIDTH))]).astype(np.float32),
        slope=slope[: len(slope) if share_varies(lookup, part).any() else 0].astype(np.float32),
        first=first.astype(np.int32),
    )


def share_varies(lookup: Lookup, part: int) -> NDArray[np.bool_]:
    """Return which cells lie between two levels of a model."""
    varies: NDArray[np.bool_] = lookup.scale[part] > 0
    return varies


def _places(lookup: Lookup, part: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """Return the cell, lower level and share of the next one of every place."""
    number = np.where(share_varies(lookup, part), GRID + 1, 1)
    cell = np.repeat(np.arange(len(number)), number)
    start = np.cumsum(number) - number
    share = (np.arange(len(cell)) - start[cell]) / GRID
    return cell, lookup.level[part, cell].astype(np.intp), share


def _moments(mean: Floats, centred: Floats, directions: Floats) -> Floats:
    freedom = max(centred.shape[1] - 1, 1)
    scores = centred @ directions
    table = np.zeros((len(mean), WIDTH))
    table[:, MEAN] = mean
    table[:, OWN] = np.maximum((centred**2).sum(axis=1) - (scores**2).sum(axis=1), 0.0) / freedom
    table[:, THIRD] = (centred**3).mean(axis=1)
    table[:, FIRST_FACTOR : FIRST_FACTOR + scores.shape[1]] = scores / np.sqrt(freedom)
    return table


def _directions(design: Design, centred: Floats) -> Floats:
    """Return the leading directions of the draws of intercept and levels, weighted by their frequency."""
    weights = [np.ones(1)]
    for term in design.terms:
        n = term.n_levels
        weights.append(np.full(n, 1 / n) if term.frequencies is None else np.asarray(term.frequencies))
    weighted = centred * np.sqrt(np.concatenate(weights))[:, None]
    if len(weighted) >= weighted.shape[1]:
        _, vectors = np.linalg.eigh(weighted.T @ weighted)
        return vectors[:, ::-1][:, :FACTORS]
    squares, vectors = np.linalg.eigh(weighted @ weighted.T)
    leading = np.flatnonzero(squares > squares[-1] * 1e-10)[::-1][:FACTORS]
    found: Floats = weighted.T @ (vectors[:, leading] / np.sqrt(squares[leading]))
    return found
