"""What the draws of the posterior say about each entity: means, intervals, class probabilities."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.grading.cuts import Cuts

Floats = NDArray[np.float64]
_CHUNK = 4096


class Draws(Protocol):
    """What grading reads of a posterior."""

    @property
    def entity_ids(self) -> pd.Index:
        """The entities, in the order of the draws' columns."""

    @property
    def p(self) -> NDArray[np.float32]:
        """Probability of violation, (draws, entities)."""

    @property
    def expected_loss(self) -> NDArray[np.float32]:
        """Expected loss over the horizon in money, (draws, entities)."""

    @property
    def currency(self) -> str:
        """Its currency, as an ISO 4217 code."""

    @property
    def contributions(self) -> pd.DataFrame | None:
        """Contributions to logit p, (entities, terms), if the model gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Posterior mean and equal-tailed interval of each entity.

    Parameters
    ----------
    mean, lower, upper : ndarray of float, (entities,)
        In the unit of the draws.
    """

    mean: Floats
    lower: Floats
    upper: Floats


def mean_of(draws: NDArray[np.float32]) -> Floats:
    """Return the posterior mean of each entity, summed in double precision.

    Parameters
    ----------
    draws : ndarray of float32, (draws, entities)
        One row a draw.

    Returns
    -------
    ndarray of float, (entities,)
        Means.
    """
    return np.asarray(draws.mean(axis=0, dtype=np.float64), dtype=np.float64)


def summarise(draws: NDArray[np.float32], *, interval: float) -> Summary:
    """Return mean and equal-tailed interval of each entity, some thousand entities at a time.

    Parameters
    ----------
    draws : ndarray of float32, (draws, entities)
        One row a draw.
    interval : float
        The probability of the interval, 0.9 for 5 % to 95 %.

    Returns
    -------
    Summary
        One value an entity each.

    Examples
    --------
    >>> summarise(np.arange(101, dtype=np.float32)[:, None], interval=0.9).lower.round(6).tolist()
    [5.0]
    """
    number = draws.shape[0]
    positions = (number - 1) * np.array([(1 - interval) / 2, (1 + interval) / 2])
    bounds = np.empty((2, draws.shape[1]))
    for start in range(0, draws.shape[1], _CHUNK):
        ordered = np.sort(np.ascontiguousarray(draws[:, start : start + _CHUNK].T), axis=1)
        for bound, position in zip(bounds, positions, strict=True):
            low = int(position)
            below, above = ordered[:, low], ordered[:, min(low + 1, number - 1)]
            bound[start : start + _CHUNK] = below + (position - low) * (above.astype(np.float64) - below)
    return Summary(mean=mean_of(draws), lower=bounds[0], upper=bounds[1])


def class_probabilities(draws: NDArray[np.float32], cuts: Cuts) -> Floats:
    """Return the share of draws in each class by the cuts alone, before any rule.

    Parameters
    ----------
    draws : ndarray of float32, (draws, entities)
        One row a draw.
    cuts : tuple of 3 floats
        The lower bounds of B, C and D.

    Returns
    -------
    ndarray of float, (entities, 4)
        P(A), P(B), P(C), P(D); each row adds up to 1.

    Examples
    --------
    >>> class_probabilities(np.array([[0.5], [1.5], [1.6], [9.0]], dtype=np.float32), (1, 2, 3)).tolist()
    [[0.25, 0.5, 0.0, 0.25]]
    """
    number, entities = draws.shape
    at_least = np.empty((entities, 5))
    at_least[:, 0], at_least[:, 4] = number, 0
    for j, cut in enumerate(cuts, start=1):
        for start in range(0, entities, _CHUNK):
            part = draws[:, start : start + _CHUNK]
            at_least[start : start + _CHUNK, j] = np.count_nonzero(part >= np.float64(cut), axis=0)
    probabilities: Floats = (at_least[:, :4] - at_least[:, 1:]) / number
    return probabilities
