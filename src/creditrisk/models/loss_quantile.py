"""Quantiles of a mixture: where the mean of many cumulative distributions reaches a probability."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError

Floats = NDArray[np.float64]
HALVINGS = 60
LOG_TOLERANCE = 1e-5


def check_level(level: float, name: str) -> None:
    """Refuse a probability that is not strictly between 0 and 1.

    Raises
    ------
    SpecError
        If it is not.
    """
    if not 0 < level < 1:
        raise SpecError(f"{name} is a probability strictly between 0 and 1; got {level}.")


def mixture_quantile(
    below: Callable[[Floats], Floats], level: Floats, lower: Floats, upper: Floats
) -> Floats:
    """Return, row by row, the amount below which lies the probability `level`.

    Parameters
    ----------
    below : callable
        Amounts, one a row, to the probability of less, one a row; increasing.
    level : ndarray of shape (n_rows,)
        Probabilities.
    lower, upper : ndarray of shape (n_rows,)
        Amounts above 0 between which the search starts; widened where they do not enclose the quantile.

    Returns
    -------
    ndarray of shape (n_rows,)
        Amounts, right to a hundred-thousandth.
    """
    low, high = np.log(lower), np.log(upper)
    for _ in range(HALVINGS):
        over, under = below(np.exp(low)) > level, below(np.exp(high)) < level
        if not (over.any() or under.any()):
            break
        low, high = np.where(over, low - 2.0, low), np.where(under, high + 2.0, high)
    for _ in range(HALVINGS):
        if float(np.max(high - low, initial=0.0)) < LOG_TOLERANCE:
            break
        middle = (low + high) / 2
        short = below(np.exp(middle)) < level
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.exp((low + high) / 2)
