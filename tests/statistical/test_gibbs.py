"""Truths drawn from PyMC's prior rank evenly among Gibbs draws of their posteriors; others do not."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chisquare

from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import Steps
from creditrisk.models.gibbs.chains import sample_chains
from creditrisk.models.gibbs.law import law_of
from creditrisk.models.gibbs.quadratic import SIGMA, Quadratic
from creditrisk.models.inference.engines import Surrogate
from creditrisk.models.level_matrix import level_matrix
from creditrisk.models.priors import Priors

ROWS, REPLICATIONS, EVERY = 250, 120, 3
PRIORS = Priors(intercept=1.0)
ENGINE = Surrogate(draws=99 * EVERY, tune=150, chains=1, keep=1)


@cache
def registry():
    """Return the design of steps of every direction, a missing level and two groups; and its matrix."""
    rng = np.random.default_rng(3)
    X = pd.DataFrame(
        {
            "penalty_n": rng.poisson(0.8, ROWS).astype(float),
            "age_years": np.where(rng.random(ROWS) < 0.2, np.nan, rng.gamma(2.0, 5.0, ROWS)),
            "staff_n": rng.poisson(8.0, ROWS).astype(float),
            "region": rng.choice(list("abcdefgh"), ROWS),
            "sector": rng.choice(list("klmnopqrstuvwxyz"), ROWS),
        }
    )
    directions = {"penalty_n": "raises", "age_years": "lowers", "staff_n": "either"}
    design = build_design(
        X, groups=("region", "sector"), directions=directions, effect=Steps(bins=4), weight=np.ones(ROWS)
    )
    matrix = level_matrix(design, design.encode(X)) @ design.sparse_basis
    return design, np.asarray(matrix.todense())


@cache
def truths(steps=PRIORS.steps, group=PRIORS.group):
    """Draw coefficients and scales from the prior as PyMC has it."""
    import pymc as pm

    from creditrisk.models._pymc.prior import prior_graph

    model = prior_graph(registry()[0], replace(PRIORS, steps=steps, group=group))
    names = ("theta", "tau", "step_scale", "indicator_scale")
    drawn = pm.draw([model[name] for name in names], draws=REPLICATIONS, random_seed=5)
    return dict(zip(names, drawn, strict=True))


def likelihood_of(theta, *, noisy, rng):
    """Return normal observations of the rows, of known or unknown sigma, and sigma."""
    _, matrix = registry()
    sigma = abs(rng.normal(scale=SIGMA)) if noisy else 1.0
    y = matrix @ theta + sigma * rng.normal(size=ROWS)
    known = Quadratic(at=np.zeros(len(theta)), gradient=matrix.T @ y, hessian=matrix.T @ matrix)
    if not noisy:
        return known, sigma
    return replace(known, weight=float(ROWS), squares=float(y @ y), noise=SIGMA), sigma


def p_values(drawn, *, noisy=False):
    """Return the p-value of even ranks for each quantity."""
    design, _ = registry()
    law, rng = law_of(design, PRIORS), np.random.default_rng(11)
    ranks = []
    for i in range(REPLICATIONS):
        likelihood, sigma = likelihood_of(drawn["theta"][i], noisy=noisy, rng=rng)
        chains = sample_chains(likelihood, law, ENGINE, 100 + i)
        theta, sizes = chains.theta[0, ::EVERY], chains.sizes[0, ::EVERY]
        truth = drawn["theta"][i]
        pairs = {
            "intercept": (theta[:, 0], truth[0]),
            "largest increment": (theta[:, 1:].max(axis=1), truth[1:].max()),
            "one increment": (theta[:, 1], truth[1]),
            "penalties": (theta[:, design.slices[0]].sum(axis=1), truth[design.slices[0]].sum()),
            "missing age": (theta[:, design.slices[1].stop - 1], truth[design.slices[1].stop - 1]),
            "staff": (theta[:, design.slices[2]].sum(axis=1), truth[design.slices[2]].sum()),
            "region": (theta[:, design.slices[3].start], truth[design.slices[3].start]),
            "sector": (theta[:, -1], truth[-1]),
            "overall": (chains.overall[0, ::EVERY], drawn["step_scale"][i]),
            "size of age": (sizes[:, 1], drawn["indicator_scale"][i, 1]),
            "tau of region": (sizes[:, -2], drawn["tau"][i, 0]),
            "tau of sector": (sizes[:, -1], drawn["tau"][i, 1]),
        }
        if noisy:
            pairs["sigma"] = (chains.sigma[0, ::EVERY], sigma)
        ranks.append({name: int((draws < value).sum()) for name, (draws, value) in pairs.items()})
    counts = {name: np.bincount([one[name] // 10 for one in ranks], minlength=10) for name in ranks[0]}
    return {name: float(chisquare(count).pvalue) for name, count in counts.items()}


@pytest.mark.parametrize("noisy", [False, True])
def test_ranks_are_even(noisy):
    found = p_values(truths(), noisy=noisy)
    print({name: round(value, 3) for name, value in found.items()})  # noqa: T201
    assert min(found.values()) * len(found) > 0.01


@pytest.mark.parametrize(("wrong", "shown"), [({"group": 1.5}, "tau of sector"), ({"steps": 1.5}, "overall")])
def test_truths_of_a_wider_prior_are_caught(wrong, shown):
    assert p_values(truths(**wrong))[shown] < 1e-4
