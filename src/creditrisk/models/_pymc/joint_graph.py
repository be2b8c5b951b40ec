"""Violations and losses in one graph: two likelihoods, and correlated effects of the groups they share."""

from typing import Any

import pymc as pm
import pytensor.tensor as pt

from creditrisk.models._pymc.centring import nearby
from creditrisk.models._pymc.coefficients import coefficients, coords
from creditrisk.models._pymc.exact import ExactLogLikelihood
from creditrisk.models._pymc.graph import gaussian_log_likelihood, quadratic
from creditrisk.models._pymc.loss_graph import spread_coefficients, spread_coords
from creditrisk.models._pymc.related import related
from creditrisk.models.design_matrix import Design
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.inference.run import Rows
from creditrisk.models.joint.shared import SharedGroups
from creditrisk.models.losses.body import Body, PlainBody
from creditrisk.models.priors import Priors

LOSS = "loss_"


def joint_graph(
    design: Design,
    priors: Priors,
    violations: Expansion,
    body: Body,
    losses: Expansion,
    eta: float,
    rows: Rows | None = None,
) -> Any:
    """Return the graph of both models.

    Parameters
    ----------
    design : Design
        Of the violation model.
    priors : Priors
        Of the violation model.
    violations : Expansion
        Of the log-likelihood of the labels.
    body : PlainBody or CellBody
        Of the losses.
    losses : Expansion
        Of their log-likelihood.
    eta : float
        Of the prior of the correlations.
    rows : BinomialRows, StretchedRows or RowsAndPast, optional
        Labels whose exact likelihood, and that of the losses, takes the place of the expansions.

    Returns
    -------
    pymc.Model
        Variables of the loss model begin with ``loss_``.
    """
    shared = SharedGroups.of(design, body.design)
    loss_coords = coords(body.design, body.priors.table, LOSS) | {"shared_group": list(shared.names)}
    if not isinstance(body, PlainBody):
        loss_coords |= spread_coords(body.rows.designs[1])
    with pm.Model(coords=coords(design, priors.table) | loss_coords) as model:
        theta = coefficients(design, priors, anchor=0.0, near=nearby(design, priors, violations))
        pair = related(shared, theta, model["tau"], eta)
        anchor = body.moments.mean if isinstance(body, PlainBody) else 0.0
        near = nearby(body.design, body.priors, losses.first(body.design.n_coefficients))
        location = coefficients(body.design, body.priors, anchor=anchor, near=near, before=LOSS, pair=pair)
        pm.Potential("log_likelihood", _of_labels(theta, violations, rows))
        pm.Potential("loss_log_likelihood", _of_losses(location, body, losses, exact=rows is not None))
    return model


def _of_labels(theta: Any, expansion: Expansion, rows: Rows | None) -> Any:
    return quadratic(theta, expansion) if rows is None else ExactLogLikelihood(rows)(theta)[0]


def _of_losses(location: Any, body: Body, expansion: Expansion, *, exact: bool) -> Any:
    if isinstance(body, PlainBody):
        return gaussian_log_likelihood(body.moments, location, pm.HalfNormal("loss_sigma", 2.0))
    both = pt.concatenate([location, spread_coefficients(body.rows.designs[1], body.spread)])
    return ExactLogLikelihood(body.rows)(both)[0] if exact else quadratic(both, expansion)
