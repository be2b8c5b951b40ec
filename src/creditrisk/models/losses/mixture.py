"""All draws of a loss model together: what it says of the loss of a violation, over families and hurdle."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logsumexp

from creditrisk.models.loss_quantile import mixture_quantile
from creditrisk.models.losses.part import LossPart
from creditrisk.models.losses.tables import LossTable

Floats = NDArray[np.float64]
Draws = NDArray[np.float32]
BLOCK = 2_000_000


@dataclass(frozen=True, kw_only=True)
class LossMixture:
    """The posterior of the loss of a violation.

    Attributes
    ----------
    parts : tuple of LossPart
        Draws of each family, those of the next after those of the one before.
    positive_share : ndarray of shape (draws,)
        Share of violations with a loss above 0.
    """

    parts: tuple[LossPart, ...]
    positive_share: Floats

    def expected(self, frame: pd.DataFrame) -> Draws:
        """Return draws of the expected loss, (draws, entities)."""
        return self._each(frame, lambda tables, here: self._mean_above(tables, np.zeros(here)))

    def exceedance(self, frame: pd.DataFrame, amount: float) -> Draws:
        """Return draws of the probability of more than an amount, (draws, entities)."""

        def more(tables: list[LossTable], here: int) -> Floats:
            less = _stacked([one.below(np.full(here, amount)) for one in tables], here)
            return self.positive_share[:, None] * (1 - less)

        return self._each(frame, more)

    def log_location(self, frame: pd.DataFrame) -> Draws:
        """Return draws of the mean logarithm of a loss above 0, (draws, entities)."""
        return self._each(frame, lambda tables, here: _stacked([one.log_mean() for one in tables], here))

    def log_density(self, frame: pd.DataFrame, loss: Floats) -> Floats:
        """Return the log-density of each loss above 0, averaged over the draws."""
        found = [np.zeros(0)]
        for tables, here in self._blocks(frame):
            each = _log_densities(tables, loss[here])
            found.append(logsumexp(each, axis=0) - np.log(len(each)))
        return np.concatenate(found)

    def log_densities(self, frame: pd.DataFrame, loss: Floats) -> Floats:
        """Return the log-density of each loss above 0 under every draw, (draws, entities)."""
        blocks = [_log_densities(tables, loss[here]) for tables, here in self._blocks(frame)]
        return np.concatenate(blocks, axis=1)

    def quantile(self, frame: pd.DataFrame, q: float) -> Floats:
        """Return the amount below which lies the probability q, 0 where so many cost nothing."""
        found = [np.zeros(0)]
        for tables, here in self._blocks(frame):
            found.append(self._quantile(tables, q, len(frame[here])))
        return np.concatenate(found)

    def tail_mean(self, frame: pd.DataFrame, level: float) -> Floats:
        """Return the mean of the share ``1 - level`` of the largest losses."""
        found = [np.zeros(0)]
        for tables, here in self._blocks(frame):
            amount = self._quantile(tables, level, len(frame[here]))
            above = self._mean_above(tables, amount).mean(axis=0)
            atom = amount * (self._below(tables, amount) - level)
            found.append((above + atom) / (1 - level))
        return np.concatenate(found)

    def sample(self, frame: pd.DataFrame, rng: np.random.Generator) -> Draws:
        """Return a loss of a violation a draw and entity, 0 for one without."""

        def drawn(tables: list[LossTable], here: int) -> Floats:
            amounts = _stacked([one.sample(rng) for one in tables], here)
            some = rng.random(amounts.shape) < self.positive_share[:, None]
            return np.where(some, amounts, 0.0)

        return self._each(frame, drawn)

    def sample_positive(self, frame: pd.DataFrame, rng: np.random.Generator) -> Draws:
        """Return a loss above 0 a draw and entity."""
        return self._each(frame, lambda tables, here: _stacked([one.sample(rng) for one in tables], here))

    def _quantile(self, tables: list[LossTable], q: float, rows: int) -> Floats:
        if 1 - self.positive_share.mean() >= q:
            return np.zeros(rows)
        centre = np.exp(_stacked([one.log_mean() for one in tables], rows).mean(axis=0))
        level = np.full(rows, q)
        return mixture_quantile(lambda x: self._below(tables, x), level, centre / 10, centre * 10)

    def _below(self, tables: list[LossTable], amount: Floats) -> Floats:
        less = _stacked([one.below(amount) for one in tables], len(amount))
        probability: Floats = (1 - self.positive_share[:, None] * (1 - less)).mean(axis=0)
        return probability

    def _mean_above(self, tables: list[LossTable], amount: Floats) -> Floats:
        above = [one.mean_above(amount) for one in tables]
        return self.positive_share[:, None] * _stacked(above, len(amount))

    def _blocks(self, frame: pd.DataFrame) -> Iterator[tuple[list[LossTable], slice]]:
        size = max(1, BLOCK // len(self.positive_share))
        for start in range(0, len(frame), size):
            here = slice(start, min(start + size, len(frame)))
            yield [part.table(frame.iloc[here]) for part in self.parts], here

    def _each(self, frame: pd.DataFrame, of: Callable[[list[LossTable], int], Floats]) -> Draws:
        result = np.empty((len(self.positive_share), len(frame)), dtype=np.float32)
        for tables, here in self._blocks(frame):
            result[:, here] = of(tables, here.stop - here.start)
        return result


def _stacked(arrays: list[Floats], rows: int) -> Floats:
    """Put the draws of all families one after the other, (draws, rows)."""
    return np.concatenate([np.broadcast_to(one, (len(one), rows)) for one in arrays])


def _log_densities(tables: list[LossTable], loss: Floats) -> Floats:
    return _stacked([table.log_density(loss) for table in tables], len(loss))
