"""Where a value lies among the levels of both models: one search in one list of edges a column."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import ChannelTerm, GroupTerm, HingeTerm, StepTerm, TableTerm, Term
from creditrisk.models.effects.pair import Bands

Floats = NDArray[np.float64]
Designs = tuple[Design, Design]
Reader = Callable[[NDArray[np.object_]], NDArray[np.object_]]

UNSEEN = "\0unseen"
_KNOWN = (StepTerm, HingeTerm, GroupTerm, TableTerm, ChannelTerm)


class Lookup(NamedTuple):
    """Arrays for the kernels; a cell is what lies between two edges of a column, or one name of a text.

    Attributes
    ----------
    edges : ndarray of shape (numbers * (2^m - 1),), m at least 5
        Those of each column, rising, in the type of the values; filled up with NaN, which no value reaches.
    first, missing : ndarray of int32
        First cell of each column, numbers before texts; the cell of a missing number.
    zero : ndarray of int32 of shape (numbers,)
        The cell of 0.
    rest : ndarray of shape (numbers,)
        0 where both models are at their base if the number is 0, else NaN: a number equal to it is skipped.
    level : ndarray of int32 of shape (2, cells)
        Level in each model, or one past the last where a model does not use the column.
    low, scale : ndarray of float32 of shape (2, cells)
        The share of the next level is ``(t - low) * scale`` with t the value on the log scale.
    pair_columns : ndarray of int32 of shape (pairs, 2)
        The columns of each pair.
    pair_band : ndarray of int32 of shape (pairs, 2, cells)
        The band of a cell of either column; that of the first times the number of the second's.
    pair_cell : ndarray of int32 of shape (pairs, bands)
        The cell of each two bands.
    pair_base : ndarray of int32 of shape (pairs,)
        The cell that is skipped.
    """

    edges: NDArray[Any]
    first: NDArray[np.int32]
    missing: NDArray[np.int32]
    zero: NDArray[np.int32]
    rest: NDArray[Any]
    level: NDArray[np.int32]
    low: NDArray[np.float32]
    scale: NDArray[np.float32]
    pair_columns: NDArray[np.int32]
    pair_band: NDArray[np.int32]
    pair_cell: NDArray[np.int32]
    pair_base: NDArray[np.int32]


def is_known(designs: Designs) -> bool:
    """Return whether the kernels know every kind of term of both models."""
    return all(isinstance(term, _KNOWN) for design in designs for term in design.terms)


def columns_of(designs: Designs) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the columns that are numbers, and of texts: columns, and depths of code trees.

    Parameters
    ----------
    designs : tuple of two Design
        Of the violation model and of the loss model.

    Returns
    -------
    tuple of two tuples of str
        Each name once, in the order of the models.
    """
    texts = {name: column for name, (column, _) in readers_of(designs).items()}
    every = dict.fromkeys(name for design in designs for name in design.columns)
    return tuple(name for name in every if name not in texts.values()), tuple(texts)


def readers_of(designs: Designs) -> dict[str, tuple[str, Reader]]:
    """Return for each text the column that it is read from, and what makes its names of the values."""
    found: dict[str, tuple[str, Reader]] = {}
    for design in designs:
        for term in design.terms:
            if isinstance(term, GroupTerm):
                found[term.name] = (term.columns[0], term.read)
            elif isinstance(term, TableTerm):
                bands = (band for band in (term.first, term.second) if band.edges is None)
                found |= {band.name: (band.name, _as_given) for band in bands if band.name not in found}
    return found


def _as_given(values: NDArray[np.object_]) -> NDArray[np.object_]:
    return values


def names_of(designs: Designs, column: str) -> tuple[str, ...]:
    """Return every name of a text column that either model knows, and one that neither does, last."""
    names: dict[str, None] = {}
    for design in designs:
        for term in design.terms:
            if isinstance(term, GroupTerm) and term.name == column:
                names |= dict.fromkeys(term.categories)
            elif isinstance(term, TableTerm):
                for band in (term.first, term.second):
                    if band.name == column:
                        names |= dict.fromkeys(band.names)
    return (*names, UNSEEN)


def base_levels(design: Design) -> NDArray[np.int32]:
    """Return the level of each term where every number is 0 and every name unknown.

    Where 0 lies between two levels it is the lower one, which nothing then skips.
    """
    numbers, _ = columns_of((design, Design(terms=())))
    row = pd.DataFrame([dict.fromkeys(design.columns, UNSEEN) | dict.fromkeys(numbers, 0.0)])
    levels: NDArray[np.int32] = design.encode(row).level[0]
    return levels


def edges_of(designs: Designs, column: str) -> Floats:
    """Return where any level or band of a number begins, in either model."""
    edges: list[float] = []
    for design in designs:
        for term in design.terms:
            if isinstance(term, TableTerm):
                for band in (term.first, term.second):
                    edges += [] if band.name != column or band.edges is None else list(band.edges)
            elif term.name != column:
                continue
            elif isinstance(term, StepTerm):
                edges += list(term.edges)
            elif isinstance(term, HingeTerm):
                edges += list(term.knots)
                edges += [float(np.nextafter(knot, np.inf)) for knot in _beside_zero(term.knots)]
    return np.unique(edges).astype(np.float64)


def _beside_zero(knots: Floats) -> Floats:
    """The knots after which a function is a step: zero, and the one before it."""
    at = np.flatnonzero(knots == 0)
    return knots[np.concatenate([at, at[at > 0] - 1])] if len(at) else knots[:0]


def inside(edges: Floats) -> Floats:
    """Return one value of each cell, the missing one last."""
    if len(edges) == 0:
        return np.array([0.0, np.nan])
    middle = edges[:-1] + (edges[1:] - edges[:-1]) / 2
    ends = edges[0] - max(1.0, abs(edges[0])), edges[-1] + max(1.0, abs(edges[-1]))
    return np.concatenate([ends[:1], middle, ends[1:], [np.nan]])


def placed(term: Term, values: NDArray[Any]) -> tuple[NDArray[np.int32], Floats, Floats]:
    """Return level, low and scale of a term at one value of each cell, or at each name.

    Parameters
    ----------
    term : StepTerm, HingeTerm or GroupTerm
        A term of one column.
    values : ndarray
        From `inside`, or names.

    Returns
    -------
    tuple of three ndarray
        One element a value; scale is 0 where the term is constant within the cell.
    """
    low, scale = np.zeros(len(values)), np.zeros(len(values))
    if not isinstance(term, HingeTerm):
        assert isinstance(term, StepTerm | GroupTerm)
        return term.levels_of(values) if isinstance(term, GroupTerm) else term.encode(values), low, scale
    level, share = term.place(values.astype(np.float64))
    rises = share > 0
    if rises.any():
        logs = np.sign(term.knots) * np.log1p(np.abs(term.knots))
        at = level[rises]
        low[rises], scale[rises] = logs[at], 1 / (logs[at + 1] - logs[at])
    return level, low, scale


def bands_at(band: Bands, values: NDArray[Any]) -> NDArray[np.int32]:
    """Return the band of one value of each cell, or of each name."""
    return band.encode(values)
