"""What is believed of every entity: draws of its probability and of its expected loss."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Draws = NDArray[np.float32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class RiskPosterior:
    """Probability and expected loss, draw by draw.

    Parameters
    ----------
    entity_ids : Index of length n_entities
        Whom the columns of the draws concern.
    p : ndarray of float32 of shape (draws, n_entities)
        Probability of a violation over the horizon.
    expected_loss : ndarray of float32 of shape (draws, n_entities)
        p times the expected loss of a violation, in money over the horizon.
    currency : str
        Of the losses, ``"CNY"`` for instance.
    contributions : DataFrame of shape (n_entities, n_terms) or None
        Posterior-mean part of each column in logit p; 0 at the average training entity.

    Examples
    --------
    >>> draws = np.array([[0.1], [0.3]], dtype=np.float32)
    >>> risk = RiskPosterior(
    ...     entity_ids=pd.Index(["a"]), p=draws, expected_loss=draws * 1000, currency="CNY"
    ... )
    >>> risk.mean_p().round(2)
    array([0.2])
    """

    entity_ids: pd.Index
    p: Draws
    expected_loss: Draws
    currency: str = "CNY"
    contributions: pd.DataFrame | None = None

    def mean_p(self) -> Floats:
        """Return the posterior mean of p.

        Returns
        -------
        ndarray of shape (n_entities,)
            Probabilities.
        """
        return self.p.mean(axis=0, dtype=np.float64)

    def mean_expected_loss(self) -> Floats:
        """Return the posterior mean of the expected loss.

        Returns
        -------
        ndarray of shape (n_entities,)
            Money over the horizon.
        """
        return self.expected_loss.mean(axis=0, dtype=np.float64)

    def interval_p(self, prob: float = 0.9) -> tuple[Floats, Floats]:
        """Return the equal-tailed interval of p.

        Parameters
        ----------
        prob : float, default 0.9
            Probability of the interval.

        Returns
        -------
        tuple of two ndarray of shape (n_entities,)
            Lower and upper ends.
        """
        return _interval(self.p, prob)

    def interval_expected_loss(self, prob: float = 0.9) -> tuple[Floats, Floats]:
        """Return the equal-tailed interval of the expected loss.

        Parameters
        ----------
        prob : float, default 0.9
            Probability of the interval.

        Returns
        -------
        tuple of two ndarray of shape (n_entities,)
            Lower and upper ends.
        """
        return _interval(self.expected_loss, prob)


def _interval(draws: Draws, prob: float) -> tuple[Floats, Floats]:
    tail = (1 - prob) / 2
    lower, upper = np.quantile(draws, [tail, 1 - tail], axis=0)
    return lower.astype(np.float64), upper.astype(np.float64)
