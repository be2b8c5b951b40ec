"""Chains of Gibbs sweeps, side by side on the cores."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from creditrisk.models.gibbs.apart import Apart, take_apart
from creditrisk.models.gibbs.directions import turned
from creditrisk.models.gibbs.law import Law
from creditrisk.models.gibbs.quadratic import Quadratic
from creditrisk.models.gibbs.state import Target
from creditrisk.models.gibbs.sweep import run
from creditrisk.models.gibbs.target import deviations, order_of, starting_state, target_of
from creditrisk.models.inference.engines import Engine

Floats = NDArray[np.float64]

SWEEPS = 4


@dataclass(frozen=True, kw_only=True)
class Chains:
    """What was drawn.

    Attributes
    ----------
    theta : ndarray of shape (chains, draws, coefficients)
        The coefficients.
    sizes : ndarray of shape (chains, draws, scales)
        Scales of terms: those of ordered ones as multiples of the overall size.
    overall, sigma : ndarray of shape (chains, draws)
        Overall size of ordered terms, and sigma.
    """

    theta: Floats
    sizes: Floats
    overall: Floats
    sigma: Floats


def sample_chains(likelihood: Quadratic, law: Law, engine: Engine, seed: int) -> Chains:
    """Draw from the posterior.

    Parameters
    ----------
    likelihood : Quadratic
        What the data say.
    law : Law
        The priors.
    engine : Engine
        Draws, chains, and sweeps of tuning; each draw is the last of some sweeps. Half-way through its
        tuning each chain finds the directions for the scales that it has seen.
    seed : int
        Of all draws; each chain has a stream of its own, so that threads do not matter.

    Returns
    -------
    Chains
        The draws.
    """
    apart = take_apart(likelihood, law)
    order, size = order_of(law, apart.groups)
    target = target_of(apart, law, order, size)
    half = -(-engine.tune // (2 * SWEEPS))

    def chain(number: int) -> Floats:
        rng = np.random.default_rng([seed, number])
        state = starting_state(apart, law, order, rng)
        tuning, draws = (np.empty((rows, len(order) + len(law.scales) + 2)) for rows in (half, engine.draws))
        run(rng, target, state, SWEEPS, tuning)
        own = _for_scales_seen(target, law, order, tuning[half // 2 :])
        run(rng, own, state, SWEEPS, tuning)
        run(rng, own, state, SWEEPS, draws)
        return draws

    with threadpool_limits(1), ThreadPoolExecutor(max_workers=engine.chains) as pool:
        return _chains(np.stack(list(pool.map(chain, range(engine.chains)))), order, apart)


def _chains(drawn: Floats, order: NDArray[np.intp], apart: Apart) -> Chains:
    """Put the coefficients into their own order, the intercept as it is with the groups."""
    theta = np.empty((*drawn.shape[:2], len(order)))
    theta[..., order] = drawn[..., : len(order)]
    return Chains(
        theta=apart.together(theta),
        sizes=drawn[..., len(order) : -2],
        overall=drawn[..., -2],
        sigma=drawn[..., -1],
    )


def _for_scales_seen(target: Target, law: Law, order: NDArray[np.intp], drawn: Floats) -> Target:
    sizes, overall, sigma = drawn[:, len(order) : -2], drawn[:, -2], drawn[:, -1]
    scale = np.exp(np.log(deviations(law, sizes, overall)).mean(axis=0))[order]
    reach = np.where(law.positive[order], drawn[:, : len(order)].mean(axis=0), scale)
    return turned(target, reach, float(np.exp(np.log(sigma).mean())))
