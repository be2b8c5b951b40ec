"""What each family says of losses, draw by draw: density, probability of less, mean above, samples.

Arrays have a row a draw and a column an entity; amounts have one element an entity.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammainc, gammaincc, gammaln, ndtr

Floats = NDArray[np.float64]
WIDEST = 4.0
_LOG_2PI = float(np.log(2 * np.pi))


class LossTable(Protocol):
    """What a loss model asks of the draws of a family."""

    def log_density(self, loss: Floats) -> Floats:
        """Return the log-density of each loss under each draw."""

    def below(self, loss: Floats) -> Floats:
        """Return the probability of less under each draw."""

    def mean_above(self, loss: Floats) -> Floats:
        """Return the mean of the loss, counted as 0 where it is not above the amount."""

    def log_mean(self) -> Floats:
        """Return the mean of the logarithm."""

    def sample(self, rng: np.random.Generator) -> Floats:
        """Return one loss a draw and entity."""


@dataclass(frozen=True, kw_only=True)
class LogNormalTable:
    """Log-normal losses; a spread above 4 counts as 4, so that the mean stays finite."""

    location: Floats
    spread: Floats

    @property
    def sigma(self) -> Floats:
        """The spread that counts."""
        return np.minimum(self.spread, WIDEST)

    def log_density(self, loss: Floats) -> Floats:
        """Return the log-density of each loss under each draw."""
        logs = np.log(loss)
        z = (logs - self.location) / self.sigma
        density: Floats = -0.5 * z**2 - np.log(self.sigma) - 0.5 * _LOG_2PI - logs
        return density

    def below(self, loss: Floats) -> Floats:
        """Return the probability of less under each draw."""
        with np.errstate(divide="ignore"):
            probability: Floats = ndtr((np.log(loss) - self.location) / self.sigma)
        return probability

    def mean_above(self, loss: Floats) -> Floats:
        """Return the mean of the loss, counted as 0 where it is not above the amount."""
        mean = np.exp(self.location + 0.5 * self.sigma**2)
        with np.errstate(divide="ignore"):
            share: Floats = ndtr((self.location - np.log(loss)) / self.sigma + self.sigma)
        return mean * share

    def log_mean(self) -> Floats:
        """Return the mean of the logarithm."""
        return self.location

    def sample(self, rng: np.random.Generator) -> Floats:
        """Return one loss a draw and entity."""
        drawn: Floats = np.exp(self.location + self.sigma * rng.standard_normal(self.location.shape))
        return drawn


@dataclass(frozen=True, kw_only=True)
class GammaTable:
    """Gamma losses of mean e^location and shape 1 / spread²."""

    location: Floats
    spread: Floats

    @property
    def shape(self) -> Floats:
        """The shape, at most a million."""
        return np.maximum(self.spread, 1e-3) ** -2.0

    def log_density(self, loss: Floats) -> Floats:
        """Return the log-density of each loss under each draw."""
        k, relative = self.shape, np.log(loss) - self.location
        density: Floats = k * (np.log(k) + relative - np.exp(relative)) - gammaln(k) - np.log(loss)
        return density

    def below(self, loss: Floats) -> Floats:
        """Return the probability of less under each draw."""
        probability: Floats = gammainc(self.shape, self.shape * loss * np.exp(-self.location))
        return probability

    def mean_above(self, loss: Floats) -> Floats:
        """Return the mean of the loss, counted as 0 where it is not above the amount."""
        k = self.shape
        share: Floats = gammaincc(k + 1, k * loss * np.exp(-self.location))
        return np.exp(self.location) * share

    def log_mean(self) -> Floats:
        """Return the mean of the logarithm."""
        mean: Floats = self.location + digamma(self.shape) - np.log(self.shape)
        return mean

    def sample(self, rng: np.random.Generator) -> Floats:
        """Return one loss a draw and entity."""
        k = np.broadcast_to(self.shape, self.location.shape)
        return np.exp(self.location) * rng.standard_gamma(k) / k


@dataclass(frozen=True, kw_only=True)
class ParetoTailTable:
    """A log-normal below the threshold; above it the excess is generalised Pareto."""

    body: LogNormalTable
    threshold: float
    scale: Floats
    xi: Floats

    @property
    def exceeding(self) -> Floats:
        """Probability of a loss above the threshold."""
        return 1 - self.body.below(np.asarray(self.threshold))

    def log_density(self, loss: Floats) -> Floats:
        """Return the log-density of each loss under each draw."""
        excess = np.maximum(loss - self.threshold, 0.0)
        tail = -np.log(self.scale) - (1 + 1 / self.xi) * np.log1p(self.xi * excess / self.scale)
        above = np.log(np.maximum(self.exceeding, 1e-300)) + tail
        return np.where(loss > self.threshold, above, self.body.log_density(loss))

    def below(self, loss: Floats) -> Floats:
        """Return the probability of less under each draw."""
        return np.where(
            loss > self.threshold, 1 - self.exceeding * self._survival(loss), self.body.below(loss)
        )

    def mean_above(self, loss: Floats) -> Floats:
        """Return the mean of the loss, counted as 0 where it is not above the amount."""
        high = np.maximum(loss, self.threshold)
        further = high + (self.scale + self.xi * (high - self.threshold)) / (1 - self.xi)
        tail = self.exceeding * self._survival(high) * further
        low = np.minimum(loss, self.threshold)
        inside = self.body.mean_above(low) - self.body.mean_above(np.asarray(self.threshold))
        total: Floats = tail + inside
        return total

    def log_mean(self) -> Floats:
        """Return the mean of the logarithm, that of the body's: the tail changes little of it."""
        return self.body.log_mean()

    def sample(self, rng: np.random.Generator) -> Floats:
        """Return one loss a draw and entity."""
        drawn = self.body.sample(rng)
        survival = 1 - rng.random(drawn.shape)
        tail = self.threshold + self.scale / self.xi * (survival**-self.xi - 1)
        return np.where(drawn > self.threshold, tail, drawn)

    def _survival(self, loss: Floats) -> Floats:
        excess = np.maximum(loss - self.threshold, 0.0)
        share: Floats = (1 + self.xi * excess / self.scale) ** (-1 / self.xi)
        return share
