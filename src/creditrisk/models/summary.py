"""What is said of every entity when there are too many to keep their draws."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Single = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Mean and quantiles of one quantity, one value an entity.

    Attributes
    ----------
    mean, lower, median, upper : ndarray of float32 of shape (n_entities,)
        Posterior mean, both ends of the equal-tailed interval, and the median.
    """

    mean: Single
    lower: Single
    median: Single
    upper: Single


@dataclass(frozen=True, kw_only=True)
class RiskSummary:
    """Class probabilities, probability and expected loss of every entity, without their draws.

    Attributes
    ----------
    entity_ids : Index of length n_entities
        Whom the figures concern.
    probabilities : ndarray of float32 of shape (n_entities, 4)
        P(A), P(B), P(C), P(D) by the cuts; each row adds up to 1.
    p : Figures
        Of the probability of a violation over the horizon.
    expected_loss : Figures
        Of the expected loss, in money over the horizon.
    currency : str
        Of the losses.
    interval : float
        Probability of the intervals.
    """

    entity_ids: pd.Index
    probabilities: Single
    p: Figures
    expected_loss: Figures
    currency: str
    interval: float

    def __len__(self) -> int:
        """Return the number of entities."""
        return len(self.entity_ids)
