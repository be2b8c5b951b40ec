"""Hand-written SQL in DuckDB, its tables in memory."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.scale.extraction_peers.names import TABLES, earlier

SQL = Path(__file__).with_name("extraction.sql").read_text(encoding="utf-8")


def load(folder: Path) -> Any:
    """Return a connection that holds the records."""
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    for name in TABLES:
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM '{folder / name}.parquet'")
    return connection


def extract(connection: Any, day: dt.date) -> Any:
    """Return the indicators as an Arrow table."""
    starts = {f"m{months}": f"DATE '{earlier(day, months)}'" for months in (12, 24, 36)}
    return connection.execute(SQL.format(as_of=f"DATE '{day}'", **starts)).to_arrow_table()
