"""Moves of scales: with the normal coefficients of a term, given its increments, of all terms, of noise."""

import numpy as np
from numba import njit
from numpy.random import Generator

from creditrisk.models.gibbs.moves import find_slope
from creditrisk.models.gibbs.scale import (
    against_others,
    draw_scale,
    given_coefficients,
    stretched,
    without_effects,
)
from creditrisk.models.gibbs.state import LEAST, SUMS, Floats, State, Target


@njit(cache=True, nogil=True)
def move_normal_terms(rng: Generator, target: Target, state: State) -> None:
    """Draw the normal coefficients of each group or free term together with their scale."""
    per = 1.0 / state.sigma[0] ** 2
    done = 0
    for k in range(len(target.start)):
        first, last = target.start[k], target.stop[k]
        if last > target.normals:
            continue
        n = last - first
        away, slope = state.theta[first:last] - target.mean[first:last], state.slope[first:last]
        values, lean = per * target.values[first:last], target.lean[first:last]
        if target.diagonal[k]:
            moved = _drawn_apart(rng, target, state, k, values, away, per * slope, lean)
        else:
            vectors = target.vectors[done : done + n * n].reshape((n, n))
            done += n * n
            moved = vectors.T @ _drawn_apart(
                rng, target, state, k, values, vectors @ away, vectors @ (per * slope), vectors @ lean
            )
        _move(target, state, first, moved)
    _set_rates(target, state)


@njit(cache=True, nogil=True)
def _drawn_apart(
    rng: Generator,
    target: Target,
    state: State,
    k: int,
    values: Floats,
    away: Floats,
    slope: Floats,
    lean: Floats,
) -> Floats:
    """Draw a scale and the coefficients of its term, of diagonal curvature; return how far they move."""
    ordered = k < target.ordered
    half, tail = (1.0, target.tail) if ordered else (target.deviation[k], 0.0)
    unit = target.factor[target.start[k]] * (state.overall[0] if ordered else 1.0)
    intercept = state.intercept[0] - target.anchor - lean @ away
    pull = slope + values * away - target.firm * intercept * lean
    firm = np.sqrt(target.firm) * lean
    density = without_effects(half, tail, values * unit**2, pull * unit, firm * unit)
    state.sizes[k] = draw_scale(rng, state.sizes[k], density)
    precision = values + 1.0 / (unit * state.sizes[k]) ** 2
    noise = rng.standard_normal(len(values)) * np.sqrt(precision) + rng.standard_normal() * firm
    drawn = (pull + noise) / precision
    drawn -= firm / precision * (firm @ drawn) / (1.0 + firm @ (firm / precision))
    return drawn - away


@njit(cache=True, nogil=True, fastmath=SUMS)
def _move(target: Target, state: State, first: int, moved: Floats) -> None:
    """Move the normal coefficients of a term, and the slope and the intercept with them."""
    size = len(target.own)
    for j in range(len(moved)):
        state.theta[first + j] += moved[j]
        state.intercept[0] += target.lean[first + j] * moved[j]
    if first >= size:
        state.slope[:] -= moved @ target.hessian[first - size : first - size + len(moved)]
        return
    for j in range(size):
        state.slope[j] -= target.own[j] * moved[j]
    for i in range(len(target.hessian)):
        image = 0.0
        for j in range(size):
            image += target.hessian[i, j] * moved[j]
        state.slope[size + i] -= image


@njit(cache=True, nogil=True)
def move_sizes(rng: Generator, target: Target, state: State) -> None:
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


@njit(cache=True, nogil=True, fastmath=SUMS)
def _stretch(rng: Generator, target: Target, state: State, first: int, last: int, scale: float) -> float:
    """Stretch the increments of a term with its size; return by how much."""
    size = len(target.own)
    image = state.theta[first:last] @ target.hessian[first - size : last - size]
    a, b = 0.0, 0.0
    for j in range(first, last):
        a += state.theta[j] * state.slope[j]
        b += state.theta[j] * image[j]
    per = 1.0 / state.sigma[0] ** 2
    by = draw_scale(rng, scale, stretched(1.0, target.tail, per * a, per * b, scale)) / scale
    for j in range(first, last):
        state.theta[j] = max(by * state.theta[j], LEAST)
    for i in range(size, len(image)):
        state.slope[i] -= (by - 1.0) * image[i]
    return by


@njit(cache=True, nogil=True)
def move_overall(rng: Generator, target: Target, state: State) -> None:
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
    theta, size = state.theta, len(target.own)
    away, image = np.zeros(len(theta)), np.zeros(len(theta))
    for k in range(target.ordered):
        first, last = target.start[k], target.stop[k]
        away[first:last] = theta[first:last] - target.mean[first:last]
        image += away[first:last] @ target.hessian[first - size : last - size]
    image[:size] = 0.0
    per, start = 1.0 / state.sigma[0] ** 2, state.overall[0]
    density = stretched(target.steps, 0.0, per * (away @ state.slope), per * (away @ image), start)
    state.overall[0] = draw_scale(rng, start, density)
    by = state.overall[0] / start - 1.0
    theta += by * away
    for j in range(target.normals, len(theta)):
        theta[j] = max(theta[j], LEAST)
    state.slope[:] -= by * image


@njit(cache=True, nogil=True)
def _set_rates(target: Target, state: State) -> None:
    for k in range(len(target.start)):
        unit = state.overall[0] if k < target.ordered else 1.0
        for j in range(target.start[k], target.stop[k]):
            size = state.sizes[k] * unit * target.factor[j]
            state.rate[j] = 1.0 / (size * size) if j < target.normals else 1.0 / size


@njit(cache=True, nogil=True)
def move_sigma(rng: Generator, target: Target, state: State) -> None:
    """Draw the standard deviation of normal observations, where there are any."""
    if target.weight > 0.0:
        find_slope(target, state)
        squares = target.squares
        for j in range(len(state.theta)):
            squares -= (state.theta[j] - target.at[j]) * (target.gradient[j] + state.slope[j])
        given = given_coefficients(target.noise, 0.0, target.weight, 0.0, 0.5 * squares)
        state.sigma[0] = draw_scale(rng, state.sigma[0], given)
