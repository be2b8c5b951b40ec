r"""The binomial log-likelihood of rows given as levels, and what a surrogate keeps of it.

A row is a list of places: a level :math:`c_{ij}` of each term and the share :math:`s_{ij}` of the next one,
so that :math:`\eta_i = \alpha + \sum_j (1 - s_{ij})\,v[c_{ij}] + s_{ij}\,v[c_{ij} + 1]` with the level values
:math:`v` of all terms end to end, and
:math:`\ell = \sum_i y_i \eta_i - n_i \log(1 + e^{\eta_i})`.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design, Places

Floats = NDArray[np.float64]

_BLOCK = 2048
_PARTS = 4


@njit(parallel=True, cache=True)
def _values(codes, share, n, y, alpha, levels):  # type: ignore[no-untyped-def]
    """Log-likelihood of every draw; alpha (draws,), levels (levels, draws)."""
    draws = len(alpha)
    blocks = (len(n) + _BLOCK - 1) // _BLOCK
    part = np.zeros((blocks, draws))
    for b in prange(blocks):
        e = np.empty(draws)
        for i in range(b * _BLOCK, min((b + 1) * _BLOCK, len(n))):
            e[:] = alpha
            for j in range(codes.shape[1]):
                c = codes[i, j]
                w = share[i, j]
                if w == 0:
                    e += levels[c]
                else:
                    e += (1 - w) * levels[c] + w * levels[c + 1]
            for s in range(draws):
                part[b, s] += y[i] * e[s] - n[i] * (np.log1p(np.exp(-abs(e[s]))) + max(e[s], 0.0))
    return part.sum(axis=0)


@njit(parallel=True, cache=True)
def _derivatives(codes, share, n, y, alpha, v, parts):  # type: ignore[no-untyped-def]
    """Value, gradient and minus the Hessian in (alpha, level values), each summed up part by part."""
    m = len(v) + 1
    value = np.zeros(parts)
    gradient = np.zeros((parts, m))
    hessian = np.zeros((parts, m, m))
    for part in prange(parts):
        at = np.empty(2 * codes.shape[1] + 1, dtype=np.int64)
        x = np.empty(2 * codes.shape[1] + 1)
        at[0] = 0
        x[0] = 1.0
        for i in range(part * len(n) // parts, (part + 1) * len(n) // parts):
            e = alpha
            k = 1
            for j in range(codes.shape[1]):
                c = codes[i, j]
                w = float(share[i, j])
                at[k] = c + 1
                x[k] = 1.0 - w
                e += (1.0 - w) * v[c]
                k += 1
                if w > 0:
                    at[k] = c + 2
                    x[k] = w
                    e += w * v[c + 1]
                    k += 1
            t = np.exp(-abs(e))
            p = 1 / (1 + t) if e > 0 else t / (1 + t)
            value[part] += y[i] * e - n[i] * (np.log1p(t) + max(e, 0.0))
            r = y[i] - n[i] * p
            weight = n[i] * t / (1 + t) ** 2
            for a in range(k):
                gradient[part, at[a]] += r * x[a]
                row = hessian[part, at[a]]
                wx = weight * x[a]
                for b in range(a, k):
                    row[at[b]] += wx * x[b]
    return value.sum(), gradient.sum(axis=0), hessian.sum(axis=0)


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
    places : Places
        Of the distinct rows.
    n, y : ndarray of shape (n_rows,)
        Weight of each row and its weighted violations.
    """

    design: Design
    places: Places
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
        level, share = self.places.level, self.places.share
        value, gradient, upper = _derivatives(level, share, self.n, self.y, v[0], v[1:], _PARTS)
        hessian = np.triu(upper) + np.triu(upper, 1).T
        return Expansion(
            at=theta, value=float(value), gradient=basis.T @ gradient, hessian=basis.T @ hessian @ basis
        )

    def values(self, thetas: Floats) -> Floats:
        """Return the exact log-likelihood at every row of `thetas`, shape (draws, coefficients)."""
        v = self.design.basis @ np.atleast_2d(thetas).T
        level, share = self.places.level, self.places.share
        result: Floats = _values(level, share, self.n, self.y, v[0].copy(), np.ascontiguousarray(v[1:]))
        return result
