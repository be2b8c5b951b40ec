"""One sweep: every coefficient, every pair of neighbouring increments, every direction, every scale."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.random import Generator
from numpy.typing import NDArray

from creditrisk.models.gibbs.along import draw_along
from creditrisk.models.gibbs.scale import (
    against_others,
    draw_scale,
    given_coefficients,
    stretched,
    without_effects,
)

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_LEAST = 1e-14
_SUMS = {"reassoc", "contract", "nsz"}


class Target(NamedTuple):
    r"""What is sampled; coefficients that may be negative come first.

    The log-likelihood is :math:`(g'd - d'Hd/2) / \sigma^2` with d the distance from a point. Directions are
    the rows of the inverse Cholesky factor of a likely curvature: the first of them draw all normal
    coefficients at once, the others move one increment with all that depends on it.
    """

    at: Floats
    gradient: Floats
    hessian: Floats
    directions: Floats
    images: Floats
    curvature: Floats
    normals: int
    ordered: int
    mean: Floats
    factor: Floats
    start: Whole
    stop: Whole
    deviation: Floats
    vectors: Floats
    values: Floats
    steps: float
    tail: float
    weight: float
    squares: float
    noise: float


class State(NamedTuple):
    """Where a chain is; ``rate`` is the prior's rate of an increment or precision of a normal."""

    theta: Floats
    slope: Floats
    rate: Floats
    sizes: Floats
    overall: Floats
    sigma: Floats


@njit(cache=True, nogil=True)
def run(rng: Generator, target: Target, state: State, sweeps: int, draws: Floats) -> None:
    """Fill rows of draws: coefficients, sizes of terms, overall size, sigma.

    Before each, normal coefficients move once, increments and their sizes some times: those depend on each
    other more.
    """
    size, terms = len(state.theta), len(state.sizes)
    for row in range(len(draws)):
        state.slope[:] = target.gradient - target.hessian @ (state.theta - target.at)
        _along_directions(rng, target, state, 0, target.normals)
        _normal_terms(rng, target, state)
        for _ in range(sweeps):
            _along_directions(rng, target, state, target.normals, size)
            _along_increments(rng, target, state)
            _along_neighbours(rng, target, state)
            _scales(rng, target, state)
            _overall(rng, target, state)
        _sigma(rng, target, state)
        draws[row, :size] = state.theta
        draws[row, size : size + terms] = state.sizes
        draws[row, size + terms] = state.overall[0]
        draws[row, size + terms + 1] = state.sigma[0]


@njit(cache=True, nogil=True, fastmath=_SUMS)
def _along_directions(rng: Generator, target: Target, state: State, first: int, last: int) -> None:
    theta, slope, rate, normals = state.theta, state.slope, state.rate, target.normals
    per = 1.0 / state.sigma[0] ** 2
    for k in range(first, last):
        v, image = target.directions[k], target.images[k]
        a, b = 0.0, per * target.curvature[k]
        for j in range(min(k + 1, normals)):
            a += v[j] * (per * slope[j] - rate[j] * (theta[j] - target.mean[j]))
            b += v[j] * v[j] * rate[j]
        for j in range(normals, k + 1):
            a += v[j] * (per * slope[j] - rate[j])
        least, most = _bounds(theta, v, normals, k + 1)
        t = draw_along(rng, a, b, least, most)
        for j in range(k + 1):
            theta[j] += t * v[j]
        for j in range(normals, k + 1):
            theta[j] = max(theta[j], _LEAST)
        for j in range(len(theta)):
            slope[j] -= t * image[j]


@njit(cache=True, nogil=True)
def _bounds(theta: Floats, v: Floats, first: int, last: int) -> tuple[float, float]:
    """Return how far increments may go along a direction before one of them is negative."""
    least, most = -np.inf, np.inf
    for j in range(first, last):
        if v[j] > 0.0:
            least = max(least, -theta[j] / v[j])
        elif v[j] < 0.0:
            most = min(most, -theta[j] / v[j])
    return least, most


@njit(cache=True, nogil=True)
def _along_increments(rng: Generator, target: Target, state: State) -> None:
    theta, slope = state.theta, state.slope
    per = 1.0 / state.sigma[0] ** 2
    for j in range(target.normals, len(theta)):
        row = target.hessian[j]
        t = draw_along(rng, per * slope[j] - state.rate[j], per * row[j], -theta[j], np.inf)
        theta[j] = max(theta[j] + t, _LEAST)
        for i in range(len(theta)):
            slope[i] -= t * row[i]


@njit(cache=True, nogil=True)
def _along_neighbours(rng: Generator, target: Target, state: State) -> None:
    """Move from an increment to the next: data often know their sum, and nothing of how it is split."""
    theta, slope, hessian = state.theta, state.slope, target.hessian
    per = 1.0 / state.sigma[0] ** 2
    for k in range(len(target.start)):
        if target.start[k] < target.normals:
            continue
        for i in range(target.start[k], target.stop[k] - 1):
            j = i + 1
            a = per * (slope[i] - slope[j]) - state.rate[i] + state.rate[j]
            b = per * (hessian[i, i] + hessian[j, j] - 2.0 * hessian[i, j])
            t = draw_along(rng, a, b, -theta[i], theta[j])
            theta[i], theta[j] = max(theta[i] + t, _LEAST), max(theta[j] - t, _LEAST)
            for other in range(len(theta)):
                slope[other] -= t * (hessian[i, other] - hessian[j, other])


