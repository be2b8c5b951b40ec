r"""Sums over everybody from those who were drawn, with their variance.

A drawn entity i stands for :math:`1/\pi_i` entities, so that
:math:`\hat T = \sum_{i \in s} y_i / \pi_i` is right on average over draws (Horvitz and Thompson). Its
variance is estimated by

.. math:: \sum_{i \in s} c_i \Big(\frac{y_i}{\pi_i} - A_{h[i]}\Big)^2

with :math:`c_i = 1 - \pi_i` and :math:`A = 0` for a Poisson draw; and, where the number of visits is fixed,
:math:`c_i = (1 - \pi_i)\, n_h / (n_h - 1)` and :math:`A_h = \sum c_i y_i / \pi_i / \sum c_i` over the
:math:`n_h` entities of stratum h that were not certain. The latter is the textbook formula for a stratified
draw, and a close approximation for draws in proportion to size (Hájek; Deville).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


def total_variance(values: Floats, chances: Floats, strata: Codes, *, independent: bool) -> float:
    """Return the estimated variance of the weighted sum of drawn entities.

    Parameters
    ----------
    values : ndarray of float, (drawn,)
        What was found at each.
    chances : ndarray of float, (drawn,)
        Their inclusion probabilities, above 0.
    strata : ndarray of int, (drawn,)
        Their strata, from 0.
    independent : bool
        Whether each was drawn by itself, as in a Poisson draw.

    Returns
    -------
    float
        0 if all were certain.

    Examples
    --------
    >>> y = np.array([1.0, 0.0, 0.0, 1.0])
    >>> total_variance(y, np.full(4, 0.5), np.zeros(4, dtype=int), independent=False).__round__(4)
    2.6667
    """
    spread = values / chances
    factor = 1 - chances
    if independent:
        return float((factor * spread**2).sum())
    variance = 0.0
    for stratum in np.unique(strata):
        at = (strata == stratum) & (factor > 0)
        number = np.count_nonzero(at)
        if number == 0:
            continue
        middle = np.average(spread[at], weights=factor[at]) if number > 1 else 0.0
        variance += (factor[at] * (spread[at] - middle) ** 2).sum() * number / max(number - 1, 1)
    return float(variance)
