"""The model as a PyMC graph: one set of priors, three likelihoods (quadratic, exact rows, moments)."""

from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt
from numpy.typing import NDArray
from pytensor.gradient import disconnected_grad

from creditrisk.models._pymc.elicited import increments_block
from creditrisk.models._pymc.exact import ExactLogLikelihood
from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import ChannelTerm, OrderedTerm, PooledTerm, Term
from creditrisk.models.elicited.means import is_told, told_means
from creditrisk.models.elicited.table import PointsTable
from creditrisk.models.inference.design_effects import StretchedRows
from creditrisk.models.inference.likelihood import BinomialRows, Expansion
from creditrisk.models.inference.moments import Moments
from creditrisk.models.priors import Priors

TYPICAL_TAU = 0.6


def surrogate_graph(design: Design, priors: Priors, expansion: Expansion) -> Any:
    """Return the model whose likelihood is the quadratic expansion: its cost does not grow with the rows."""
    with pm.Model(coords=_coords(design, priors.table)) as model:
        theta = _coefficients(design, priors, anchor=0.0, information=np.diag(expansion.hessian))
        d = theta - expansion.at
        pm.Potential("log_likelihood", pt.sum(expansion.gradient * d) - _half_square(expansion.hessian, d))
    return model


def exact_graph(rows: BinomialRows | StretchedRows, priors: Priors, mode: Expansion | None = None) -> Any:
    """Return the model with the binomial likelihood of every distinct row; a mode shapes its parameters."""
    with pm.Model(coords=_coords(rows.design, priors.table)) as model:
        information = None if mode is None else np.diag(mode.hessian)
        theta = _coefficients(rows.design, priors, anchor=0.0, information=information)
        value, _ = ExactLogLikelihood(rows)(theta)
        pm.Potential("log_likelihood", value)
    return model


def gaussian_graph(moments: Moments, priors: Priors) -> Any:
    """Return the model of log losses, exactly, from their first two moments."""
    with pm.Model(coords=_coords(moments.design, priors.table)) as model:
        theta = _coefficients(moments.design, priors, anchor=moments.mean)
        sigma = pm.HalfNormal("sigma", 2.0)
        shifted = pt.set_subtensor(theta[0], theta[0] - moments.mean)
        product = _times(moments.gram, shifted)
        squares = moments.squares + pt.sum(shifted * (product - 2 * moments.cross))
        pm.Potential("log_likelihood", -moments.weight * pt.log(sigma) - 0.5 * squares / sigma**2)
    return model


def _times(matrix: Any, vector: Any) -> Any:
    """Return the product as a sum of products: the compiled matrix product takes a minute to compile."""
    return pt.sum(matrix * vector, axis=1)


def _half_square(matrix: Any, d: Any) -> Any:
    """Return d'Md/2 of a symmetric M, whose gradient Md is the product that the value needs anyway."""
    product = disconnected_grad(_times(matrix, d))
    return pt.sum(product * d) - 0.5 * disconnected_grad(pt.sum(product * d))


def _coords(design: Design, table: PointsTable | None = None) -> dict[str, list[str]]:
    groups = [term for term in design.terms if isinstance(term, PooledTerm)]
    return {
        "indicator": [term.name for term in design.terms if _is_scaled(term, table)],
        "group": [term.name for term in groups],
        "group_level": [f"{term.name}: {level}" for term in groups for level in term.categories],
        "channel_level": [
            name for term in design.terms if isinstance(term, ChannelTerm) for name in term.categories[1:]
        ],
    }


def _is_scaled(term: Term, table: PointsTable | None) -> bool:
    return isinstance(term, OrderedTerm) and term.n_steps > 0 and not is_told(term, table)


def _coefficients(
    design: Design, priors: Priors, *, anchor: float, information: NDArray[np.float64] | None = None
) -> Any:
    """Return theta with its priors (see `creditrisk.models.priors`), as a named deterministic.

    All terms of a kind share one vector: a graph of few nodes compiles in seconds, one variable a term in
    minutes.
    """
    blocks = [pm.Normal("intercept", anchor, priors.intercept)[None]]
    places = [np.zeros(1, dtype=int)]
    for block, place in (
        *_step_blocks(design, priors),
        _group_block(design, priors, information),
        _channel_block(design, priors),
        increments_block(design, priors.table),
    ):
        if len(place):
            blocks.append(block)
            places.append(place)
    order = np.argsort(np.concatenate(places))
    theta = pt.concatenate(blocks)[order]
    if priors.table is not None:
        mean, increments = told_means(design, priors.table)
        theta = theta + np.where(increments, 0.0, mean)
    return pm.Deterministic("theta", theta)


