"""Terms as JSON, for the model file: what a term is, not what its levels are worth."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from creditrisk.models.effects import (
    BranchTerm,
    ChannelTerm,
    DeviationTerm,
    GridTerm,
    GroupTerm,
    HingeTerm,
    PairTerm,
    StepTerm,
    Term,
)
from creditrisk.models.effects.pair import Bands
from creditrisk.models.effects.tree import CodeTree, Grouping


def term_to_json(term: Term) -> dict[str, Any]:
    """Return what `term_from_json` makes the same term of.

    Parameters
    ----------
    term : Term
        A fitted term.

    Returns
    -------
    dict
        Its kind and fields, as JSON has them.
    """
    frequencies = None if term.frequencies is None else term.frequencies.tolist()
    common = {"kind": term.kind, "name": term.name, "frequencies": frequencies}
    if isinstance(term, StepTerm):
        ordered = {"direction": term.direction, "missing_seen": term.missing_seen, "silent": term.silent}
        return common | ordered | {"edges": term.edges.tolist()}
    if isinstance(term, HingeTerm):
        ordered = {"direction": term.direction, "missing_seen": term.missing_seen, "silent": term.silent}
        return common | ordered | {"knots": term.knots.tolist()}
    if isinstance(term, DeviationTerm):
        bands = {"first": _bands_to_json(term.first), "second": _bands_to_json(term.second)}
        return common | bands | {"direction": term.direction}
    if isinstance(term, GridTerm):
        bands = {"first": _bands_to_json(term.first), "second": _bands_to_json(term.second)}
        return common | bands | {"turned": list(term.turned), "joined": term.joined}
    if isinstance(term, PairTerm):
        bands = {"first": _bands_to_json(term.first), "second": _bands_to_json(term.second)}
        return common | bands | {"cells": list(term.cells)}
    named = common | {"categories": list(term.categories)}
    if isinstance(term, BranchTerm):
        return named | {"column": term.column, "prefix": term.prefix, "letters": term.letters}
    return named


def term_from_json(data: dict[str, Any]) -> Term:
    """Return the term that `term_to_json` described.

    Parameters
    ----------
    data : dict
        As in a model file.

    Returns
    -------
    Term
        The fitted term.

    Raises
    ------
    KeyError
        If a field is missing.
    """
    frequencies = None if data["frequencies"] is None else np.array(data["frequencies"])
    kind, name = data["kind"], data["name"]
    if kind == "steps":
        return StepTerm(
            name=name,
            edges=np.array(data["edges"], dtype=np.float64),
            direction=data["direction"],
            missing_seen=data["missing_seen"],
            frequencies=frequencies,
            silent=bool(data.get("silent", False)),
        )
    if kind == "hinges":
        return HingeTerm(
            name=name,
            knots=np.array(data["knots"], dtype=np.float64),
            direction=data["direction"],
            missing_seen=data["missing_seen"],
            frequencies=frequencies,
            silent=bool(data.get("silent", False)),
        )
    if kind == "pair":
        first, second = _bands_from_json(data["first"]), _bands_from_json(data["second"])
        cells = tuple(int(cell) for cell in data["cells"])
        return PairTerm(first=first, second=second, cells=cells, frequencies=frequencies)
    if kind == "grid":
        first, second = _bands_from_json(data["first"]), _bands_from_json(data["second"])
        turned = bool(data["turned"][0]), bool(data["turned"][1])
        return GridTerm(
            first=first, second=second, turned=turned, joined=data["joined"], frequencies=frequencies
        )
    if kind == "deviation":
        first, second = _bands_from_json(data["first"]), _bands_from_json(data["second"])
        return DeviationTerm(first=first, second=second, direction=data["direction"], frequencies=frequencies)
    names = tuple(data["categories"])
    if kind == "branch":
        return BranchTerm(
            name=name,
            categories=names,
            frequencies=frequencies,
            column=str(data["column"]),
            prefix=int(data["prefix"]),
            letters=int(data["letters"]),
        )
    if kind == "group":
        return GroupTerm(name=name, categories=names, frequencies=frequencies)
    return ChannelTerm(name=name, categories=names, frequencies=frequencies)


def groups_to_json(groups: Sequence[Grouping]) -> list[str | dict[str, Any]]:
    """Return what `groups_from_json` makes the same groups of: names, and trees by their fields."""
    return [
        {"column": one.column, "prefixes": list(one.prefixes), "letters": one.letters}
        if isinstance(one, CodeTree)
        else one
        for one in groups
    ]


def groups_from_json(data: Sequence[str | dict[str, Any]]) -> tuple[Grouping, ...]:
    """Return the groups that `groups_to_json` described."""
    return tuple(
        one
        if isinstance(one, str)
        else CodeTree(column=one["column"], prefixes=tuple(one["prefixes"]), letters=one["letters"])
        for one in data
    )


def _bands_to_json(bands: Bands) -> dict[str, Any]:
    edges = None if bands.edges is None else bands.edges.tolist()
    return {"name": bands.name, "edges": edges, "names": list(bands.names)}


def _bands_from_json(data: dict[str, Any]) -> Bands:
    edges = None if data["edges"] is None else np.array(data["edges"], dtype=np.float64)
    return Bands(name=data["name"], edges=edges, names=tuple(data["names"]))
