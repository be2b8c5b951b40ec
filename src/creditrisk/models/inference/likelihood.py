r"""The binomial log-likelihood of rows given as levels, and what a surrogate keeps of it.

A row is a list of active levels ``codes[i, :]``, so that
:math:`\eta_i = \alpha + \sum_j v[codes_{ij}]` with the level values :math:`v` of all terms end to end, and
:math:`\ell = \sum_i y_i \eta_i - n_i \log(1 + e^{\eta_i})`.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

_BLOCK = 2048


@njit(parallel=True, cache=True)
def _values(codes, n, y, alpha, levels):  # type: ignore[no-untyped-def]
    """Log-likelihood of every draw; alpha (draws,), levels (levels, draws)."""
    draws = len(alpha)
    blocks = (len(n) + _BLOCK - 1) // _BLOCK
    part = np.zeros((blocks, draws))
    for b in prange(blocks):
        e = np.empty(draws)
        for i in range(b * _BLOCK, min((b + 1) * _BLOCK, len(n))):
            e[:] = alpha
            for j in range(codes.shape[1]):
                e += levels[codes[i, j]]
            for s in range(draws):
                part[b, s] += y[i] * e[s] - n[i] * (np.log1p(np.exp(-abs(e[s]))) + max(e[s], 0.0))
    return part.sum(axis=0)


@njit(cache=True)
def _derivatives(codes, n, y, alpha, v):  # type: ignore[no-untyped-def]
    """Value, gradient and minus the Hessian in (alpha, level values)."""
    k = codes.shape[1]
    m = len(v)
    value = 0.0
    gradient = np.zeros(m + 1)
    hessian = np.zeros((m + 1, m + 1))
    for i in range(len(n)):
        e = alpha
        for j in range(k):
            e += v[codes[i, j]]
        t = np.exp(-abs(e))
        p = 1 / (1 + t) if e > 0 else t / (1 + t)
        value += y[i] * e - n[i] * (np.log1p(t) + max(e, 0.0))
        r = y[i] - n[i] * p
        w = n[i] * t / (1 + t) ** 2
        gradient[0] += r
        hessian[0, 0] += w
        for j in range(k):
            a = codes[i, j] + 1
            gradient[a] += r
            hessian[0, a] += w
            for h in range(j, k):
                hessian[a, codes[i, h] + 1] += w
    return value, gradient, np.triu(hessian) + np.triu(hessian, 1).T


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


@dataclass(frozen=True, kw_only=True)
class BinomialRows:
    """Merged training rows: what the exact likelihood needs.

    Attributes
    ----------
    design : Design
        Terms of the model.
    codes : ndarray of int32 of shape (n_rows, n_terms)
        Level codes of the distinct rows.
    n, y : ndarray of shape (n_rows,)
        Weight of each row and its weighted violations.
    """

    design: Design
    codes: Codes
    n: Floats
    y: Floats

    @property
    def centre(self) -> float:
        """The logit of the training rate."""
        share = float(np.clip(self.y.sum() / self.n.sum(), 1e-6, 1 - 1e-6))
        return float(np.log(share / (1 - share)))

    def expand(self, theta: Floats) -> Expansion:
        """Return the second-order expansion at theta, shape (coefficients,), in one pass over the rows."""
        basis = self.design.basis
        v = basis @ theta
        value, gradient, hessian = _derivatives(self.codes, self.n, self.y, v[0], v[1:])
        return Expansion(
            at=theta, value=float(value), gradient=basis.T @ gradient, hessian=basis.T @ hessian @ basis
        )

    def values(self, thetas: Floats) -> Floats:
        """Return the exact log-likelihood at every row of `thetas`, shape (draws, coefficients)."""
        v = self.design.basis @ np.atleast_2d(thetas).T
        result: Floats = _values(self.codes, self.n, self.y, v[0].copy(), np.ascontiguousarray(v[1:]))
        return result
