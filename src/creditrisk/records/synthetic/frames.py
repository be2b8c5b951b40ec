"""From arrays to the canonical tables: codes for positions, record ids, and ends still to come hidden."""

from typing import Any

import numpy as np
import pandas as pd

from creditrisk.records.schema import ColumnType, Table
from creditrisk.records.synthetic.log import NEVER, Array, Days
from creditrisk.records.synthetic.population import KEY_SECTORS, REGIONS, SECTORS
from creditrisk.records.synthetic.world import LISTS, World
from creditrisk.records.tables import TABLES

_REPAIRABLE = {"abnormal_list": "ended_on", "serious_list": "ended_on", "penalty": "revoked_on"}


def tables_of(world: World, exported_on: np.datetime64) -> dict[str, pd.DataFrame]:
    """Return every table that the simulation fills, sorted by date, entity and record id.

    Parameters
    ----------
    world : World
        The world after its last year.
    exported_on : datetime64[D]
        The registry is written out before this day; ends that come later are still open.

    Returns
    -------
    dict of str to DataFrame
        The columns of `TABLES`, dates as ``datetime64[us]``.
    """
    frames = {"registration": _frame(world, TABLES["registration"], _registration(world))}
    for name, table in TABLES.items():
        columns = world.log.columns(name)
        if columns is not None:
            frames[name] = _frame(world, table, _as_exported(world, name, columns, exported_on))
    frames["repair"] = _repairs(frames)
    return {name: frames[name] for name in TABLES if name in frames}


def _registration(world: World) -> dict[str, Array]:
    people = world.people
    return {
        "entity": np.arange(len(people)),
        "occurred_on": people.established_on,
        "known_on": people.known_on,
        "name": np.char.mod("Entity %06d", np.arange(len(people))),
        "entity_type": people.entity_type,
        "industry": people.industry,
        "region": REGIONS[people.region],
        "registered_capital_cny": people.capital_cny,
        "address": people.address,
        "key_sector": np.isin(SECTORS[people.sector], KEY_SECTORS),
        "revoked_on": world.revoked_on,
        "revoked_known_on": world.revoked_known_on,
        "deregistered_on": world.deregistered_on,
        "deregistered_known_on": world.deregistered_known_on,
    }


def _as_exported(
    world: World, name: str, columns: dict[str, Array], exported_on: np.datetime64
) -> dict[str, Array]:
    """Leave out what happened to an entity after it was deregistered, and hide ends still to come."""
    gone = world.deregistered_on[columns["entity"]] < columns["occurred_on"]
    kept = {column: values[~gone] for column, values in columns.items()}
    if name in LISTS:
        ahead = kept["end_known_on"] >= exported_on
        kept["ended_on"] = _hidden(kept["ended_on"], ahead)
        kept["end_known_on"] = _hidden(kept["end_known_on"], ahead)
        kept["repaired"] = np.where(ahead, np.nan, kept["repaired"])
    for column in ("revoked_on", "withdrawn_on", "broken_on"):
        if column in kept:
            kept[column] = _hidden(kept[column], kept[column] >= exported_on)
    return kept


def _hidden(day: Days, where: Array) -> Days:
    return np.where(where, NEVER, day)


def _frame(world: World, table: Table, columns: dict[str, Array]) -> pd.DataFrame:
    order = np.lexsort((columns["entity"], columns["occurred_on"]))
    sorted_columns: dict[str, Any] = {name: values[order] for name, values in columns.items()}
    ids = world.people.entity_id.astype(object)
    sorted_columns["entity_id"] = ids[sorted_columns.pop("entity")]
    sorted_columns["record_id"] = _record_ids(table.name, len(order))
    return _typed(table, sorted_columns)


def _record_ids(table: str, size: int) -> "pd.Series[str]":
    numbers = pd.Series(np.arange(1, size + 1)).astype("str").str.zfill(8)
    return f"{table}-" + numbers


def _typed(table: Table, columns: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(index=pd.RangeIndex(len(columns["record_id"])))
    for column in table.columns:
        values = pd.Series(columns.get(column.name, np.full(len(frame), None)))
        match column.type:
            case ColumnType.DATE:
                frame[column.name] = values.astype("datetime64[us]")
            case ColumnType.BOOLEAN:
                frame[column.name] = values.astype("boolean")
            case ColumnType.INTEGER:
                frame[column.name] = values.astype("Int64")
            case ColumnType.FLOAT:
                frame[column.name] = values.astype("float64")
            case ColumnType.STRING:
                frame[column.name] = values.astype("str")
    return frame


def _repairs(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    parts = []
    for name, ended in _REPAIRABLE.items():
        frame = frames[name]
        repaired = frame["repaired"].fillna(False) if "repaired" in frame else frame[ended].notna()
        rows = frame[repaired.astype(bool)]
        known = rows["end_known_on"] if "end_known_on" in rows else rows[ended] + pd.Timedelta(days=3)
        parts.append(
            pd.DataFrame(
                {
                    "entity_id": rows["entity_id"],
                    "occurred_on": rows[ended],
                    "known_on": known,
                    "repaired_table": name,
                    "repaired_record_id": rows["record_id"],
                }
            )
        )
    repairs = pd.concat(parts).sort_values(
        ["occurred_on", "entity_id", "repaired_record_id"], ignore_index=True
    )
    columns = {str(name): values for name, values in repairs.items()}
    return _typed(TABLES["repair"], {"record_id": _record_ids("repair", len(repairs)), **columns})
