"""Draws of a scale: given what stands on it, stretched with it, integrated out, or against other scales."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_MOST_STEPS = 60
_SUMS = {"reassoc", "contract", "nsz"}


class Density(NamedTuple):
    r"""The density of a scale s, of whose parts each holds what the others do not.

    .. math:: \pi(s)\, s^{-n} \exp(-S / s - Q / s^2)
              \exp(a (s / s_0 - 1) - b (s / s_0 - 1)^2 / 2)
              \prod_i (1 + s^2 \lambda_i)^{-1/2} \exp\frac{c_i^2 s^2}{2 (1 + s^2 \lambda_i)}
              (1 + q)^{-1/2} \exp\frac{-m^2}{2 (1 + q)}
              \prod_k t_\nu(r_k / s)

    with :math:`q = \sum_i l_i^2 s^2 / (1 + s^2 \lambda_i)` and
    :math:`m = \sum_i l_i c_i s^2 / (1 + s^2 \lambda_i)`.

    Attributes
    ----------
    half, tail : float
        Scale of its half-normal prior; with a positive tail, half-t of so many degrees of freedom.
    number, total, squares : float
        n coefficients that stand on it: S is their sum, or Q half the sum of their squares, by their factors.
    slope, curvature, start : float
        a and b of the likelihood of coefficients that are stretched with it from where the scale is, s_0.
    values, pull, lean : ndarray of shape (effects,)
        Of effects that are integrated out, along the eigenvectors of their curvature: λ, its eigenvalues; c,
        the slopes; and l, by which one observation more, with standard deviation 1, sees them.
    products : ndarray of shape (scales,)
        r, of which each is this scale times another with a half-t prior.
    others : float
        Degrees of freedom of the half-t.
    """

    half: float
    tail: float
    number: float
    total: float
    squares: float
    slope: float
    curvature: float
    start: float
    values: Floats
    pull: Floats
    lean: Floats
    products: Floats
    others: float


@njit(cache=True, nogil=True)
def given_coefficients(half: float, tail: float, count: float, total: float, squares: float) -> Density:
    """Return the density given the coefficients."""
    none = np.empty(0)
    return Density(half, tail, count, total, squares, 0.0, 0.0, 1.0, none, none, none, none, 1.0)


@njit(cache=True, nogil=True)
def stretched(half: float, tail: float, slope: float, curvature: float, start: float) -> Density:
    """Return the density with the coefficients as multiples of the scale."""
    none = np.empty(0)
    return Density(half, tail, 0.0, 0.0, 0.0, slope, curvature, start, none, none, none, none, 1.0)


@njit(cache=True, nogil=True)
def without_effects(half: float, tail: float, values: Floats, pull: Floats, lean: Floats) -> Density:
    """Return the density with the effects integrated out."""
    none = np.empty(0)
    return Density(half, tail, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, values, pull, lean, none, 1.0)


@njit(cache=True, nogil=True)
def against_others(half: float, products: Floats, others: float) -> Density:
    """Return the density with its products with other scales kept."""
    none, count = np.empty(0), float(len(products))
    return Density(half, 0.0, count, 0.0, 0.0, 0.0, 0.0, 1.0, none, none, none, products, others)


@njit(cache=True, nogil=True, fastmath=_SUMS)
def log_density(u: float, of: Density) -> float:
    """Return the log-density of the logarithm of a scale, but for a constant.

    Parameters
    ----------
    u : float
        The logarithm.
    of : Density
        Of the scale.

    Returns
    -------
    float
        With the Jacobian of the logarithm.
    """
    s = np.exp(u)
    value = (1.0 - of.number) * u
    if of.tail > 0.0:
        value -= 0.5 * (of.tail + 1.0) * np.log1p(s * s / (of.half * of.half * of.tail))
    else:
        value -= 0.5 * s * s / (of.half * of.half)
    if of.total > 0.0:
        value -= of.total / s
    if of.squares > 0.0:
        value -= of.squares / (s * s)
    if of.slope != 0.0 or of.curvature != 0.0:
        stretch = s / of.start - 1.0
        value += of.slope * stretch - 0.5 * of.curvature * stretch * stretch
    seen, pulled = 0.0, 0.0
    for i in range(len(of.values)):
        wide = 1.0 + s * s * of.values[i]
        value += 0.5 * (of.pull[i] * of.pull[i] * s * s / wide - np.log(wide))
        seen += of.lean[i] * of.lean[i] * s * s / wide
        pulled += of.lean[i] * of.pull[i] * s * s / wide
    if seen > 0.0:
        value -= 0.5 * (np.log1p(seen) + pulled * pulled / (1.0 + seen))
    for product in of.products:
        value -= 0.5 * (of.others + 1.0) * np.log1p((product / s) ** 2 / of.others)
    return value


@njit(cache=True, nogil=True)
def draw_scale(rng: Generator, scale: float, of: Density) -> float:
    """Draw a scale by a slice of its logarithm, stepping out by one (Neal 2003).

    Parameters
    ----------
    rng : numpy.random.Generator
        Of the draw.
    scale : float
        Where it is.
    of : Density
        Its density.

    Returns
    -------
    float
        Where it goes.
    """
    u = np.log(scale)
    level = log_density(u, of) - rng.standard_exponential()
    low = u - rng.random()
    high = low + 1.0
    for _ in range(_MOST_STEPS):
        if not log_density(low, of) > level:
            break
        low -= 1.0
    for _ in range(_MOST_STEPS):
        if not log_density(high, of) > level:
            break
        high += 1.0
    while high - low > 1e-12:
        v = low + (high - low) * rng.random()
        if log_density(v, of) > level:
            return np.exp(v)
        if v < u:
            low = v
        else:
            high = v
    return scale
