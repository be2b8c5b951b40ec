"""Hand-written SQL in DuckDB, over Parquet files."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.scale.extraction_peers.names import TABLES, earlier

SQL = Path(__file__).with_name("extraction.sql").read_text(encoding="utf-8")


def load(folder: Path) -> Any:
    """Return a connection that knows the files."""
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    for name in TABLES:
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM '{folder / name}.parquet'")
    return connection


def extract(connection: Any, day: dt.date) -> Any:
    """Return the indicators as a frame of pandas, as the library does."""
    starts = {f"m{months}": f"DATE '{earlier(day, months)}'" for months in (12, 24, 36)}
    return connection.execute(SQL.format(as_of=f"DATE '{day}'", **starts)).df()
