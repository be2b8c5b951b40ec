"""The posterior of one family: surrogate judged by PSIS, expanded anew or exact where it is not good."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.inference.draws import Fit, checked, from_tree, mode_only, systematic
from creditrisk.models.inference.engines import Auto, Engine, Map, Nuts
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.inference.run import is_by_gibbs
from creditrisk.models.inference.status import R_HAT_LIMIT, FitState
from creditrisk.models.losses.mode import find_loss_mode
from creditrisk.models.losses.priors import SpreadPrior
from creditrisk.models.losses.rows import LossRows
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]

ACCEPT = 0.95


def fit_losses(
    rows: LossRows, priors: Priors, spread: SpreadPrior, engine: Engine | Map, seed: int
) -> tuple[Fit, Fit]:
    """Return draws of the coefficients of both predictors.

    Parameters
    ----------
    rows : LossRows
        Training losses.
    priors : Priors
        Prior scales of location.
    spread : SpreadPrior
        Of the second predictor.
    engine : Engine or Map
        How to compute.
    seed : int
        Seed of every random number used.

    Returns
    -------
    tuple of two Fit
        Location and log-spread, aligned draw by draw.

    Raises
    ------
    FitError
        If the checks fail and the engine says ``on_failure="raise"``.
    """
    if isinstance(engine, Map):
        location, second = rows.split(find_loss_mode(rows, priors, spread))
        designs, cells = rows.designs, len(rows.cells.n)
        return (
            mode_only(designs[0], location, cells, rows.weight),
            mode_only(designs[1], second, cells, rows.weight),
        )
    mode = rows.expand(find_loss_mode(rows, priors, spread))
    if isinstance(engine, Nuts):
        fit = _exact(rows, priors, spread, engine, seed, mode)
    else:
        fit = _surrogate(rows, priors, spread, engine, seed, mode)
        if isinstance(engine, Auto) and not engine.accepts(fit.status.k_hat):
            again = rows.expand(np.concatenate([fit.theta, fit.hyper["theta_spread"]], axis=1).mean(axis=0))
            fit = _surrogate(rows, priors, spread, engine, seed, again)
            if not engine.accepts(fit.status.k_hat):
                fit = _exact(rows, priors, spread, engine, seed, again)
    return parted(checked(fit, engine))


def _exact(
    rows: LossRows, priors: Priors, spread: SpreadPrior, engine: Engine, seed: int, mode: Expansion
) -> Fit:
    from creditrisk.models._pymc.loss_graph import exact_loss_graph
    from creditrisk.models._pymc.sample import sample_adapted

    tree = sample_adapted(exact_loss_graph(rows, priors, spread, mode), engine, seed, ACCEPT)
    return _judged(tree, engine, None, rows)


def _surrogate(
    rows: LossRows, priors: Priors, spread: SpreadPrior, engine: Engine, seed: int, expansion: Expansion
) -> Fit:
    from creditrisk.models.inference.diagnostics import flat, smoothed_weights

    tree = _quadratic_draws(rows, priors, spread, engine, seed, expansion)
    both = np.concatenate([flat(tree, "theta"), flat(tree, "theta_spread")], axis=1)
    weighed = smoothed_weights(rows.values(both) - expansion.values(both))
    return _judged(tree, engine, weighed, rows)


def _quadratic_draws(
    rows: LossRows, priors: Priors, spread: SpreadPrior, engine: Engine, seed: int, expansion: Expansion
) -> Any:
    location, second = rows.designs
    if is_by_gibbs(location, priors, engine):
        from creditrisk.models.gibbs.law import law_of, spread_law
        from creditrisk.models.gibbs.quadratic import Quadratic
        from creditrisk.models.gibbs.tree import gibbs_tree

        law = law_of(location, priors).beside(spread_law(second, spread))
        return gibbs_tree(Quadratic.of(expansion), law, engine, seed, location, second)
    from creditrisk.models._pymc.loss_graph import surrogate_loss_graph
    from creditrisk.models._pymc.sample import sample_adapted

    return sample_adapted(surrogate_loss_graph(rows, priors, spread, expansion), engine, seed, ACCEPT)


def _judged(tree: Any, engine: Engine, weighed: tuple[Floats, float] | None, rows: LossRows) -> Fit:
    """Keep the draws of the second predictor beside those of location, and judge both."""
    from creditrisk.models.inference.diagnostics import convergence, flat

    fit = from_tree(tree, engine, weighed, len(rows.cells.n), rows.weight)
    total = engine.draws * engine.chains
    chosen = systematic(np.full(total, 1 / total) if weighed is None else weighed[0], engine.keep)
    second = [name for name in ("theta_spread", "tau_spread") if name in tree["posterior"]]
    r_hat, ess, _ = convergence(tree, "theta_spread")
    status = replace(
        fit.status, r_hat=max(fit.status.r_hat or r_hat, r_hat), ess=min(fit.status.ess or ess, ess)
    )
    if not r_hat <= R_HAT_LIMIT:
        status = replace(status, state=FitState.NOT_CONVERGED)
    return replace(fit, hyper=fit.hyper | {name: flat(tree, name)[chosen] for name in second}, status=status)


def parted(fit: Fit) -> tuple[Fit, Fit]:
    """Return location and log-spread, of a fit that holds the second among its scales."""
    tau = fit.hyper.get("tau_spread", np.zeros((len(fit.theta), 0)))
    second = Fit(theta=fit.hyper["theta_spread"], hyper={"tau": tau}, status=fit.status, tree=fit.tree)
    return fit, second
