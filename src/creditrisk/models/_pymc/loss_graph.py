"""A family of losses as a PyMC graph: location and log-spread, a quadratic or an exact likelihood."""

from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt

from creditrisk.models._pymc.centring import nearby
from creditrisk.models._pymc.coefficients import coefficients, coords
from creditrisk.models._pymc.exact import ExactLogLikelihood
from creditrisk.models._pymc.graph import half_square
from creditrisk.models.design_matrix import Design
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.losses.priors import SpreadPrior
from creditrisk.models.losses.rows import LossRows
from creditrisk.models.priors import Priors


def surrogate_loss_graph(rows: LossRows, priors: Priors, spread: SpreadPrior, expansion: Expansion) -> Any:
    """Return the model whose likelihood is the quadratic expansion."""
    with pm.Model(coords=_all_coords(rows.designs, priors)) as model:
        d = _both(rows.designs, priors, spread, expansion) - expansion.at
        pm.Potential("log_likelihood", pt.sum(expansion.gradient * d) - half_square(expansion.hessian, d))
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
    blocks = [pm.Normal("spread_intercept", spread.anchor, spread.deviation)[None]]
    if designs[1].terms:
        owner = np.concatenate([np.full(t.n_coefficients, i) for i, t in enumerate(designs[1].terms)])
        tau = pm.HalfNormal("tau_spread", spread.group, dims="spread_group")
        blocks.append(tau[owner] * pm.Normal("unit_spread", 0.0, 1.0, dims="spread_level"))
    return pt.concatenate([location, pm.Deterministic("theta_spread", pt.concatenate(blocks))])


def _all_coords(designs: tuple[Design, Design], priors: Priors) -> dict[str, list[str]]:
    own = coords(designs[1], None)
    return coords(designs[0], priors.table) | {
        "spread_group": own["group"],
        "spread_level": own["group_level"],
    }
