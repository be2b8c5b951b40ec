"""Rounds of moves, and the draws that they leave."""

from numba import njit
from numpy.random import Generator

from creditrisk.models.gibbs.moves import (
    along_directions,
    along_increments,
    along_neighbours,
    find_slope,
)
from creditrisk.models.gibbs.sizes import move_normal_terms, move_overall, move_sigma, move_sizes
from creditrisk.models.gibbs.state import Floats, State, Target


@njit(cache=True, nogil=True)
def run(rng: Generator, target: Target, state: State, sweeps: int, draws: Floats) -> None:
    """Fill rows of draws: coefficients, sizes of terms, overall size, sigma.

    Before each, normal coefficients move once, increments and their sizes some times, since those depend on
    each other more; the largest group moves with them the first time only.
    """
    size, terms = len(state.theta), len(state.sizes)
    normals, rest = target.normals - len(target.own), len(target.hessian)
    for row in range(len(draws)):
        find_slope(target, state)
        along_directions(rng, target, state, target.whole, 0, normals)
        move_normal_terms(rng, target, state)
        for sweep in range(sweeps):
            ways = target.whole if sweep == 0 else target.within
            along_directions(rng, target, state, ways, normals, rest)
            along_increments(rng, target, state)
            along_neighbours(rng, target, state)
            move_sizes(rng, target, state)
            move_overall(rng, target, state)
        move_sigma(rng, target, state)
        draws[row, :size] = state.theta
        draws[row, size : size + terms] = state.sizes
        draws[row, size + terms] = state.overall[0]
        draws[row, size + terms + 1] = state.sigma[0]
