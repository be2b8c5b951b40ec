"""Gibbs draws as a DataTree, with the names that PyMC's graphs of the same models have."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import ChannelTerm, OrderedTerm, PooledTerm
from creditrisk.models.gibbs.chains import Chains, sample_chains
from creditrisk.models.gibbs.law import Law
from creditrisk.models.gibbs.quadratic import Quadratic
from creditrisk.models.inference.diagnostics import agrees
from creditrisk.models.inference.engines import Engine

Floats = NDArray[np.float64]
Named = dict[str, tuple[tuple[str, ...], Floats]]

_DRAW = ("chain", "draw")


def gibbs_tree(
    likelihood: Quadratic, law: Law, engine: Engine, seed: int, design: Design, spread: Design | None = None
) -> Any:
    """Return draws from the posterior; where the chains do not agree, once more after twice the tuning.

    Parameters
    ----------
    likelihood : Quadratic
        What the data say.
    law : Law
        The priors.
    engine : Engine
        Draws, chains and tuning.
    seed : int
        Of all draws.
    design : Design
        Whose coefficients come first.
    spread : Design, optional
        Whose coefficients come after them: the second predictor of a family of losses.

    Returns
    -------
    DataTree
        Groups ``posterior`` and ``sample_stats``.
    """
    tree = tree_of(sample_chains(likelihood, law, engine, seed), law, design, spread)
    if engine.on_failure == "return" or agrees(tree):
        return tree
    longer = replace(engine, tune=2 * engine.tune)
    return tree_of(sample_chains(likelihood, law, longer, seed + 1), law, design, spread)


def tree_of(chains: Chains, law: Law, design: Design, spread: Design | None = None) -> Any:
    """Return the draws of all variables by name.

    Parameters
    ----------
    chains : Chains
        The draws.
    law : Law
        The priors.
    design : Design
        Whose coefficients come first.
    spread : Design, optional
        Whose coefficients come after them.

    Returns
    -------
    DataTree
        Groups ``posterior`` and ``sample_stats``; Gibbs moves never diverge.
    """
    import xarray as xr

    ordered, pooled = law.n_ordered, sum(isinstance(term, PooledTerm) for term in design.terms)
    theta = chains.theta[..., : design.n_coefficients]
    found: Named = {"theta": (("theta_dim_0",), theta), "intercept": ((), theta[..., 0])}
    if ordered:
        found["step_scale"] = ((), chains.overall)
        found["indicator_scale"] = (("indicator",), chains.sizes[..., :ordered])
    if pooled:
        found["tau"] = (("group",), chains.sizes[..., ordered : ordered + pooled])
    found |= _fixed(theta, design)
    if spread is not None:
        found["theta_spread"] = (("theta_spread_dim_0",), chains.theta[..., design.n_coefficients :])
        if spread.terms:
            found["tau_spread"] = (("spread_group",), chains.sizes[..., ordered + pooled :])
    if (chains.sigma != 1).any():
        found["sigma"] = ((), chains.sigma)
    posterior = xr.Dataset({name: ((*_DRAW, *dims), values) for name, (dims, values) in found.items()})
    names = [scale.name for scale in law.scales]
    parts = {
        "indicator": names[:ordered],
        "group": names[ordered : ordered + pooled],
        "spread_group": names[ordered + pooled :],
    }
    coordinates: dict[str, Any] = {name: np.arange(posterior.sizes[name]) for name in _DRAW}
    coordinates |= {name: labels for name, labels in parts.items() if name in posterior.dims}
    none = np.zeros(chains.theta.shape[:2], dtype=bool)
    return xr.DataTree.from_dict(
        {
            "posterior": posterior.assign_coords(coordinates),
            "sample_stats": xr.Dataset({"diverging": (_DRAW, none)}),
        }
    )


def _fixed(theta: Floats, design: Design) -> Named:
    """Return the coefficients whose prior has no unknown scale: missing levels and channels."""
    missing = [
        where.stop - 1
        for term, where in zip(design.terms, design.slices, strict=True)
        if isinstance(term, OrderedTerm) and term.missing_seen
    ]
    channels = [
        place
        for term, where in zip(design.terms, design.slices, strict=True)
        if isinstance(term, ChannelTerm)
        for place in range(where.start, where.stop)
    ]
    found: Named = {}
    if missing:
        found["missing"] = (("missing_dim_0",), theta[..., missing])
    if channels:
        found["effect_channel"] = (("channel_level",), theta[..., channels])
    return found
