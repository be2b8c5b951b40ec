"""The priors of a model's coefficients as variables of a graph."""

from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt

from creditrisk.models._pymc.centring import Near, partly_centred, partly_centred_increments
from creditrisk.models._pymc.elicited import increments_block
from creditrisk.models._pymc.related import Related
from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import ChannelTerm, OrderedTerm, PooledTerm, Term
from creditrisk.models.elicited.means import is_told, told_means
from creditrisk.models.elicited.table import PointsTable
from creditrisk.models.priors import Priors


def coords(design: Design, table: PointsTable | None = None, before: str = "") -> dict[str, list[str]]:
    """Return the names along the dimensions of the variables, whose own begin with `before`."""
    groups = [term for term in design.terms if isinstance(term, PooledTerm)]
    found = {
        "indicator": [term.name for term in design.terms if _is_scaled(term, table)],
        "group": [term.name for term in groups],
        "group_level": [f"{term.name}: {level}" for term in groups for level in term.categories],
        "channel_level": [
            name for term in design.terms if isinstance(term, ChannelTerm) for name in term.categories[1:]
        ],
    }
    return {before + dimension: names for dimension, names in found.items()}


def _is_scaled(term: Term, table: PointsTable | None) -> bool:
    return isinstance(term, OrderedTerm) and term.n_steps > 0 and not is_told(term, table)


def coefficients(
    design: Design,
    priors: Priors,
    *,
    anchor: float,
    near: Near | None = None,
    before: str = "",
    pair: Related | None = None,
) -> Any:
    """Return theta with its priors (see `creditrisk.models.priors`), as a named deterministic.

    What is known nearby shapes the variables, not the priors of the coefficients. All terms of a kind share
    one vector: a graph of few nodes compiles in seconds, one variable a term in minutes. Names of variables
    begin with `before`; pooled effects that another model knows something of are those of `pair`.
    """
    start = anchor if near is None else near.at[0]
    blocks = [pm.Normal(before + "intercept", anchor, priors.intercept, initval=start)[None]]
    places = [np.zeros(1, dtype=int)]
    for block, place in (
        *_step_blocks(design, priors, near, before),
        _group_block(design, priors, near, before, pair),
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
    return pm.Deterministic(before + "theta", theta)


def _step_blocks(design: Design, priors: Priors, near: Near | None, before: str) -> list[tuple[Any, Any]]:
    """Monotone increments, random-walk increments and missing levels of all numbers, one vector each."""
    terms = [
        (term, where)
        for term, where in zip(design.terms, design.slices, strict=True)
        if isinstance(term, OrderedTerm)
    ]
    stepped = [(term, where) for term, where in terms if _is_scaled(term, priors.table)]
    blocks: list[tuple[Any, Any]] = []
    if stepped:
        typical = None if near is None else near.sizes([where for _, where in stepped]) / priors.steps
        overall = pm.HalfNormal(before + "step_scale", priors.steps, initval=priors.steps)
        size = overall * pm.HalfStudentT(
            before + "indicator_scale", nu=priors.tail, sigma=1.0, dims=before + "indicator", initval=typical
        )
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
            increments = (
                partly_centred_increments(before + "unit_increments", size, owner, place, near) / count
            )
        else:
            increments = size[owner] * pm.Normal(before + "unit_walk", shape=len(owner)) / np.sqrt(count)
        blocks.append((increments, place))
    missing = [where.stop - 1 for term, where in terms if term.missing_seen]
    if missing:
        start = None if near is None else near.at[missing]
        normal = pm.Normal(before + "missing", 0.0, priors.missing, shape=len(missing), initval=start)
        blocks.append((normal, np.array(missing)))
    return blocks


def _group_block(
    design: Design, priors: Priors, near: Near | None, before: str, pair: Related | None
) -> tuple[Any, Any]:
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
    scale = pm.HalfNormal(before + "tau", priors.group, dims=before + "group")[owner]
    name, dims = before + "unit_effects", before + "group_level"
    if pair is None:
        return partly_centred(name, scale, place, near, dims=dims), place
    own = partly_centred(name, scale * pair.spread, place, near, dims=dims, mean=scale * pair.mean)
    return own, place


def _channel_block(design: Design, priors: Priors) -> tuple[Any, Any]:
    for term, where in zip(design.terms, design.slices, strict=True):
        if isinstance(term, ChannelTerm):
            effect = pm.Normal("effect_channel", 0.0, priors.channel, dims="channel_level")
            return effect, np.arange(where.start, where.stop)
    return None, []
