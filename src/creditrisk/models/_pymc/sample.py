"""NUTS on a graph: the same draws for the same seed, whatever else is installed."""

import logging
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pymc as pm
from threadpoolctl import threadpool_limits

from creditrisk.models._pymc.geometry import whitened_step
from creditrisk.models.inference.diagnostics import agrees
from creditrisk.models.inference.engines import Engine

TARGET_ACCEPT = 0.9


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
    if engine.on_failure == "return" or agrees(tree):
        return tree
    return _run(model, replace(engine, tune=2 * engine.tune), seed + 1, step_of, (1 + accept) / 2)


def _run(model: Any, engine: Engine, seed: int, step_of: Callable[[float], Any], accept: float) -> Any:
    """Sample; small matrices are fastest on one BLAS thread."""
    logger = logging.getLogger("pymc")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), threadpool_limits(1), model:
            warnings.simplefilter("ignore")
            step = None if engine.sampler == "nutpie" else step_of(accept)
            return pm.sample(
                step=step,
                draws=engine.draws,
                tune=engine.tune,
                chains=engine.chains,
                cores=1,
                nuts_sampler="nutpie" if engine.sampler == "nutpie" else "pymc",
                random_seed=seed,
                progressbar=False,
                compute_convergence_checks=False,
                **({} if step else {"target_accept": accept}),
            )
    finally:
        logger.setLevel(level)
