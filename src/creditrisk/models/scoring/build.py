"""Two designs to the arrays that the kernels search."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from creditrisk.models.effects import ChannelTerm, TableTerm
from creditrisk.models.scoring.lookup import (
    Designs,
    Lookup,
    base_levels,
    columns_of,
    edges_of,
    inside,
    names_of,
    placed,
)

Values = dict[str, NDArray[Any]]


def build_lookup(designs: Designs, dtype: DTypeLike) -> Lookup:
    """Return the arrays for values of this type.

    Parameters
    ----------
    designs : tuple of two Design
        Of the violation model and of the loss model.
    dtype : dtype
        float32 or float64.

    Returns
    -------
    Lookup
        Exact for values of that type: an edge between two of them moves up to the next.
    """
    numbers, texts = columns_of(designs)
    edges = [edges_of(designs, name) for name in numbers]
    values: Values = {name: inside(found) for name, found in zip(numbers, edges, strict=True)}
    values |= {name: np.array(names_of(designs, name), dtype=object) for name in texts}
    pairs = [(m, j) for m in (0, 1) for j, term in enumerate(designs[m].terms) if isinstance(term, TableTerm)]
    single = sum(map(len, values.values()))
    cells = single + sum(designs[m].terms[j].n_levels for m, j in pairs)
    first = np.cumsum([0, *map(len, values.values())])
    level = np.tile(np.array([int(design.offsets[-1]) for design in designs], dtype=np.int32), (cells, 1))
    low, scale = np.zeros((cells, 2), dtype=np.float32), np.zeros((cells, 2), dtype=np.float32)
    place = dict(zip(values, map(int, first), strict=False))
    for m, design in enumerate(designs):
        for j, term in enumerate(design.terms):
            if isinstance(term, TableTerm | ChannelTerm):
                continue
            here = slice(place[term.name], place[term.name] + len(values[term.name]))
            at, low[here, m], scale[here, m] = placed(term, values[term.name])
            level[here, m] = at + design.offsets[j]
    zero = np.array(
        [place[n] + np.searchsorted(e, 0.0, side="right") for n, e in zip(numbers, edges, strict=True)]
    )
    at_base = np.ones(len(numbers), dtype=bool)
    for m, design in enumerate(designs):
        base = {*base_levels(design).tolist(), int(design.offsets[-1])}
        at_base &= np.array([level[z, m] in base and scale[z, m] == 0 for z in zero], dtype=bool)
    last = np.array([place[name] + len(values[name]) - 1 for name in values], dtype=np.int32)
    arrays = _pairs(designs, pairs, values, place, level, single)
    return Lookup(
        edges=_padded(edges, dtype),
        first=first[:-1].astype(np.int32),
        missing=last[: len(numbers)],
        zero=zero.astype(np.int32),
        rest=np.where(at_base, 0.0, np.nan).astype(dtype),
        level=np.ascontiguousarray(level.T),
        low=np.ascontiguousarray(low.T),
        scale=np.ascontiguousarray(scale.T),
        **arrays,
    )


def _padded(edges: list[NDArray[np.float64]], dtype: DTypeLike) -> NDArray[Any]:
    most = max(map(len, edges), default=0)
    width = max((1 << int(most).bit_length()) - 1, 31)
    padded = np.full((len(edges), width), np.nan, dtype=dtype)
    for row, found in zip(padded, edges, strict=True):
        near = found.astype(dtype)
        up = np.nextafter(near, np.asarray(np.inf, dtype=dtype))
        row[: len(found)] = np.where(near.astype(np.float64) < found, up, near)
    return padded.ravel()


def _pairs(
    designs: Designs,
    pairs: list[tuple[int, int]],
    values: Values,
    place: dict[str, int],
    level: NDArray[np.int32],
    start: int,
) -> dict[str, NDArray[np.int32]]:
    """Fill the cells of pairs into `level`, from `start` on, and return the arrays that lead to them."""
    order = {name: k for k, name in enumerate(values)}
    terms = [designs[m].terms[j] for m, j in pairs]
    wide = [len(t.first.labels) * len(t.second.labels) for t in terms if isinstance(t, TableTerm)]
    columns = np.zeros((len(pairs), 2), dtype=np.int32)
    band = np.zeros((len(pairs), 2, start), dtype=np.int32)
    cell = np.zeros((len(pairs), max(wide, default=1)), dtype=np.int32)
    base = np.zeros(len(pairs), dtype=np.int32)
    for q, ((m, j), term) in enumerate(zip(pairs, terms, strict=True)):
        assert isinstance(term, TableTerm)
        for side, one in enumerate((term.first, term.second)):
            columns[q, side] = order[one.name]
            here = slice(place[one.name], place[one.name] + len(values[one.name]))
            band[q, side, here] = one.encode(values[one.name]) * (len(term.second.labels) if side == 0 else 1)
        each = np.arange(wide[q], dtype=np.int32)
        found = term.cell_levels(each // len(term.second.labels), each % len(term.second.labels))
        cell[q, : wide[q]] = start + found
        level[start : start + term.n_levels, m] = designs[m].offsets[j] + np.arange(term.n_levels)
        base[q] = start + base_levels(designs[m])[j] - designs[m].offsets[j]
        start += term.n_levels
    return {"pair_columns": columns, "pair_band": band, "pair_cell": cell, "pair_base": base}
