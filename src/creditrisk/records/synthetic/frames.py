"""From arrays to the canonical tables: codes for positions, record ids, and what is still to come hidden."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.records.schema import Table
from creditrisk.records.synthetic.log import NEVER, Array
from creditrisk.records.synthetic.provenance import provenance
from creditrisk.records.synthetic.registration import registration_of
from creditrisk.records.synthetic.repairs import repairs_of
from creditrisk.records.synthetic.texts import chosen, record_ids
from creditrisk.records.synthetic.typed import text_of, typed
from creditrisk.records.synthetic.world import World
from creditrisk.records.tables import TABLES

_DERIVED = ("registration", "repair")
_NOTHING: dict[str, Array] = {
    "entity": np.empty(0, dtype=np.int64),
    "occurred_on": np.empty(0, dtype="datetime64[D]"),
    "known_on": np.empty(0, dtype="datetime64[D]"),
}


def tables_of(world: World, exported_on: np.datetime64) -> dict[str, pd.DataFrame]:
    """Return every table that the simulation fills, sorted by date, entity and record id.

    Parameters
    ----------
    world : World
        The world after its last year.
    exported_on : datetime64[D]
        The registry is written out before this day; what becomes known later is left out.

    Returns
    -------
    dict of str to DataFrame
        The columns of `TABLES`, dates as ``datetime64[us]``.
    """
    logged = {"registration": registration_of(world)}
    logged |= {name: world.log.columns(name) or _NOTHING for name in TABLES if name not in _DERIVED}
    rows = {name: _rows(world, columns, exported_on) for name, columns in logged.items()}
    written = {name: _written(name, logged, rows) for name in logged}
    written = {name: _without_future(TABLES[name], kept, exported_on) for name, kept in written.items()}
    written["repair"] = repairs_of(written, exported_on)
    return {name: _frame(world, table, written[name]) for name, table in TABLES.items()}


def _rows(world: World, columns: dict[str, Array], exported_on: np.datetime64) -> NDArray[np.int64]:
    """Return the rows that are written out, in their order: not after a deregistration, not too late."""
    gone = world.deregistered_on[columns["entity"]] < columns["occurred_on"]
    kept = np.flatnonzero(~gone & (columns["known_on"] < exported_on))
    return kept[np.lexsort((columns["entity"][kept], columns["occurred_on"][kept]))]


def _written(
    name: str, logged: dict[str, dict[str, Array]], rows: dict[str, NDArray[np.int64]]
) -> dict[str, Any]:
    """Return the columns of the rows that are written out, with ids for rows of other tables."""
    kept: dict[str, Any] = {column: values[rows[name]] for column, values in logged[name].items()}
    for link in TABLES[name].links:
        if link.table is not None and link.column in kept:
            place = np.full(len(logged[link.table]["entity"]) + 1, -1)
            place[rows[link.table]] = np.arange(len(rows[link.table]))
            kept[link.column] = chosen(
                record_ids(link.table, len(rows[link.table])), place[kept[link.column]]
            )
    return kept


def _without_future(table: Table, kept: dict[str, Any], exported_on: np.datetime64) -> dict[str, Any]:
    """Return the columns without the values that become known later, and without the days of those."""
    hidden = dict(kept)
    for column in table.columns:
        if column.known_with in kept:
            ahead = kept[column.known_with] >= exported_on
            for name in {column.name, column.known_with} & kept.keys():
                values = kept[name]
                nothing = NEVER if values.dtype.kind == "M" else None if values.dtype.kind in "UO" else np.nan
                hidden[name] = np.where(ahead, nothing, values) if ahead.any() else values
    return hidden


def _frame(world: World, table: Table, columns: dict[str, Any]) -> pd.DataFrame:
    entity = columns["entity"]
    filled = {name: text_of(table, name, values) for name, values in columns.items()}
    filled |= provenance(world, table, columns)
    filled["entity_id"] = chosen(world.people.entity_id.tolist(), entity)
    filled["record_id"] = record_ids(table.name, len(entity))
    return pd.DataFrame(
        {column.name: typed(column, filled.get(column.name), len(entity)) for column in table.columns}
    )
