"""Rounds of moves, and the draws that they leave."""

from numba import njit
from numpy.random import Generator

from creditrisk.models.gibbs.moves import along_directions, along_increments, along_neighbours
from creditrisk.models.gibbs.sizes import move_normal_terms, move_overall, move_sigma, move_sizes
from creditrisk.models.gibbs.state import Floats, State, Target


@njit(cache=True, nogil=True)
def run(rng: Generator, target: Target, state: State, sweeps: int, draws: Floats) -> None:
    """Fill rows of draws: coefficients, sizes of terms, overall size, sigma.

    Before each, normal coefficients move once, increments and their sizes some times: those depend on each
    other more.
    """
    size, terms = len(state.theta), len(state.sizes)
    for row in range(len(draws)):
        state.slope[:] = target.gradient - target.hessian @ (state.theta - target.at)
        along_directions(rng, target, state, 0, target.normals)
        move_normal_terms(rng, target, state)
        for _ in range(sweeps):
            along_directions(rng, target, state, target.normals, size)
            along_increments(rng, target, state)
            along_neighbours(rng, target, state)
            move_sizes(rng, target, state)
            move_overall(rng, target, state)
        move_sigma(rng, target, state)
        draws[row, :size] = state.theta
        draws[row, size : size + terms] = state.sizes
        draws[row, size + terms] = state.overall[0]
        draws[row, size + terms + 1] = state.sigma[0]
