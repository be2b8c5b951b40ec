r"""The binomial log-likelihood of rows given as levels, and what a surrogate keeps of it.

A row is a list of places: a level :math:`c_{ij}` of each term and the share :math:`s_{ij}` of the next one,
so that :math:`\eta_i = o_i + \alpha + \sum_j (1 - s_{ij})\,v[c_{ij}] + s_{ij}\,v[c_{ij} + 1]` with the offset
:math:`o`, the level values :math:`v` of all terms end to end, and
:math:`\ell = \sum_i y_i \eta_i - n_i \log(1 + e^{\eta_i})`.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from creditrisk.models.design_matrix import Design, Places
from creditrisk.models.inference import kernels

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Expansion:
    r"""The log-likelihood to second order: :math:`\ell(\theta) \approx \ell_0 + g'd - d'Hd/2`, d = θ - at."""

    at: Floats
    value: float
    gradient: Floats
    hessian: Floats

    def values(self, thetas: Floats) -> Floats:
        """Return the quadratic at every row of `thetas`, shape (draws, coefficients)."""
        d = thetas - self.at
        linear: Floats = d @ self.gradient
        curved: Floats = 0.5 * np.einsum("ij,ij->i", d @ self.hessian, d)
        return self.value + linear - curved

    def moved(self, theta: Floats) -> "Expansion":
        """Return the same quadratic, seen from theta."""
        d = theta - self.at
        gradient = self.gradient - self.hessian @ d
        return Expansion(
            at=theta, value=float(self.values(theta[None])[0]), gradient=gradient, hessian=self.hessian
        )

    def weakened(self, power: float) -> "Expansion":
        """Return the same quadratic to a power between 0 and 1: as if of so much of the rows."""
        return Expansion(
            at=self.at, value=power * self.value, gradient=power * self.gradient, hessian=power * self.hessian
        )

    def first(self, number: int) -> "Expansion":
        """Return what it says of the first so many coefficients, the others held."""
        return Expansion(
            at=self.at[:number],
            value=self.value,
            gradient=self.gradient[:number],
            hessian=self.hessian[:number, :number],
        )


@dataclass(frozen=True, kw_only=True)
class BinomialRows:
    """Training rows, merged or not: what the exact likelihood needs.

    Attributes
    ----------
    design : Design
        Terms of the model.
    places : Places
        Of the rows.
    offset : ndarray of shape (n_rows,)
        Added to the predictor of each row: the log of its exposure.
    n, y : ndarray of shape (n_rows,)
        Weight of each row and its weighted violations.
    """

    design: Design
    places: Places
    offset: Floats
    n: Floats
    y: Floats

    @property
    def n_rows(self) -> int:
        """How many rows a pass reads."""
        return len(self.n)

    @property
    def weight(self) -> float:
        """Total weight."""
        return float(self.n.sum())

    @property
    def centre(self) -> float:
        """The logit of the training rate."""
        share = float(np.clip(self.y.sum() / self.n.sum(), 1e-6, 1 - 1e-6))
        return float(np.log(share / (1 - share)))

    def thinned(self, most: int) -> "BinomialRows":
        """Return every k-th row with k times its weight, at most so many rows."""
        k = -(-self.n_rows // most)
        some = self.every(k)
        return replace(some, n=k * some.n, y=k * some.y)

    def every(self, k: int) -> "BinomialRows":
        """Return every k-th row with its own weight."""
        places = Places(level=self.places.level[::k], share=self.places.share[::k])
        return replace(self, places=places, offset=self.offset[::k], n=self.n[::k], y=self.y[::k])

    def expand(self, theta: Floats) -> Expansion:
        """Return the second-order expansion at theta, shape (coefficients,), in one pass over the rows."""
        basis = self.design.sparse_basis
        value, gradient, upper = kernels.derivatives(*self._arrays, basis @ theta)
        upper[np.diag_indices_from(upper)] /= 2
        half = self.design.of_coefficients(self.design.of_coefficients(upper).T)
        return Expansion(at=theta, value=float(value), gradient=basis.T @ gradient, hessian=half + half.T)

    def slope(self, theta: Floats) -> tuple[float, Floats]:
        """Return the exact log-likelihood and its gradient at theta, shape (coefficients,)."""
        basis = self.design.sparse_basis
        value, gradient = kernels.slope(*self._arrays, basis @ theta)
        return float(value), basis.T @ gradient

    def values(self, thetas: Floats) -> Floats:
        """Return the exact log-likelihood at every row of `thetas`, shape (draws, coefficients)."""
        v = self.design.sparse_basis @ np.atleast_2d(thetas).T
        result: Floats = kernels.values(*self._arrays, v[0].copy(), np.ascontiguousarray(v[1:]))
        return result

    def residuals(self, theta: Floats) -> Floats:
        """Return :math:`y_i - n_i p_i` at theta, shape (n_rows,)."""
        residual: Floats = self.y - self.n * expit(self.predictors(theta))
        return residual

    def predictors(self, theta: Floats) -> Floats:
        """Return the linear predictor of every row at theta, shape (n_rows,)."""
        level, share = self.places.level, self.places.share
        eta: Floats = kernels.predictors(level, share, self.offset, self.design.sparse_basis @ theta)
        return eta

    @property
    def _arrays(self) -> tuple[NDArray[np.int32], NDArray[np.float32], Floats, Floats, Floats]:
        return self.places.level, self.places.share, self.offset, self.n, self.y
