"""Intervals of estimated means and rates."""

import math

from scipy.stats import norm, t


def interval_of_mean(mean: float, variance: float, number: int, prob: float) -> tuple[float, float]:
    """Return the interval of a mean by Student's t.

    Parameters
    ----------
    mean, variance : float
        The estimate and its variance.
    number : int
        How many values it rests on.
    prob : float
        Probability of the interval.

    Returns
    -------
    tuple of two floats
        Lower and upper end.

    Examples
    --------
    >>> [round(end, 3) for end in interval_of_mean(10.0, 4.0, 1000, 0.9)]
    [6.707, 13.293]
    """
    half = t.ppf((1 + prob) / 2, max(number - 1, 1)) * math.sqrt(variance)
    return float(mean - half), float(mean + half)


def interval_of_rate(rate: float, variance: float, number: float, prob: float) -> tuple[float, float]:
    """Return Wilson's interval of a rate with the sample size that the variance amounts to.

    Parameters
    ----------
    rate, variance : float
        The estimate, cut to 0–1, and its variance.
    number : float
        The sample size to take where the variance says nothing, for a rate of 0 or 1.
    prob : float
        Probability of the interval.

    Returns
    -------
    tuple of two floats
        Lower and upper end, within 0–1.

    Examples
    --------
    >>> [round(end, 3) for end in interval_of_rate(0.0, 0.0, 30, 0.9)]
    [0.0, 0.083]
    """
    rate = min(max(rate, 0.0), 1.0)
    size = rate * (1 - rate) / variance if variance > 0 and 0 < rate < 1 else number
    z2 = float(norm.ppf((1 + prob) / 2)) ** 2
    middle = (rate + z2 / (2 * size)) / (1 + z2 / size)
    half = math.sqrt(z2 * (rate * (1 - rate) / size + z2 / (4 * size**2))) / (1 + z2 / size)
    return max(middle - half, 0.0), min(middle + half, 1.0)
