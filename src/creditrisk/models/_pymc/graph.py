"""The model as a PyMC graph: one set of priors, three likelihoods (quadratic, exact rows, moments)."""

from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt

from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import ChannelTerm, GroupTerm, StepTerm
from creditrisk.models.inference.likelihood import BinomialRows, Expansion
from creditrisk.models.inference.moments import Moments
from creditrisk.models.priors import Priors


def surrogate_graph(design: Design, priors: Priors, expansion: Expansion) -> Any:
    """Return the model whose likelihood is the quadratic expansion: its cost does not grow with the rows."""
    with pm.Model(coords=_coords(design)) as model:
        theta = _coefficients(design, priors, anchor=0.0)
        d = theta - expansion.at
        quadratic = pt.dot(expansion.gradient, d) - 0.5 * pt.dot(d, pt.dot(expansion.hessian, d))
        pm.Potential("log_likelihood", quadratic)
    return model


def exact_graph(rows: BinomialRows, priors: Priors) -> Any:
    """Return the model with the binomial likelihood of every distinct row."""
    with pm.Model(coords=_coords(rows.design)) as model:
        theta = _coefficients(rows.design, priors, anchor=0.0)
        values = pt.dot(rows.design.basis, theta)
        eta = values[0] + values[rows.codes + 1].sum(axis=1)
        exact = pt.dot(rows.y, eta) - pt.dot(rows.n, pt.softplus(eta))
        pm.Potential("log_likelihood", exact)
    return model


def gaussian_graph(moments: Moments, priors: Priors) -> Any:
    """Return the model of log losses, exactly, from their first two moments."""
    with pm.Model(coords=_coords(moments.design)) as model:
        theta = _coefficients(moments.design, priors, anchor=moments.mean)
        sigma = pm.HalfNormal("sigma", 2.0)
        shifted = pt.set_subtensor(theta[0], theta[0] - moments.mean)
        squares = (
            moments.squares
            - 2 * pt.dot(moments.cross, shifted)
            + pt.dot(shifted, pt.dot(moments.gram, shifted))
        )
        pm.Potential("log_likelihood", -moments.weight * pt.log(sigma) - 0.5 * squares / sigma**2)
    return model


def _coords(design: Design) -> dict[str, list[str]]:
    coords = {"indicator": [t.name for t in design.terms if isinstance(t, StepTerm) and t.n_steps]}
    for term in design.terms:
        if isinstance(term, GroupTerm):
            coords[term.name] = list(term.categories)
        elif isinstance(term, ChannelTerm):
            coords["channel_level"] = list(term.categories[1:])
    return coords


def _coefficients(design: Design, priors: Priors, *, anchor: float) -> Any:
    """Return theta with its priors (see `creditrisk.models.priors`), as a named deterministic."""
    blocks = [pm.Normal("intercept", anchor, priors.intercept)[None]]
    places = [np.zeros(1, dtype=int)]
    steps, where_steps = _step_blocks(design, priors)
    blocks += steps
    places += where_steps
    for term, where in zip(design.terms, design.slices, strict=True):
        if isinstance(term, GroupTerm):
            tau = pm.HalfNormal(f"tau_{term.name}", priors.group)
            unit = pm.ZeroSumNormal(f"unit_{term.name}", 1.0, dims=term.name)
            blocks.append(pm.Deterministic(f"effect_{term.name}", tau * unit, dims=term.name))
            places.append(np.arange(where.start, where.stop))
        elif isinstance(term, ChannelTerm):
            blocks.append(pm.Normal("effect_channel", 0.0, priors.channel, dims="channel_level"))
            places.append(np.arange(where.start, where.stop))
    order = np.argsort(np.concatenate(places))
    return pm.Deterministic("theta", pt.concatenate(blocks)[order])


def _step_blocks(design: Design, priors: Priors) -> tuple[list[Any], list[Any]]:
    """Monotone increments, random-walk increments and missing levels of all numbers, one vector each."""
    terms = [
        (term, where)
        for term, where in zip(design.terms, design.slices, strict=True)
        if isinstance(term, StepTerm)
    ]
    stepped = [(term, where) for term, where in terms if term.n_steps]
    blocks: list[Any] = []
    places: list[Any] = []
    if stepped:
        overall = pm.HalfNormal("step_scale", priors.steps)
        each = pm.HalfNormal("indicator_scale", 1.0, dims="indicator")
        for monotone in (True, False):
            chosen = [
                (i, term, where)
                for i, (term, where) in enumerate(stepped)
                if (term.direction != "either") == monotone
            ]
            if not chosen:
                continue
            owner = np.concatenate([np.full(term.n_steps, i) for i, term, _ in chosen])
            count = np.concatenate([np.full(term.n_steps, float(term.n_steps)) for _, term, _ in chosen])
            if monotone:
                unit = pm.Exponential("unit_increments", 1.0, shape=len(owner)) / count
            else:
                unit = pm.Normal("unit_walk", 0.0, 1.0, shape=len(owner)) / np.sqrt(count)
            blocks.append(overall * each[owner] * unit)
            places += [np.arange(where.start, where.start + term.n_steps) for _, term, where in chosen]
    missing = [where.stop - 1 for term, where in terms if term.missing_seen]
    if missing:
        blocks.append(pm.Normal("missing", 0.0, priors.missing, shape=len(missing)))
        places.append(np.array(missing))
    return blocks, places
