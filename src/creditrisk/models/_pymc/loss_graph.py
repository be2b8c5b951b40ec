"""A family of losses as a PyMC graph: location and log-spread, a quadratic or an exact likelihood."""

from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt

from creditrisk.models._pymc.centring import nearby
from creditrisk.models._pymc.coefficients import coefficients, coords
from creditrisk.models._pymc.exact import ExactLogLikelihood
from creditrisk.models._pymc.graph import quadratic
from creditrisk.models.design_matrix import Design
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.losses.priors import SpreadPrior
from creditrisk.models.losses.rows import LossRows
from creditrisk.models.priors import Priors


def surrogate_loss_graph(rows: LossRows, priors: Priors, spread: SpreadPrior, expansion: Expansion) -> Any:
    """Return the model whose likelihood is the quadratic expansion."""
    with pm.Model(coords=_all_coords(rows.designs, priors)) as model:
        both = _both(rows.designs, priors, spread, expansion)
        pm.Potential("log_likelihood", quadratic(both, expansion))
    return model


def exact_loss_graph(rows: LossRows, priors: Priors, spread: SpreadPrior, mode: Expansion) -> Any:
    """Return the model with the likelihood of every cell; the mode shapes its parameters."""
    with pm.Model(coords=_all_coords(rows.designs, priors)) as model:
        value, _ = ExactLogLikelihood(rows)(_both(rows.designs, priors, spread, mode))
        pm.Potential("log_likelihood", value)
    return model


def _both(designs: tuple[Design, Design], priors: Priors, spread: SpreadPrior, near: Expansion) -> Any:
    """Return the coefficients of location and log-spread, end to end, with their priors."""
    known = nearby(designs[0], priors, near.first(designs[0].n_coefficients))
    location = coefficients(designs[0], priors, anchor=0.0, near=known)
    return pt.concatenate([location, spread_coefficients(designs[1], spread)])


def spread_coefficients(design: Design, spread: SpreadPrior) -> Any:
    """Return the coefficients of log-spread with their priors, as a named deterministic."""
    blocks = [pm.Normal("spread_intercept", spread.anchor, spread.deviation)[None]]
    if design.terms:
        owner = np.concatenate([np.full(t.n_coefficients, i) for i, t in enumerate(design.terms)])
        tau = pm.HalfNormal("tau_spread", spread.group, dims="spread_group")
        blocks.append(tau[owner] * pm.Normal("unit_spread", 0.0, 1.0, dims="spread_level"))
    return pm.Deterministic("theta_spread", pt.concatenate(blocks))


def spread_coords(design: Design) -> dict[str, list[str]]:
    """Return the names along the dimensions of log-spread."""
    own = coords(design)
    return {"spread_group": own["group"], "spread_level": own["group_level"]}


def _all_coords(designs: tuple[Design, Design], priors: Priors) -> dict[str, list[str]]:
    return coords(designs[0], priors.table) | spread_coords(designs[1])
