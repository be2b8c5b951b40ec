r"""A score of 0 to 100 or 1000 points, of either sign: the log-odds of a violation, stretched and cut off.

.. math:: \text{score} = \text{base} \pm \frac{\text{pdo}}{\log 2}\,(\mathrm{logit}\,p - \log \text{odds})
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from creditrisk.errors import SpecError, hint

Floats = NDArray[np.float64]
_HIGH = ("risk", "credit")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreScale:
    """How a probability becomes points.

    Parameters
    ----------
    top : float, default 100
        The largest score; 100 and 1000 are usual.
    high : {"risk", "credit"}, default "risk"
        What a high score means: high risk, or good credit as where points are deducted (减扣信用分值).
    base : float, default 50
        The score at which the odds of a violation are `odds`.
    odds : float, default 1/9
        p / (1 - p) at the base; 1/9 is a probability of 10 %.
    pdo : float, default 10
        Points that double the odds.

    Raises
    ------
    SpecError
        If a field breaks these rules.

    Examples
    --------
    >>> ScoreScale().score(np.array([0.1, 0.5, 0.9999])).round(1).tolist()
    [50.0, 81.7, 100.0]
    >>> round(ScoreScale(top=1000, high="credit", base=600, pdo=50).probability(550), 4)
    0.1818
    """

    top: float = 100.0
    high: str = "risk"
    base: float = 50.0
    odds: float = 1 / 9
    pdo: float = 10.0

    def __post_init__(self) -> None:
        """Check every field."""
        if self.high not in _HIGH:
            raise SpecError(
                f"A high score means risk or credit; got high={self.high!r}.{hint(str(self.high), _HIGH)}"
            )
        if not (self.top > 0 and self.odds > 0 and self.pdo > 0 and 0 <= self.base <= self.top):
            raise SpecError(
                "A score has a positive top, odds and pdo, and a base from 0 to its top; got "
                f"top={self.top}, odds={self.odds}, pdo={self.pdo}, base={self.base}: change one."
            )

    def score(self, p: Floats) -> Floats:
        """Return the scores of probabilities.

        Parameters
        ----------
        p : ndarray of float
            0–1.

        Returns
        -------
        ndarray of float
            From 0 to `top`.
        """
        return np.clip(self.points(p), 0, self.top)

    def points(self, p: Floats) -> Floats:
        """Return the same without an end at 0 and at `top`, as cuts need it.

        Parameters
        ----------
        p : ndarray of float
            0–1.

        Returns
        -------
        ndarray of float
            Any number, infinite for a probability of 0 or 1.
        """
        with np.errstate(divide="ignore"):
            distance = np.log(p) - np.log1p(-p) - math.log(self.odds)
        found: Floats = self.base + self._sign * self.pdo / math.log(2) * distance
        return found

    def probability(self, score: float) -> float:
        """Return the probability at a score, so that cuts on the one are cuts on the other.

        Parameters
        ----------
        score : float
            Points; those beyond 0 and `top` count on.

        Returns
        -------
        float
            0–1.
        """
        distance = self._sign * (score - self.base) / self.pdo * math.log(2) + math.log(self.odds)
        return float(expit(distance))

    @property
    def _sign(self) -> int:
        return 1 if self.high == "risk" else -1
