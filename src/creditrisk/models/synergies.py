r"""Pairs of columns with directions, found by the trend that the residuals have in both together.

With residuals :math:`r_i = y_i - n_i p_i` and information :math:`w_i = n_i p_i (1 - p_i)` of a fitted model
without pairs, summed over the cells of two banded columns, and v the product of the ranks of the bands
towards more risk, less what rows and columns of the table explain of it,

.. math:: z = \frac{\sum_{ab} v_{ab} r_{ab}}{\sqrt{\sum_{ab} v_{ab}^2 w_{ab}}}.

It is about standard normal where effects add up. Above 0 there is more risk in both together than their sum
says, a synergy; below 0 less, a redundancy.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from creditrisk.models.design_matrix import Design, numbers
from creditrisk.models.effects import GridTerm, NumberTerm
from creditrisk.models.effects.grid import risk_ranks
from creditrisk.models.effects.pair import Bands

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

BANDS = 4
LEAST_Z = 5.0
LEAST_INFORMATION = 1e-6


@dataclass(frozen=True, kw_only=True)
class Residuals:
    """What a fitted model leaves of each row.

    Attributes
    ----------
    residual, information : ndarray of shape (n_rows,)
        r and w.
    weight : ndarray of shape (n_rows,)
        Of each row.
    """

    residual: Floats
    information: Floats
    weight: Floats

    @classmethod
    def of(cls, eta: Floats, n: Floats, y: Floats) -> "Residuals":
        """Return those of a predictor, weights and weighted violations."""
        p = expit(eta)
        return cls(residual=y - n * p, information=n * p * (1 - p), weight=n)

    def tables(self, at: Codes, shape: tuple[int, int]) -> tuple[Floats, Floats]:
        """Return the sums of both over the cells that rows lie in."""
        size = shape[0] * shape[1]
        r = np.bincount(at, weights=self.residual, minlength=size)
        w = np.bincount(at, weights=self.information, minlength=size)
        return r.reshape(shape), w.reshape(shape)


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A column in bands, and their ranks towards more risk.

    Attributes
    ----------
    band : Bands
        Of a number.
    turned : bool
        Whether small values are the risky ones.
    codes : ndarray of int of shape (n_rows,)
        The band of each row.
    """

    band: Bands
    turned: bool
    codes: Codes

    @property
    def ranks(self) -> Floats:
        """Of each band but that of missing values."""
        return risk_ranks(self.band, self.turned)[:-1].astype(np.float64)


def ranked(term: NumberTerm, X: pd.DataFrame) -> Ranked:
    """Return the column of a term in a few bands; the smallest value, where it is common, has its own."""
    values = numbers(X[term.name])
    band = Bands(name=term.name, edges=_edges(values[np.isfinite(values)]))
    return Ranked(band=band, turned=term.direction == "lowers", codes=band.encode(values))


def with_monotone_pairs(design: Design, X: pd.DataFrame, left: Residuals, most: int) -> Design:
    """Return the design with the pairs of columns with directions that stand out most.

    A column with a direction and one without are not paired.

    Parameters
    ----------
    design : Design
        The terms so far.
    X : DataFrame of shape (n_rows, n_columns)
        Training rows.
    left : Residuals
        Of the model of the main effects.
    most : int
        The largest number of pairs.

    Returns
    -------
    Design
        The same design where nothing stands out by `LEAST_Z` standard deviations.
    """
    columns = [ranked(term, X) for term in directed(design)] if most > 0 else []
    found = []
    for i, j in combinations([i for i, one in enumerate(columns) if len(one.ranks) > 1], 2):
        one, other = columns[i], columns[j]
        shape = (len(one.band.labels), len(other.band.labels))
        r, w = left.tables(one.codes * shape[1] + other.codes, shape)
        z = trend(r[:-1, :-1], w[:-1, :-1], np.outer(one.ranks, other.ranks))
        found.append((abs(z), z, i, j))
    chosen = [(z, i, j) for size, z, i, j in sorted(found, reverse=True)[: max(most, 0)] if size >= LEAST_Z]
    return design.extended([_grid(columns[i], columns[j], z, left.weight) for z, i, j in chosen])


def trend(residual: Floats, information: Floats, pattern: Floats) -> float:
    """Return by how many standard deviations residuals follow a pattern beyond rows and columns.

    Parameters
    ----------
    residual, information, pattern : ndarray of shape (A, B)
        Sums over the cells, and what is looked for.

    Returns
    -------
    float
        z; 0 where the pattern is one of rows and columns alone.
    """
    a, b = residual.shape
    margins = np.hstack([np.kron(np.eye(a), np.ones((b, 1))), np.kron(np.ones((a, 1)), np.eye(b))])
    root, v = np.sqrt(np.maximum(information.ravel(), 0.0)), pattern.ravel()
    explained = np.linalg.lstsq(root[:, None] * margins, root * v, rcond=None)[0]
    own = v - margins @ explained
    total = float(np.sum((root * own) ** 2))
    return float(own @ residual.ravel()) / float(np.sqrt(total)) if total > LEAST_INFORMATION else 0.0


def directed(design: Design) -> list[NumberTerm]:
    """Return the terms of numbers that have a direction."""
    return [term for term in design.terms if isinstance(term, NumberTerm) and term.direction != "either"]


def _grid(one: Ranked, other: Ranked, z: float, weight: Floats) -> GridTerm:
    term = GridTerm(
        first=one.band,
        second=other.band,
        turned=(one.turned, other.turned),
        joined="and" if z > 0 else "or",
    )
    return term.with_frequencies((one.codes, other.codes), weight)


def _edges(known: Floats) -> Floats:
    if len(known) == 0:
        return np.zeros(0)
    least = known.min()
    above = known[known > least]
    if len(above) == 0:
        return np.zeros(0)
    if len(above) < (1 - 1 / BANDS) * len(known):
        quantiles = np.quantile(above, np.arange(1, BANDS - 1) / (BANDS - 1))
        return np.unique(np.append(above.min(), quantiles))
    edges = np.unique(np.quantile(known, np.arange(1, BANDS) / BANDS))
    return edges[edges > least]
