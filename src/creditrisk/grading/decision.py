"""How the posterior of an entity becomes one class: by its mean, by a stated confidence, or by costs."""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.draws import mean_of

Floats = NDArray[np.float64]
Ranks = NDArray[np.int8]
_SLACK = 1e-9


class Decision(Protocol):
    """A way from posterior to class."""

    @property
    def by(self) -> str:
        """Its name in policy files."""

    def ranks(self, of_mean: Ranks, probabilities: Floats) -> Ranks:
        """Return the classes, from those of the posterior means and the probabilities of A to D."""

    def values(self, draws: NDArray[np.float32]) -> Floats:
        """Return for each entity the one value whose place among cuts gives the same classes."""


@dataclass(frozen=True, slots=True)
class ByMean:
    """The class in which the posterior mean lies."""

    @property
    def by(self) -> str:
        """Its name: ``mean``."""
        return "mean"

    def ranks(self, of_mean: Ranks, probabilities: Floats) -> Ranks:
        """Return the classes of the means.

        Parameters
        ----------
        of_mean : ndarray of int8, (entities,)
            Classes of the posterior means.
        probabilities : ndarray of float, (entities, 4)
            Of A to D.

        Returns
        -------
        ndarray of int8, (entities,)
            Ranks.
        """
        return of_mean

    def values(self, draws: NDArray[np.float32]) -> Floats:
        """Return the posterior means.

        Parameters
        ----------
        draws : ndarray of float32, (draws, entities)
            Of what is cut.

        Returns
        -------
        ndarray of float, (entities,)
            Means.
        """
        return mean_of(draws)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByConfidence:
    """The highest class that the entity reaches with a stated probability.

    Parameters
    ----------
    level : float
        Between 0 and 1. At 0.9 a class is given only to those who are surely no better; at 0.1 to those who
        may well be no better; 0.5 is the median.

    Raises
    ------
    SpecError
        If the level is not between 0 and 1.

    Examples
    --------
    >>> sure, doubtful = [0.0, 0.1, 0.0, 0.9], [0.3, 0.3, 0.1, 0.3]
    >>> ByConfidence(level=0.6).ranks(np.zeros(2, dtype=np.int8), np.array([sure, doubtful])).tolist()
    [3, 1]
    """

    level: float

    def __post_init__(self) -> None:
        """Check the level."""
        if not 0 < self.level < 1:
            raise SpecError(
                f"A confidence is a probability between 0 and 1; got {self.level}: write 0.9 for 90 %."
            )

    @property
    def by(self) -> str:
        """Its name: ``confidence``."""
        return "confidence"

    def ranks(self, of_mean: Ranks, probabilities: Floats) -> Ranks:
        """Return the highest class whose probability, with those above it, reaches the level.

        Parameters
        ----------
        of_mean : ndarray of int8, (entities,)
            Classes of the posterior means.
        probabilities : ndarray of float, (entities, 4)
            Of A to D.

        Returns
        -------
        ndarray of int8, (entities,)
            Ranks.
        """
        at_least = probabilities[:, ::-1].cumsum(axis=1)[:, ::-1]
        found: Ranks = (at_least[:, 1:] >= self.level - _SLACK).sum(axis=1).astype(np.int8)
        return found

    def values(self, draws: NDArray[np.float32]) -> Floats:
        """Return for each entity the draw that so many draws reach.

        Parameters
        ----------
        draws : ndarray of float32, (draws, entities)
            Of what is cut.

        Returns
        -------
        ndarray of float, (entities,)
            Order statistics.
        """
        number = len(draws)
        place = number - max(math.ceil((self.level - _SLACK) * number), 1)
        found: Floats = np.partition(draws, place, axis=0)[place].astype(np.float64)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ByCosts:
    """The class whose expected cost of misgrading is least, entity by entity.

    Parameters
    ----------
    costs : CostMatrix
        What each class costs for each true class; the true classes are those of the policy's cuts.
    """

    costs: CostMatrix

    @property
    def by(self) -> str:
        """Its name: ``costs``."""
        return "costs"

    def ranks(self, of_mean: Ranks, probabilities: Floats) -> Ranks:
        """Return the cheapest classes.

        Parameters
        ----------
        of_mean : ndarray of int8, (entities,)
            Classes of the posterior means.
        probabilities : ndarray of float, (entities, 4)
            Of A to D.

        Returns
        -------
        ndarray of int8, (entities,)
            Ranks.
        """
        return self.costs.cheapest(probabilities)

    def values(self, draws: NDArray[np.float32]) -> Floats:
        """Refuse: these cuts say where the true classes begin, and no goal moves them.

        Parameters
        ----------
        draws : ndarray of float32, (draws, entities)
            Of what is cut.

        Returns
        -------
        ndarray of float, (entities,)
            Never.

        Raises
        ------
        SpecError
            Always.
        """
        raise SpecError(
            "A policy that decides by costs cuts where the true classes begin, which no goal can find; "
            "calibrate with ByMean() or ByConfidence(level=...)."
        )