def _step_blocks(design: Design, priors: Priors) -> list[tuple[Any, Any]]:
    """Monotone increments, random-walk increments and missing levels of all numbers, one vector each."""
    terms = [
        (term, where)
        for term, where in zip(design.terms, design.slices, strict=True)
        if isinstance(term, OrderedTerm)
    ]
    stepped = [(term, where) for term, where in terms if _is_scaled(term, priors.table)]
    blocks: list[tuple[Any, Any]] = []
    if stepped:
        overall = pm.HalfNormal("step_scale", priors.steps)
        size = overall * pm.HalfStudentT("indicator_scale", nu=priors.tail, sigma=1.0, dims="indicator")
    for monotone in (True, False):
        chosen = [(i, *pair) for i, pair in enumerate(stepped) if (pair[0].direction != "either") == monotone]
        if not chosen:
            continue
        owner = np.concatenate([np.full(term.n_steps, i) for i, term, _ in chosen])
        count = np.concatenate([np.full(term.n_steps, float(term.n_steps)) for _, term, _ in chosen])
        place = np.concatenate(
            [np.arange(where.start, where.start + term.n_steps) for _, term, where in chosen]
        )
        if monotone:
            increments = size[owner] * _exponential(pm.Normal("unit_increments", shape=len(owner))) / count
        else:
            increments = size[owner] * pm.Normal("unit_walk", shape=len(owner)) / np.sqrt(count)
        blocks.append((increments, place))
    missing = [where.stop - 1 for term, where in terms if term.missing_seen]
    if missing:
        normal = pm.Normal("missing", 0.0, priors.missing, shape=len(missing))
        blocks.append((normal, np.array(missing)))
    return blocks


def _exponential(normal: Any) -> Any:
    """Turn standard normals into exponentials of mean 1: NUTS sees no long tail of increments near zero."""
    return -pt.log(0.5 * pt.erfc(normal / np.sqrt(2)))


def _group_block(design: Design, priors: Priors, information: NDArray[np.float64] | None) -> tuple[Any, Any]:
    """Effects N(0, tau) of the levels, whose mean the basis of a group takes off: zero-sum."""
    groups = [
        (term, where)
        for term, where in zip(design.terms, design.slices, strict=True)
        if isinstance(term, PooledTerm)
    ]
    if not groups:
        return None, []
    owner = np.concatenate([np.full(term.n_coefficients, i) for i, (term, _) in enumerate(groups)])
    place = np.concatenate([np.arange(where.start, where.stop) for _, where in groups])
    tau = pm.HalfNormal("tau", priors.group, dims="group")
    typical = np.full(len(place), TYPICAL_TAU * priors.group)
    return _partly_centred("unit_effects", tau[owner], typical, place, information, dims="group_level"), place


def _partly_centred(
    name: str,
    scale: Any,
    typical: NDArray[np.float64],
    place: NDArray[np.intp],
    information: NDArray[np.float64] | None,
    **shape: Any,
) -> Any:
    r"""Normals of an unknown scale: as they are where data tell them, as multiples of the scale where not.

    With the share c of the variance that data explain at a typical scale, :math:`x = s^{1 - c} z`,
    :math:`z \sim N(0, s^c)` (Papaspiliopoulos, Roberts & Sköld 2007).
    """
    explained = np.zeros(len(place)) if information is None else information[place] * typical**2
    centred = explained / (1 + explained)
    return scale ** (1 - centred) * pm.Normal(name, 0.0, scale**centred, **shape)


def _channel_block(design: Design, priors: Priors) -> tuple[Any, Any]:
    for term, where in zip(design.terms, design.slices, strict=True):
        if isinstance(term, ChannelTerm):
            effect = pm.Normal("effect_channel", 0.0, priors.channel, dims="channel_level")
            return effect, np.arange(where.start, where.stop)
    return None, []
