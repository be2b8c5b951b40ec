"""The good registry that is damaged: some rows of every record type, plain values only."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from creditrisk.records.schema import Column, ColumnType, Table
from creditrisk.records.tables import TABLES

ENTITIES = ("91440101MA59KLJ00A", "e1", "实体二")
ROWS = 5


def good_frame(table: str, number: int = ROWS, *also: str) -> pd.DataFrame:
    """Return rows of a record type that break no rule.

    Parameters
    ----------
    table : str
        The record type; registrations are one for each entity, whatever `number` says.
    number : int, default 5
        How many rows.
    *also : str
        Columns beside those that every record needs.

    Returns
    -------
    pandas.DataFrame
        Few columns, so that thousands of inputs are read in minutes.
    """
    shape = TABLES[table]
    count = len(ENTITIES) if shape.one_per_entity else number
    columns = [c for c in shape.columns if c.required or c.name in _with_keys(shape, also)]
    return pd.DataFrame([{c.name: _value(c, shape, i) for c in columns} for i in range(count)])


def _with_keys(shape: Table, names: Iterable[str]) -> set[str]:
    """Return the columns, and those that say from when on they are known."""
    keys = {shape.column(name).known_with for name in names}
    return {*names, *(key for key in keys if key)}


def write_registration(folder: Path) -> None:
    """Write a good registration beside the table that is damaged."""
    good_frame("registration").to_parquet(folder / "registration.parquet", index=False)


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file that shows no progress."""
    connection = duckdb.connect(str(path))
    connection.execute("SET enable_progress_bar = false")
    return connection


def ids_of(frame: pd.DataFrame) -> list[str]:
    """Return the record ids."""
    return frame["record_id"].tolist()


def _value(column: Column, shape: Table, number: int) -> Any:
    if column.name == "record_id":
        return f"{shape.name}-{number}"
    if column.name == "entity_id":
        return ENTITIES[number % len(ENTITIES)]
    if column.type == ColumnType.DATE:
        return _day(column, number)
    if column.codes:
        return column.codes[number % len(column.codes)]
    match column.type:
        case ColumnType.INTEGER:
            return 2000 + number
        case ColumnType.FLOAT:
            return 0.25 + number
        case ColumnType.BOOLEAN:
            return number % 2 == 0
        case _:
            return f"{column.name} {number}"


def _day(column: Column, number: int) -> dt.date:
    start = {"occurred_on": dt.date(2020, 1, 1), "known_on": dt.date(2020, 2, 1)}
    return start.get(column.name, dt.date(2021, 3, 1)) + dt.timedelta(days=number)