@njit(cache=True, nogil=True)
def _normal_terms(rng: Generator, target: Target, state: State) -> None:
    """Draw the normal coefficients of each group or free term together with their scale."""
    theta, slope = state.theta, state.slope
    per = 1.0 / state.sigma[0] ** 2
    done = 0
    for k in range(len(target.start)):
        first, last = target.start[k], target.stop[k]
        if last > target.normals:
            continue
        n, ordered = last - first, k < target.ordered
        half, tail = (1.0, target.tail) if ordered else (target.deviation[k], 0.0)
        unit = target.factor[first] * (state.overall[0] if ordered else 1.0)
        vectors = target.vectors[done : done + n * n].reshape((n, n))
        values = per * target.values[first:last]
        done += n * n
        far = vectors @ (theta[first:last] - target.mean[first:last])
        pull = per * (vectors @ slope[first:last]) + values * far
        density = without_effects(half, tail, values * unit**2, pull * unit)
        state.sizes[k] = draw_scale(rng, state.sizes[k], density)
        precision = values + 1.0 / (unit * state.sizes[k]) ** 2
        drawn = pull / precision + rng.standard_normal(n) / np.sqrt(precision)
        moved = vectors.T @ (drawn - far)
        theta[first:last] += moved
        slope -= moved @ target.hessian[first:last]
    _set_rates(target, state)


@njit(cache=True, nogil=True)
def _scales(rng: Generator, target: Target, state: State) -> None:
    """Draw the size of each term given its increments, then stretch both (Yu & Meng 2011)."""
    for k in range(target.ordered):
        first, last = target.start[k], target.stop[k]
        if last <= target.normals:
            continue
        unit = state.overall[0]
        total, squares = _stands_on(target, state, first, last)
        given = given_coefficients(1.0, target.tail, float(last - first), total / unit, squares / unit**2)
        scale = draw_scale(rng, state.sizes[k], given)
        state.sizes[k] = scale * _stretch(rng, target, state, first, last, scale)
    _set_rates(target, state)


@njit(cache=True, nogil=True)
def _stands_on(target: Target, state: State, first: int, last: int) -> tuple[float, float]:
    """Return the sum of increments, or half the sum of squares of normals, in multiples of their factors."""
    total, squares = 0.0, 0.0
    for j in range(first, last):
        if j < target.normals:
            squares += 0.5 * ((state.theta[j] - target.mean[j]) / target.factor[j]) ** 2
        else:
            total += state.theta[j] / target.factor[j]
    return total, squares


@njit(cache=True, nogil=True, fastmath=_SUMS)
def _stretch(rng: Generator, target: Target, state: State, first: int, last: int, scale: float) -> float:
    """Stretch the increments of a term with its size; return by how much."""
    image = state.theta[first:last] @ target.hessian[first:last]
    a, b = 0.0, 0.0
    for j in range(first, last):
        a += state.theta[j] * state.slope[j]
        b += state.theta[j] * image[j]
    per = 1.0 / state.sigma[0] ** 2
    by = draw_scale(rng, scale, stretched(1.0, target.tail, per * a, per * b, scale)) / scale
    for j in range(first, last):
        state.theta[j] = max(by * state.theta[j], _LEAST)
    for i in range(len(image)):
        state.slope[i] -= (by - 1.0) * image[i]
    return by


@njit(cache=True, nogil=True)
def _overall(rng: Generator, target: Target, state: State) -> None:
    """Draw the overall size of ordered terms: given their coefficients, against their sizes, stretched."""
    if target.ordered == 0:
        return
    count, total, squares = 0.0, 0.0, 0.0
    for k in range(target.ordered):
        some, halves = _stands_on(target, state, target.start[k], target.stop[k])
        count += target.stop[k] - target.start[k]
        total += some / state.sizes[k]
        squares += halves / state.sizes[k] ** 2
    given = given_coefficients(target.steps, 0.0, count, total, squares)
    overall = draw_scale(rng, state.overall[0], given)
    own = state.sizes[: target.ordered]
    kept = against_others(target.steps, overall * own, target.tail)
    state.overall[0] = draw_scale(rng, overall, kept)
    own *= overall / state.overall[0]
    _stretch_all(rng, target, state)
    _set_rates(target, state)


@njit(cache=True, nogil=True)
def _stretch_all(rng: Generator, target: Target, state: State) -> None:
    """Stretch the coefficients of all ordered terms, from their means, with the overall size."""
    theta = state.theta
    away, image = np.zeros(len(theta)), np.zeros(len(theta))
    for k in range(target.ordered):
        first, last = target.start[k], target.stop[k]
        away[first:last] = theta[first:last] - target.mean[first:last]
        image += away[first:last] @ target.hessian[first:last]
    per, start = 1.0 / state.sigma[0] ** 2, state.overall[0]
    density = stretched(target.steps, 0.0, per * (away @ state.slope), per * (away @ image), start)
    state.overall[0] = draw_scale(rng, start, density)
    by = state.overall[0] / start - 1.0
    theta += by * away
    for j in range(target.normals, len(theta)):
        theta[j] = max(theta[j], _LEAST)
    state.slope[:] -= by * image


@njit(cache=True, nogil=True)
def _set_rates(target: Target, state: State) -> None:
    for k in range(len(target.start)):
        unit = state.overall[0] if k < target.ordered else 1.0
        for j in range(target.start[k], target.stop[k]):
            size = state.sizes[k] * unit * target.factor[j]
            state.rate[j] = 1.0 / (size * size) if j < target.normals else 1.0 / size


@njit(cache=True, nogil=True)
def _sigma(rng: Generator, target: Target, state: State) -> None:
    """Draw the standard deviation of normal observations, where there are any."""
    if target.weight > 0.0:
        squares = target.squares
        for j in range(len(state.theta)):
            squares -= (state.theta[j] - target.at[j]) * (target.gradient[j] + state.slope[j])
        given = given_coefficients(target.noise, 0.0, target.weight, 0.0, 0.5 * squares)
        state.sigma[0] = draw_scale(rng, state.sigma[0], given)
