"""The posterior of both models at once: quadratic likelihoods, judged by PSIS, expanded anew or exact."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.models.inference.draws import Fit, checked, from_tree, systematic
from creditrisk.models.inference.engines import Auto, Engine, Map, Nuts
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.inference.run import averaged, log_ratios
from creditrisk.models.inference.status import R_HAT_LIMIT, FitState
from creditrisk.models.losses.body import Body, PlainBody
from creditrisk.models.prepared import Prepared
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]

ACCEPT = 0.9
EXPANSIONS = 3
_SCALES = {
    "sigma": "loss_sigma",
    "tau": "loss_tau",
    "theta_spread": "theta_spread",
    "tau_spread": "tau_spread",
}


@dataclass(frozen=True, kw_only=True)
class Both:
    """What the labels and the losses say.

    Attributes
    ----------
    violations : Prepared
        The labels.
    priors : Priors
        Of the violation model.
    losses : PlainBody or CellBody
        The losses, with their priors.
    eta : float
        Of the LKJ prior of the correlations.
    """

    violations: Prepared
    priors: Priors
    losses: Body
    eta: float

    @property
    def exact_work(self) -> float:
        """Rows × terms × coefficients, of which exact draws take their time."""
        design = self.violations.design
        labels = self.violations.evidence.rows.n_rows * len(design.terms) * design.n_coefficients
        own = self.losses.design
        cells = 0 if isinstance(self.losses, PlainBody) else self.losses.n_rows
        return float(labels + cells * len(own.terms) * own.n_coefficients)


@dataclass(frozen=True, kw_only=True)
class JointFit:
    """Draws of both models, aligned.

    Attributes
    ----------
    violation : Fit
        Of the violation model.
    loss : tuple of two Fit
        Location and log-spread.
    correlation : ndarray of shape (draws, groups)
        Of the effects of each shared group.
    """

    violation: Fit
    loss: tuple[Fit, Fit]
    correlation: Floats


def fit_both(both: Both, engine: Engine | Map, seed: int) -> JointFit:
    """Return draws of both models.

    Parameters
    ----------
    both : Both
        Likelihoods and priors.
    engine : Auto, Nuts or Surrogate
        How to compute.
    seed : int
        Seed of every random number used.

    Returns
    -------
    JointFit
        Aligned draws.

    Raises
    ------
    SpecError
        If the engine is `Map`, which has no draws to correlate.
    FitError
        If the checks fail and the engine says ``on_failure="raise"``.
    """
    if isinstance(engine, Map):
        raise SpecError(
            "joint=True needs draws; got Map(), the mode alone: use Auto(), Surrogate() or Nuts()."
        )
    at = (both.violations.evidence.likelihood, both.losses.expansion())
    if isinstance(engine, Nuts):
        return _parted(_draws(both, at, engine, seed, exact=True), both, engine)
    tree = _draws(both, at, engine, seed)
    weights, k_hat = _weights(tree, both, at)
    if not isinstance(engine, Auto):
        return _parted(tree, both, engine, weights=weights, k_hat=k_hat)
    for _ in range(EXPANSIONS):
        if engine.accepts(k_hat):
            break
        rows = both.violations.evidence.rows
        at = (averaged(rows, _flat(tree, "theta")), both.losses.expansion(_of_losses(tree)))
        tree = _draws(both, at, engine, seed)
        weights, k_hat = _weights(tree, both, at)
    if engine.accepts(k_hat):
        return _parted(tree, both, engine, weights=weights, k_hat=k_hat)
    if both.exact_work <= engine.exact_work:
        return _parted(_draws(both, at, engine, seed, exact=True), both, engine)
    return _parted(tree, both, engine, k_hat=k_hat)


def _draws(
    both: Both, at: tuple[Expansion, Expansion], engine: Engine, seed: int, *, exact: bool = False
) -> Any:
    from creditrisk.models._pymc.joint_graph import joint_graph
    from creditrisk.models._pymc.sample import sample_adapted

    prepared = both.violations
    rows = prepared.evidence.rows if exact else None
    graph = joint_graph(prepared.design, both.priors, at[0], both.losses, at[1], both.eta, rows)
    return sample_adapted(graph, engine, seed, ACCEPT)


def _weights(tree: Any, both: Both, at: tuple[Expansion, Expansion]) -> tuple[Floats, float]:
    from creditrisk.models.inference.diagnostics import smoothed_weights

    ratios = log_ratios(both.violations.evidence.rows, at[0], _flat(tree, "theta"))
    if not isinstance(both.losses, PlainBody):
        thetas = _of_losses(tree)
        ratios = ratios + both.losses.rows.values(thetas) - at[1].values(thetas)
    return smoothed_weights(ratios)


def _of_losses(tree: Any) -> Floats:
    parts = [_flat(tree, name) for name in ("loss_theta", "theta_spread") if name in tree["posterior"]]
    return np.concatenate(parts, axis=1)


def _flat(tree: Any, name: str) -> Floats:
    from creditrisk.models.inference.diagnostics import flat

    return flat(tree, name)


def _parted(
    tree: Any, both: Both, engine: Engine, *, weights: Floats | None = None, k_hat: float | None = None
) -> JointFit:
    """Take the same draws of both models, and judge all chains by the worst of their coefficients.

    Draws with a k-hat but no weights are of a surrogate that PSIS could not confirm.
    """
    from creditrisk.models.inference.diagnostics import convergence

    rows, losses = both.violations.evidence.rows, both.losses
    weighed = None if weights is None or k_hat is None else (weights, k_hat)
    fit = from_tree(tree, engine, weighed, rows.n_rows, rows.weight)
    status = fit.status
    for name in ("loss_theta", "correlation"):
        r_hat, ess, _ = convergence(tree, name)
        status = replace(status, r_hat=max(status.r_hat or r_hat, r_hat), ess=min(status.ess or ess, ess))
    if not (status.r_hat or 0.0) <= R_HAT_LIMIT:
        status = replace(status, state=FitState.NOT_CONVERGED)
    elif weights is None and k_hat is not None and status.ok:
        status = replace(status, state=FitState.SURROGATE_AVERAGED, k_hat=k_hat)
    violation = checked(both.violations.evidence.noted(replace(fit, status=status)), engine)
    total = engine.draws * engine.chains
    chosen = systematic(np.full(total, 1 / total) if weights is None else weights, engine.keep)
    hyper = {
        name: _flat(tree, variable)[chosen]
        for name, variable in _SCALES.items()
        if variable in tree["posterior"]
    }
    loss = Fit(
        theta=_flat(tree, "loss_theta")[chosen],
        hyper=hyper,
        status=replace(status, rows=round(losses.weight), distinct_rows=losses.n_rows),
        tree=tree,
    )
    correlation = _flat(tree, "correlation")[chosen]
    return JointFit(violation=violation, loss=losses.parted(loss), correlation=correlation)
