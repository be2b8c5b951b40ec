"""Simulation-based calibration: truths drawn from the prior rank evenly among the draws of their posterior.

Talts, Betancourt, Simpson, Vehtari & Gelman (2018). The twin draws its truths from a prior of the groups that
is three times as wide as the one that is fitted, and must be caught.
"""

import warnings
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from benchmarks.statistics.even_ranks import RANKS, even_ranks
from benchmarks.statistics.replications import replicate
from creditrisk.models.design_matrix import Design, build_design
from creditrisk.models.effects import Hinges
from creditrisk.models.inference.engines import Auto
from creditrisk.models.inference.likelihood import BinomialRows
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.inference.run import fit_binomial
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]

ROWS = 800
PRIORS = Priors(intercept=1.0)
WRONG = Priors(intercept=1.0, group=3 * PRIORS.group)
SLOPES = {"penalty_n": "raises", "age_years": "lowers", "staff_n": "either"}


@cache
def rows_of_registry() -> tuple[pd.DataFrame, Design]:
    """Return the indicators that every replication shares, and their design."""
    rng = np.random.default_rng(1)
    X = pd.DataFrame(
        {
            "penalty_n": rng.poisson(0.6, ROWS).astype(float),
            "age_years": rng.gamma(2.0, 5.0, ROWS),
            "staff_n": np.where(rng.random(ROWS) < 0.1, np.nan, rng.poisson(8.0, ROWS)),
            "region": rng.choice([f"51{k:02d}00" for k in range(10)], ROWS),
        }
    )
    design = build_design(
        X, groups=("region",), directions=SLOPES, effect=Hinges(knots=6), weight=np.ones(ROWS)
    )
    return X, design


def truths(priors: Priors, number: int, seed: int) -> dict[str, Floats]:
    """Draw coefficients and scales from the prior.

    Parameters
    ----------
    priors : Priors
        Which prior.
    number : int
        How many.
    seed : int
        Of the draws.

    Returns
    -------
    dict of str to ndarray of shape (number, …)
        ``theta`` and ``tau``.
    """
    import pymc as pm

    from creditrisk.models._pymc.prior import prior_graph

    _, design = rows_of_registry()
    model = prior_graph(design, priors)
    found = pm.draw([model["theta"], model["tau"]], draws=number, random_seed=seed)
    return {"theta": found[0], "tau": found[1]}


def quantities(design: Design, matrix: Floats, theta: Floats, tau: Floats) -> dict[str, Floats]:
    """Return what is ranked: slopes, a group effect, tau and p of an entity, a value a draw.

    Parameters
    ----------
    design : Design
        Terms.
    matrix : ndarray of shape (n_rows, n_coefficients)
        Of the model.
    theta : ndarray of shape (draws, n_coefficients)
        Coefficients.
    tau : ndarray of shape (draws, 1)
        Scale of the groups.

    Returns
    -------
    dict of str to ndarray of shape (draws,)
        By name.
    """
    found = {"intercept": theta[:, 0], "tau of region": tau[:, 0]}
    levels = theta @ design.basis.T
    for j, term in enumerate(design.terms):
        start = 1 + int(design.offsets[j])
        if term.kind == "group":
            found["effect of the first region"] = levels[:, start]
        else:
            found[f"slope of {term.name}"] = levels[:, start + term.n_levels - 2] - levels[:, start]
    found["p of an entity"] = matrix[0] @ theta.T
    return found


def one(setting: tuple[Floats, Floats, int]) -> dict[str, Any]:
    """Draw labels from a truth, fit, and rank the truth.

    Parameters
    ----------
    setting : tuple of theta, tau and seed
        The truth.

    Returns
    -------
    dict
        ``ranks`` by quantity, ``covered``: of how many entities the 90 % interval holds p, ``k_hat``, and
        ``exact``: whether the fit was exact.
    """
    warnings.simplefilter("ignore")
    theta, tau, seed = setting
    X, design = rows_of_registry()
    places = design.encode(X)
    matrix = places.matrix(design.basis)
    y = (np.random.default_rng(seed).random(ROWS) < expit(matrix @ theta)).astype(float)
    rows = BinomialRows(design=design, places=places, offset=np.zeros(ROWS), n=np.ones(ROWS), y=y)
    engine = Auto(draws=1000, keep=RANKS * 10, on_failure="return")
    fit = fit_binomial(rows, find_mode(rows, PRIORS), PRIORS, engine, seed)
    truth = quantities(design, matrix, theta[None], tau[None])
    drawn = quantities(design, matrix, fit.theta, fit.hyper["tau"])
    ranks = {name: int(np.sum(drawn[name][::10] < truth[name][0])) for name in truth}
    lower, upper = np.quantile(matrix @ fit.theta.T, [0.05, 0.95], axis=1)
    eta = matrix @ theta
    covered = float(np.mean((lower <= eta) & (eta <= upper)))
    return {
        "ranks": ranks,
        "covered": covered,
        "exact": float(fit.status.k_hat is None),
        "ok": float(fit.status.ok),
    }


def calibration(number: int, priors: Priors, seed: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return the χ² p-value of each quantity's ranks, and figures of all replications.

    Parameters
    ----------
    number : int
        Replications.
    priors : Priors
        From which the truths are drawn; `PRIORS` is fitted.
    seed : int
        Of the truths.

    Returns
    -------
    tuple of two dict of str to float
        p-values by quantity; coverage, share of exact fits and share of fits that passed their checks.
    """
    drawn = truths(priors, number, seed)
    settings = [(drawn["theta"][i], drawn["tau"][i], seed + i) for i in range(number)]
    found = replicate(one, settings)
    p_values = even_ranks([result["ranks"] for result in found])
    figures = {
        name: float(np.mean([result[name] for result in found])) for name in ("covered", "exact", "ok")
    }
    return p_values, figures
