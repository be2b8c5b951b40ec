"""Moves of coefficients: along directions, each increment alone, and from one to its neighbour."""

import numpy as np
from numba import njit
from numpy.random import Generator

from creditrisk.models.gibbs.along import draw_along
from creditrisk.models.gibbs.state import LEAST, SUMS, Directions, Floats, State, Target


@njit(cache=True, nogil=True, fastmath=SUMS)
def find_slope(target: Target, state: State) -> None:
    """Find anew the slope of the likelihood, and the intercept."""
    size = len(target.own)
    away = state.theta - target.at
    for j in range(size):
        state.slope[j] = target.gradient[j] - target.own[j] * away[j]
    for j in range(size, len(away)):
        row, by, image = target.hessian[j - size], away[j], 0.0
        for i in range(size):
            state.slope[i] -= by * row[i]
        for i in range(len(away)):
            image += row[i] * away[i]
        state.slope[j] = target.gradient[j] - image
    state.intercept[0] = target.lean @ state.theta


@njit(cache=True, nogil=True, fastmath=SUMS)
def along_directions(
    rng: Generator, target: Target, state: State, ways: Directions, first: int, last: int
) -> None:
    """Move along some directions; where they leave the group apart, its slope is left behind."""
    theta, slope, rate = state.theta[ways.first :], state.slope[ways.first :], state.rate[ways.first :]
    mean, normals = target.mean[ways.first :], target.normals - ways.first
    per, shift = 1.0 / state.sigma[0] ** 2, len(target.own) - ways.first
    for k in range(first, last):
        v, image, size = ways.vectors[k], ways.images[k], k + shift + 1
        a = -target.firm * ways.lean[k] * (state.intercept[0] - target.anchor)
        b = per * ways.curvature[k] + target.firm * ways.lean[k] ** 2
        for j in range(min(size, normals)):
            a += v[j] * (per * slope[j] - rate[j] * (theta[j] - mean[j]))
            b += v[j] * v[j] * rate[j]
        for j in range(normals, size):
            a += v[j] * (per * slope[j] - rate[j])
        least, most = _bounds(theta, v, normals, size)
        t = draw_along(rng, a, b, least, most)
        for j in range(size):
            theta[j] += t * v[j]
        for j in range(normals, size):
            theta[j] = max(theta[j], LEAST)
        for j in range(len(theta)):
            slope[j] -= t * image[j]
        state.intercept[0] += t * ways.lean[k]


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
def along_increments(rng: Generator, target: Target, state: State) -> None:
    """Move each increment alone; the slope of the group apart is left behind."""
    theta, slope, size = state.theta, state.slope, len(target.own)
    per = 1.0 / state.sigma[0] ** 2
    for j in range(target.normals, len(theta)):
        row = target.hessian[j - size]
        t = draw_along(rng, per * slope[j] - state.rate[j], per * row[j], -theta[j], np.inf)
        theta[j] = max(theta[j] + t, LEAST)
        for i in range(size, len(theta)):
            slope[i] -= t * row[i]


@njit(cache=True, nogil=True)
def along_neighbours(rng: Generator, target: Target, state: State) -> None:
    """Move from an increment to the next: data often know their sum, and nothing of how it is split."""
    theta, slope, size = state.theta, state.slope, len(target.own)
    per = 1.0 / state.sigma[0] ** 2
    for k in range(len(target.start)):
        if target.start[k] < target.normals:
            continue
        for i in range(target.start[k], target.stop[k] - 1):
            j = i + 1
            row, other = target.hessian[i - size], target.hessian[j - size]
            a = per * (slope[i] - slope[j]) - state.rate[i] + state.rate[j]
            b = per * (row[i] + other[j] - 2.0 * row[j])
            t = draw_along(rng, a, b, -theta[i], theta[j])
            theta[i], theta[j] = max(theta[i] + t, LEAST), max(theta[j] - t, LEAST)
            for m in range(size, len(theta)):
                slope[m] -= t * (row[m] - other[m])
