"""Draws of the coefficients, taken from the chains by their weights, and the judgement of the fit."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import FitError
from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import PooledTerm
from creditrisk.models.inference.engines import Engine
from creditrisk.models.inference.status import DIVERGENT_SHARE_LIMIT, R_HAT_LIMIT, FitState, FitStatus

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What inference returns.

    Attributes
    ----------
    theta : ndarray of shape (draws, coefficients)
        Equally weighted draws.
    hyper : dict of str to ndarray of shape (draws, …)
        Draws of the scales, aligned with `theta`: ``sigma``, and ``tau`` with a column a group.
    status : FitStatus
        How it went.
    tree : DataTree or None
        All draws as ArviZ has them; None for `Map`.
    """

    theta: Floats
    hyper: dict[str, Floats]
    status: FitStatus
    tree: Any


def mode_only(design: Design, theta: Floats, distinct: int, rows: float) -> Fit:
    """Return the mode as a single draw."""
    hyper = {"tau": np.zeros((1, sum(isinstance(term, PooledTerm) for term in design.terms)))}
    status = FitStatus(state=FitState.MAP_ONLY, rows=round(rows), distinct_rows=distinct)
    return Fit(theta=theta[None, :], hyper=hyper, status=status, tree=None)


def from_tree(
    tree: Any,
    engine: Engine,
    weighed: tuple[Floats, float] | None,
    distinct: int,
    rows: float,
) -> Fit:
    """Return the draws of a tree, as often as their weights say, and what the chains say of themselves."""
    from creditrisk.models.inference.diagnostics import convergence, flat

    r_hat, ess, divergences = convergence(tree)
    total = engine.draws * engine.chains
    weights, k_hat = weighed if weighed is not None else (np.full(total, 1 / total), None)
    chosen = systematic(weights, engine.keep)
    hyper = {name: flat(tree, name)[chosen] for name in ("sigma", "tau") if name in tree["posterior"]}
    state = _state(k_hat, r_hat, divergences / total)
    status = FitStatus(
        state=state,
        k_hat=k_hat,
        weight_ess=None if k_hat is None else float(1 / np.sum(weights**2) / total),
        r_hat=r_hat,
        ess=ess,
        divergences=divergences,
        rows=round(rows),
        distinct_rows=distinct,
    )
    return Fit(theta=flat(tree, "theta")[chosen], hyper=hyper, status=status, tree=tree)


def systematic(weights: Floats, keep: int) -> NDArray[np.intp]:
    """Indices of `keep` draws, each draw as often as its weight says, up to rounding."""
    points = (np.arange(keep) + 0.5) / keep
    return np.minimum(np.searchsorted(np.cumsum(weights), points), len(weights) - 1)


def _state(k_hat: float | None, r_hat: float, divergent: float) -> FitState:
    if not r_hat <= R_HAT_LIMIT or divergent > DIVERGENT_SHARE_LIMIT:
        return FitState.NOT_CONVERGED
    if k_hat is None:
        return FitState.EXACT
    if k_hat < 0.5:
        return FitState.SURROGATE_GOOD
    return FitState.SURROGATE_USABLE if k_hat <= 0.7 else FitState.SURROGATE_REJECTED


def checked(fit: Fit, engine: Engine) -> Fit:
    """Return the fit, or raise `FitError` if its checks failed and the engine says so."""
    if not fit.status.ok and engine.on_failure == "raise":
        raise FitError(fit.status.sentence)
    return fit
