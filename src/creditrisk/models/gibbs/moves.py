"""Moves of coefficients: along directions, each increment alone, and from one to its neighbour."""

import numpy as np
from numba import njit
from numpy.random import Generator

from creditrisk.models.gibbs.along import draw_along
from creditrisk.models.gibbs.state import LEAST, SUMS, Floats, State, Target


@njit(cache=True, nogil=True, fastmath=SUMS)
def along_directions(rng: Generator, target: Target, state: State, first: int, last: int) -> None:
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
            theta[j] = max(theta[j], LEAST)
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
def along_increments(rng: Generator, target: Target, state: State) -> None:
    theta, slope = state.theta, state.slope
    per = 1.0 / state.sigma[0] ** 2
    for j in range(target.normals, len(theta)):
        row = target.hessian[j]
        t = draw_along(rng, per * slope[j] - state.rate[j], per * row[j], -theta[j], np.inf)
        theta[j] = max(theta[j] + t, LEAST)
        for i in range(len(theta)):
            slope[i] -= t * row[i]


@njit(cache=True, nogil=True)
def along_neighbours(rng: Generator, target: Target, state: State) -> None:
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
            theta[i], theta[j] = max(theta[i] + t, LEAST), max(theta[j] - t, LEAST)
            for other in range(len(theta)):
                slope[other] -= t * (hessian[i, other] - hessian[j, other])
