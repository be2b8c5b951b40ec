"""One move along one direction: a normal density between bounds."""

import numpy as np
from numba import njit
from numpy.random import Generator

_FLAT = 1e-9


@njit(cache=True, nogil=True)
def draw_along(rng: Generator, slope: float, curvature: float, least: float, most: float) -> float:
    r"""Draw t from :math:`\exp(st - ct^2/2)` between bounds.

    Parameters
    ----------
    rng : numpy.random.Generator
        Of the draw.
    slope, curvature : float
        s and c.
    least, most : float
        The bounds; infinite where there are none.

    Returns
    -------
    float
        Between the bounds.
    """
    if most <= least:
        return 0.0
    if curvature <= _FLAT * slope * slope:
        return _exponential_between(rng, slope, least, most)
    root = np.sqrt(curvature)
    centre = slope / root
    t = (centre + _normal_between(rng, least * root - centre, most * root - centre)) / root
    return min(max(t, least), most)


@njit(cache=True, nogil=True)
def _exponential_between(rng: Generator, slope: float, least: float, most: float) -> float:
    """Draw from exp(slope t) between bounds, at least the one it falls away from finite."""
    if slope == 0.0:
        return least + (most - least) * rng.random()
    mass = -np.expm1(-abs(slope) * (most - least))
    away = -np.log1p(-rng.random() * mass) / abs(slope)
    return most - away if slope > 0 else least + away


@njit(cache=True, nogil=True)
def _normal_between(rng: Generator, least: float, most: float) -> float:
    if most < 0:
        return -_normal_above(rng, -most, -least)
    return _normal_above(rng, least, most)


@njit(cache=True, nogil=True)
def _normal_above(rng: Generator, least: float, most: float) -> float:
    """Draw a standard normal between bounds, the upper one not negative, by rejection (Robert 1995)."""
    if least <= 0.0 and most - least > 2.0:
        while True:
            x = rng.standard_normal()
            if least <= x <= most:
                return x
    lowest = max(least, 0.0)
    rate = 0.5 * (lowest + np.sqrt(lowest * lowest + 4.0))
    if least <= 0.0 or (most - least) * rate < 1.0:
        while True:
            x = least + (most - least) * rng.random()
            if rng.random() <= np.exp(0.5 * (lowest * lowest - x * x)):
                return x
    while True:
        x = least + rng.standard_exponential() / rate
        if x <= most and rng.random() <= np.exp(-0.5 * (x - rate) ** 2):
            return x
