r"""Log-likelihoods of losses in two predictors: location :math:`\eta` and log-spread :math:`\lambda`.

A cell holds losses that share both predictors; what it needs of them are sums. `derivatives` returns value,
slopes, and the information :math:`I_{\eta\eta}, I_{\eta\lambda}, I_{\lambda\lambda}`: expected for the
log-normal without a limit and the Pareto excess, where it is simple and never negative, observed otherwise.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, expit, gammaln, log_ndtr, polygamma

Floats = NDArray[np.float64]
LARGEST_XI = 0.9
_LOG_2PI = float(np.log(2 * np.pi))


class Cells(NamedTuple):
    """Sums over the losses of each cell; amounts in units of a common one, logarithms from its own.

    Attributes
    ----------
    n : ndarray of shape (cells,)
        Weight of the losses with a known amount.
    first, second : ndarray of shape (cells,)
        What the kernel needs: sums of r and r² (log-normal), of r and e^r (gamma), the excess (Pareto).
    over, under : ndarray of shape (cells,)
        Weight of the losses of which only is known that they exceed the limit, or not the floor.
    """

    n: Floats
    first: Floats
    second: Floats
    over: Floats
    under: Floats


class Derivatives(NamedTuple):
    """Value, slopes and information of each cell."""

    value: Floats
    eta: Floats
    lam: Floats
    eta_eta: Floats
    eta_lam: Floats
    lam_lam: Floats


class Kernel(Protocol):
    """What the rows ask of a likelihood."""

    def value(self, cells: Cells, eta: Floats, lam: Floats) -> Floats:
        """Return the log-likelihood of each cell, broadcast over draws."""

    def derivatives(self, cells: Cells, eta: Floats, lam: Floats) -> Derivatives:
        """Return value, slopes and information of each cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogNormalKernel:
    """Log-normal losses, censored above the limit and up to the floor (both logarithms)."""

    limit: float = np.inf
    floor: float = -np.inf

    def value(self, cells: Cells, eta: Floats, lam: Floats) -> Floats:
        """Return the log-likelihood of each cell, broadcast over draws."""
        precision = np.exp(-2 * lam)
        squares = cells.second - 2 * eta * cells.first + cells.n * eta**2
        total: Floats = -cells.n * (lam + 0.5 * _LOG_2PI) - 0.5 * precision * squares
        if np.isfinite(self.limit):
            total = total + cells.over * log_ndtr((eta - self.limit) * np.exp(-lam))
        if np.isfinite(self.floor):
            total = total + cells.under * log_ndtr((self.floor - eta) * np.exp(-lam))
        return total

    def derivatives(self, cells: Cells, eta: Floats, lam: Floats) -> Derivatives:
        """Return value, slopes and information of each cell."""
        precision, n = np.exp(-2 * lam), cells.n
        gap = cells.first - n * eta
        squares = cells.second - 2 * eta * cells.first + n * eta**2
        value = self.value(cells, eta, lam)
        d_eta, d_lam = precision * gap, precision * squares - n
        if np.isinf(self.limit) and np.isinf(self.floor):
            return Derivatives(value, d_eta, d_lam, n * precision, np.zeros_like(n), 2 * n)
        found = Derivatives(value, d_eta, d_lam, n * precision, 2 * precision * gap, 2 * precision * squares)
        if np.isfinite(self.limit):
            found = _with_censored(found, cells.over, self.limit, 1.0, eta, lam)
        if np.isfinite(self.floor):
            found = _with_censored(found, cells.under, self.floor, -1.0, eta, lam)
        return found


def _with_censored(
    found: Derivatives, weight: Floats, at: float, side: float, eta: Floats, lam: Floats
) -> Derivatives:
    """Add what amounts say that are known to lie beyond a bound: above it (side 1) or below (-1)."""
    scale = np.exp(-lam)
    z = side * (at - eta) * scale
    hazard = np.exp(-0.5 * z**2 - 0.5 * _LOG_2PI - log_ndtr(-z))
    bend = hazard * (hazard - z)
    cross = hazard + z * bend
    return Derivatives(
        found.value,
        found.eta + side * weight * hazard * scale,
        found.lam + weight * hazard * z,
        found.eta_eta + weight * bend * scale**2,
        found.eta_lam + side * weight * cross * scale,
        found.lam_lam + weight * z * cross,
    )


@dataclass(frozen=True, slots=True)
class GammaKernel:
    """Gamma losses of mean e^eta and shape e^(-2 lam)."""

    def value(self, cells: Cells, eta: Floats, lam: Floats) -> Floats:
        """Return the log-likelihood of each cell, broadcast over draws."""
        k = np.exp(-2 * lam)
        constant = k * (-2 * lam - eta) - gammaln(k)
        result: Floats = cells.n * constant + k * (cells.first - cells.second * np.exp(-eta))
        return result

    def derivatives(self, cells: Cells, eta: Floats, lam: Floats) -> Derivatives:
        """Return value, slopes and information of each cell."""
        k = np.exp(-2 * lam)
        ratio = cells.second * np.exp(-eta)
        by_k = cells.n * (-2 * lam + 1 - digamma(k) - eta) + cells.first - ratio
        return Derivatives(
            self.value(cells, eta, lam),
            k * (ratio - cells.n),
            -2 * k * by_k,
            k * ratio,
            2 * k * (ratio - cells.n),
            4 * k**2 * cells.n * (polygamma(1, k) - 1 / k) - 4 * k * by_k,
        )


@dataclass(frozen=True, slots=True)
class ParetoKernel:
    """Generalised Pareto excesses: scale e^eta, shape 0.9 expit(lam); a cell is one excess."""

    def value(self, cells: Cells, eta: Floats, lam: Floats) -> Floats:
        """Return the log-likelihood of each cell, broadcast over draws."""
        xi = LARGEST_XI * expit(lam)
        result: Floats = -cells.n * (eta + (1 + 1 / xi) * np.log1p(xi * cells.first * np.exp(-eta)))
        return result

    def derivatives(self, cells: Cells, eta: Floats, lam: Floats) -> Derivatives:
        """Return value, slopes and information of each cell."""
        share = expit(lam)
        xi, turn = LARGEST_XI * share, LARGEST_XI * share * (1 - share)
        q = cells.first * np.exp(-eta)
        pull = q / (1 + xi * q)
        by_xi = np.log1p(xi * q) / xi**2 - (1 + 1 / xi) * pull
        inner = (1 + xi) * (1 + 2 * xi)
        return Derivatives(
            self.value(cells, eta, lam),
            cells.n * ((1 + xi) * pull - 1),
            cells.n * by_xi * turn,
            cells.n / (1 + 2 * xi),
            cells.n * turn / inner,
            cells.n * 2 * turn**2 / inner,
        )
