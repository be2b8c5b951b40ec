"""What an engine answers, as columns in the order of the table of indicators.

Engines have orders of text of their own, and sort wide rows slowly. So they are not asked for an order: rows
are written as they come, and every column is put in order at the end.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creditrisk.indicators.events import AS_OF
from creditrisk.records.engine import IbisTable

ENTITY = "entity_id"
BY_ROW = [(AS_OF, "ascending"), (ENTITY, "ascending")]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Columns in one order.

    Parameters
    ----------
    index : MultiIndex
        (as_of, entity_id), sorted.
    columns : dict of str to ndarray
        Numbers as float64 with NaN where there is none; texts as objects, none where there is none.
    """

    index: pd.MultiIndex
    columns: dict[str, NDArray[Any]]


def answered(queries: Sequence[IbisTable], rows: int, out: Mapping[str, NDArray[np.float64]]) -> Answer:
    """Run queries that together have a known number of rows, one by one.

    Parameters
    ----------
    queries : sequence of ibis.Table
        At least one; all with the same columns, among them `entity_id` and `as_of`.
    rows : int
        Of all queries together.
    out : mapping of str to ndarray of float64 of shape (rows,)
        Where to write the columns of numbers that are among its keys.

    Returns
    -------
    Answer
        Of all queries together; without the columns written into `out`.
    """
    columns: dict[str, NDArray[Any]] = {}
    keys, begin = [], 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for query in queries:
            table = query.to_pyarrow()
            keys.append(table.select([AS_OF, ENTITY]))
            if len(keys) == len(queries):
                ordered = pool.submit(_ordered, pa.concat_tables(keys))
            names = table.drop_columns([AS_OF, ENTITY]).column_names
            for name in names:
                if name not in columns:
                    columns[name] = _place(table[name], rows, out.get(name))
            list(pool.map(_write, [table[name] for name in names], [columns[name][begin:] for name in names]))
            begin += table.num_rows
        index, order = ordered.result()
        if order is not None:
            list(pool.map(_put_in_order, columns.values(), repeat(order)))
    return Answer(index, {name: own for name, own in columns.items() if own is not out.get(name)})


def _place(column: Any, rows: int, out: NDArray[np.float64] | None) -> NDArray[Any]:
    if _is_text(column):
        return np.empty(rows, object)
    return np.empty(rows) if out is None else out


def _is_text(column: Any) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def _write(column: Any, out: NDArray[Any]) -> None:
    begin = 0
    for chunk in (column if _is_text(column) else column.cast(pa.float64())).chunks:
        out[begin : begin + len(chunk)] = chunk.to_numpy(zero_copy_only=False)
        begin += len(chunk)


def _put_in_order(column: NDArray[Any], order: NDArray[np.int64]) -> None:
    column[:] = np.take(column, order, mode="clip")


def _ordered(keys: Any) -> tuple[pd.MultiIndex, Any]:
    """Return the index in order, and which row stands at each place; none if all rows stand there already."""
    days, entities = keys[AS_OF].cast(pa.date32()).combine_chunks(), keys[ENTITY].combine_chunks()
    one_day = pc.count_distinct(days).as_py() == 1
    order = pc.sort_indices(entities) if one_day else pc.sort_indices(keys, sort_keys=BY_ROW)
    places = np.arange(len(order))
    moved = not np.array_equal(order.to_numpy(), places)
    if moved:
        entities = entities.take(order)
    if one_day:
        levels = [_dates(days[:1]), pd.Index(entities.to_pandas())]
        codes: Any = [places * 0, places]
        index = pd.MultiIndex(levels, codes, names=[AS_OF, ENTITY], verify_integrity=False)
    else:
        index = pd.MultiIndex.from_arrays(
            [_dates(days.take(order)), entities.to_pandas()], names=[AS_OF, ENTITY]
        )
    return index, order.to_numpy().astype(np.int64) if moved else None


def _dates(days: Any) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(days.to_pandas(date_as_object=False))
