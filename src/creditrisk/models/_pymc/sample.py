"""NUTS on a graph: the same draws for the same seed, whatever else is installed."""

import logging
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pymc as pm
from arviz_stats.base import array_stats
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from creditrisk.models._pymc.geometry import whitened_step
from creditrisk.models.inference.engines import Engine
from creditrisk.models.inference.status import DIVERGENT_SHARE_LIMIT, R_HAT_LIMIT

Floats = NDArray[np.float64]

TARGET_ACCEPT = 0.9
_COEFFICIENTS = ("theta", "theta_spread", "loss_theta", "correlation")


def sample(model: Any, engine: Engine, seed: int) -> Any:
    """Return the DataTree of NUTS draws, its mass matrix the inverse curvature at the mode."""
    return _sampled(model, engine, seed, lambda accept: whitened_step(model, accept), TARGET_ACCEPT)


def sample_adapted(model: Any, engine: Engine, seed: int, accept: float = TARGET_ACCEPT) -> Any:
    """Return the DataTree of NUTS draws, its mass matrix learnt while tuning.

    For effects without a direction: with their unknown scale they have their mode in the neck of a funnel,
    whose curvature says nothing of where the draws are.
    """
    return _sampled(model, engine, seed, lambda _: None, accept)


def _sampled(model: Any, engine: Engine, seed: int, step_of: Callable[[float], Any], accept: float) -> Any:
    """Sample; where the chains do not agree, once more with longer tuning and smaller steps."""
    tree = _run(model, engine, seed, step_of, accept)
    if engine.on_failure == "return" or _agrees(tree):
        return tree
    return _run(model, replace(engine, tune=2 * engine.tune), seed + 1, step_of, (1 + accept) / 2)


def _agrees(tree: Any) -> bool:
    """Return whether the chains of all coefficients pass the checks that a fit must pass."""
    diverging = tree["sample_stats"]["diverging"]
    return int(diverging.sum()) <= int(DIVERGENT_SHARE_LIMIT * diverging.size) and all(
        _largest_r_hat(tree["posterior"][name].values) <= R_HAT_LIMIT
        for name in _COEFFICIENTS
        if name in tree["posterior"]
    )


def _run(model: Any, engine: Engine, seed: int, step_of: Callable[[float], Any], accept: float) -> Any:
    """Sample; small matrices are fastest on one BLAS thread."""
    logger = logging.getLogger("pymc")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), threadpool_limits(1), model:
            warnings.simplefilter("ignore")
            step = step_of(accept) if engine.sampler == "pymc" else None
            return pm.sample(
                step=step,
                draws=engine.draws,
                tune=engine.tune,
                chains=engine.chains,
                cores=1,
                nuts_sampler=engine.sampler,
                random_seed=seed,
                progressbar=False,
                compute_convergence_checks=False,
                **({} if step else {"target_accept": accept}),
            )
    finally:
        logger.setLevel(level)


def convergence(tree: Any, name: str = "theta") -> tuple[float, float, int]:
    """Return the largest R-hat and smallest ESS (not finite if a chain stood still), and the divergences."""
    theta = tree["posterior"][name].values
    r_hat = _largest_r_hat(theta)
    with np.errstate(divide="ignore", invalid="ignore"):
        ess = float(np.min(np.asarray(array_stats.ess(theta, chain_axis=0, draw_axis=1))))
    divergences = int(tree["sample_stats"]["diverging"].sum())
    return r_hat, ess, divergences


def _largest_r_hat(theta: Floats) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.max(np.asarray(array_stats.rhat(theta, chain_axis=0, draw_axis=1))))


def flat(tree: Any, name: str) -> Floats:
    """Return the draws of one variable, chains end to end, shape (draws, …)."""
    values = tree["posterior"][name].values
    return np.asarray(values.reshape(-1, *values.shape[2:]), dtype=np.float64)


def smoothed_weights(log_ratio: Floats) -> tuple[Floats, float]:
    """Return the PSIS weights, summing to 1, and k-hat, of exact minus surrogate log-likelihoods.

    Draws whose tail cannot be fitted, since the chains stood still, have an infinite k-hat.
    """
    try:
        log_weights, k_hat = array_stats.psislw(-log_ratio)
    except ValueError:
        return np.full(len(log_ratio), 1 / len(log_ratio)), np.inf
    weights = np.exp(log_weights - np.max(log_weights))
    return weights / weights.sum(), float(k_hat)
