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
    over : ndarray of shape (cells,)
        Weight of the losses of which only is known that they exceed the limit.
    """

    n: Floats
    first: Floats
    second: Floats
    over: Floats


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
    """Log-normal losses, censored above the limit (a logarithm)."""

    limit: float = np.inf

    def value(self, cells: Cells, eta: Floats, lam: Floats) -> Floats:
        """Return the log-likelihood of each cell, broadcast over draws."""
        precision = np.exp(-2 * lam)
        squares = cells.second - 2 * eta * cells.first + cells.n * eta**2
        known: Floats = -cells.n * (lam + 0.5 * _LOG_2PI) - 0.5 * precision * squares
        if np.isinf(self.limit):
            return known
        above: Floats = cells.over * log_ndtr((eta - self.limit) * np.exp(-lam))
        return known + above

    def derivatives(self, cells: Cells, eta: Floats, lam: Floats) -> Derivatives:
        """Return value, slopes and information of each cell."""
        precision, n = np.exp(-2 * lam), cells.n
        gap = cells.first - n * eta
        squares = cells.second - 2 * eta * cells.first + n * eta**2
        value = self.value(cells, eta, lam)
        d_eta, d_lam = precision * gap, precision * squares - n
        if np.isinf(self.limit):
            return Derivatives(value, d_eta, d_lam, n * precision, np.zeros_like(n), 2 * n)
        scale = np.exp(-lam)
        z = (self.limit - eta) * scale
        hazard = np.exp(-0.5 * z**2 - 0.5 * _LOG_2PI - log_ndtr(-z))
        bend = hazard * (hazard - z)
        cross = hazard + z * bend
        return Derivatives(
            value,
            d_eta + cells.over * hazard * scale,
            d_lam + cells.over * hazard * z,
            n * precision + cells.over * bend * precision,
            2 * precision * gap + cells.over * cross * scale,
            2 * precision * squares + cells.over * z * cross,
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
