"""The model as a PyMC graph: one set of priors, three likelihoods (quadratic, exact rows, moments)."""

from typing import Any

import pymc as pm
import pytensor.tensor as pt
from pytensor.gradient import disconnected_grad

from creditrisk.models._pymc.centring import nearby
from creditrisk.models._pymc.coefficients import coefficients, coords
from creditrisk.models._pymc.exact import ExactLogLikelihood
from creditrisk.models.design_matrix import Design
from creditrisk.models.inference.design_effects import StretchedRows
from creditrisk.models.inference.likelihood import BinomialRows, Expansion
from creditrisk.models.inference.moments import Moments
from creditrisk.models.inference.past import RowsAndPast
from creditrisk.models.priors import Priors


def surrogate_graph(design: Design, priors: Priors, expansion: Expansion) -> Any:
    """Return the model whose likelihood is the quadratic expansion: its cost does not grow with the rows."""
    with pm.Model(coords=coords(design, priors.table)) as model:
        theta = coefficients(design, priors, anchor=0.0, near=nearby(design, priors, expansion))
        pm.Potential("log_likelihood", quadratic(theta, expansion))
    return model


def exact_graph(
    rows: BinomialRows | StretchedRows | RowsAndPast, priors: Priors, mode: Expansion | None = None
) -> Any:
    """Return the model with the binomial likelihood of every distinct row; a mode shapes its parameters."""
    with pm.Model(coords=coords(rows.design, priors.table)) as model:
        near = None if mode is None else nearby(rows.design, priors, mode)
        theta = coefficients(rows.design, priors, anchor=0.0, near=near)
        value, _ = ExactLogLikelihood(rows)(theta)
        pm.Potential("log_likelihood", value)
    return model


def gaussian_graph(moments: Moments, priors: Priors, mode: Expansion) -> Any:
    """Return the model of log losses, exactly, from their moments; the mode shapes its parameters."""
    with pm.Model(coords=coords(moments.design, priors.table)) as model:
        near = nearby(moments.design, priors, mode)
        theta = coefficients(moments.design, priors, anchor=moments.mean, near=near)
        sigma = pm.HalfNormal("sigma", 2.0)
        pm.Potential("log_likelihood", gaussian_log_likelihood(moments, theta, sigma))
    return model


def gaussian_log_likelihood(moments: Moments, theta: Any, sigma: Any) -> Any:
    """Return the log-likelihood of log losses, exactly, from their moments."""
    shifted = pt.set_subtensor(theta[0], theta[0] - moments.mean)
    product = _times(moments.gram, shifted)
    squares = moments.squares + pt.sum(shifted * (product - 2 * moments.cross))
    return -moments.weight * pt.log(sigma) - 0.5 * squares / sigma**2


def quadratic(theta: Any, expansion: Expansion) -> Any:
    """Return the log-likelihood that an expansion stands for, but for a constant."""
    d = theta - expansion.at
    return pt.sum(expansion.gradient * d) - half_square(expansion.hessian, d)


def _times(matrix: Any, vector: Any) -> Any:
    """Return the product as a sum of products: the compiled matrix product takes a minute to compile."""
    return pt.sum(matrix * vector, axis=1)


def half_square(matrix: Any, d: Any) -> Any:
    """Return d'Md/2 of a symmetric M, whose gradient Md is the product that the value needs anyway."""
    product = disconnected_grad(_times(matrix, d))
    return pt.sum(product * d) - 0.5 * disconnected_grad(pt.sum(product * d))
