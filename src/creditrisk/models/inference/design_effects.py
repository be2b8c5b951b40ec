r"""Rows that depend on each other or weigh differently: each term's information over its design effect.

With the weighted score of a cluster (an entity with all its dates)
:math:`s_c = \sum_{i \in c} w_i (y_i - p_i) x_i`, :math:`J = \sum_c s_c s_c'`, the curvature :math:`H` of the
log-likelihood and that of the prior :math:`P`, all at the mode, and :math:`A = H + P`, the design effect of
term j is

.. math:: \lambda_j = \max\!\left(1, \frac{\mathrm{tr}\,[A^{-1} J A^{-1}]_{jj}}
                                          {\mathrm{tr}\,[A^{-1} H A^{-1}]_{jj}}\right),

by how much the variance of its coefficients exceeds that of as many independent rows (Skinner 1989). The
likelihood is stretched around its mode by :math:`\sqrt{\lambda_j}` along each term: the curvature adjustment
of composite likelihoods (Ribatet, Cooley & Davison 2012), a term at a time, so that it also serves where a
term has few rows.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from creditrisk.models.design_matrix import Design
from creditrisk.models.inference import kernels
from creditrisk.models.inference.likelihood import BinomialRows, Expansion

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class StretchedRows:
    """The log-likelihood of rows, flatter around a point by the design effect of each term.

    Attributes
    ----------
    rows : BinomialRows
        Training rows, merged.
    mode : Expansion
        Where it keeps its slope, scaled.
    effects : ndarray of shape (1 + n_terms,)
        Design effects of the intercept and of each term.
    """

    rows: BinomialRows
    mode: Expansion
    effects: Floats

    @property
    def design(self) -> Design:
        """Terms of the model."""
        return self.rows.design

    @property
    def n_rows(self) -> int:
        """How many distinct rows a pass reads."""
        return self.rows.n_rows

    @property
    def weight(self) -> float:
        """How many rows were merged into them."""
        return self.rows.weight

    def thinned(self, most: int) -> "StretchedRows":
        """Return every k-th row with k times its weight, at most so many rows."""
        rows = self.rows.thinned(most)
        return replace(self, rows=rows, mode=rows.expand(self.mode.at))

    def values(self, thetas: Floats) -> Floats:
        """Return the log-likelihood at every row of `thetas`, shape (draws, coefficients)."""
        d = np.atleast_2d(thetas) - self.mode.at
        result: Floats = self.rows.values(self.mode.at + self._stretch * d) + d @ self._pull
        return result

    def slope(self, theta: Floats) -> tuple[float, Floats]:
        """Return value and gradient at theta, shape (coefficients,)."""
        d = theta - self.mode.at
        value, gradient = self.rows.slope(self.mode.at + self._stretch * d)
        return value + float(d @ self._pull), self._stretch * gradient + self._pull

    def expand(self, theta: Floats) -> Expansion:
        """Return the second-order expansion at theta."""
        d = theta - self.mode.at
        found = self.mode if not d.any() else self.rows.expand(self.mode.at + self._stretch * d)
        return Expansion(
            at=theta,
            value=found.value + float(d @ self._pull),
            gradient=self._stretch * found.gradient + self._pull,
            hessian=self._stretch[:, None] * found.hessian * self._stretch,
        )

    @cached_property
    def _stretch(self) -> Floats:
        sizes = [1, *(where.stop - where.start for where in self.design.slices)]
        stretch: Floats = np.repeat(1 / np.sqrt(self.effects), sizes)
        return stretch

    @cached_property
    def _pull(self) -> Floats:
        return (self._stretch**2 - self._stretch) * self.mode.gradient


def design_effects(rows: BinomialRows, clusters: NDArray[np.intp], mode: Expansion, prior: Floats) -> Floats:
    """Return the design effect of the intercept and of each term.

    Parameters
    ----------
    rows : BinomialRows
        Training rows, not merged.
    clusters : ndarray of int of shape (n_rows,)
        A number for each entity; rows of one entity may depend on each other.
    mode : Expansion
        Of the log-likelihood of the same rows.
    prior : ndarray of shape (coefficients,)
        Curvature of the prior at the mode.

    Returns
    -------
    ndarray of shape (1 + n_terms,)
        At least 1 each.
    """
    order = np.argsort(clusters, kind="stable")
    starts = np.flatnonzero(np.diff(clusters[order], prepend=-1))
    level, share = rows.places.level[order], rows.places.share[order]
    residual = rows.residuals(mode.at)[order]
    design, bounds = rows.design, np.append(starts, len(order)).astype(np.int64)
    products = kernels.score_products(level, share, residual, bounds, 1 + int(design.offsets[-1]))
    factor = cho_factor(mode.hessian + np.diag(prior))
    of_scores = _sandwich(factor, design.of_coefficients(design.of_coefficients(products).T))
    of_rows = _sandwich(factor, mode.hessian)
    used = float(np.sum(np.diag(cho_solve(factor, mode.hessian))))
    correction = len(starts) / max(len(starts) - used, 1.0)
    places = [slice(0, 1), *rows.design.slices]
    found = [correction * of_scores[at].sum() / max(of_rows[at].sum(), 1e-300) for at in places]
    return np.maximum(found, 1.0)


def _sandwich(factor: tuple[Floats, bool], middle: Floats) -> Floats:
    """Return the diagonal of :math:`A^{-1} M A^{-1}`."""
    half = cho_solve(factor, middle)
    diagonal: Floats = np.diag(cho_solve(factor, half.T))
    return diagonal
