"""The types of the query engine, named once (Ibis itself is untyped for us), and what it holds."""

from typing import Any

import pandas as pd

type IbisTable = Any
type IbisValue = Any
type IbisBoolean = Any
type IbisConnection = Any

HERE = "table_catalog = current_database() AND table_schema = current_schema()"


def table_names(connection: IbisConnection) -> tuple[str, ...]:
    """Return the names of a connection's tables and views, sorted.

    DuckDB is asked directly: from its version 2 on, Ibis 12 can no longer list its tables.
    """
    if connection.name == "duckdb":
        query = f"SELECT table_name FROM information_schema.tables WHERE {HERE}"
        return tuple(sorted(name for (name,) in connection.con.sql(query).fetchall()))
    return tuple(sorted(connection.list_tables()))


def to_frame(table: IbisTable) -> pd.DataFrame:
    """Run a query; the rows come in no order but the query's own, dates as `datetime64`."""
    frame: pd.DataFrame = table.to_pyarrow().to_pandas(date_as_object=False)
    return frame


def to_value(scalar: IbisValue) -> Any:
    """Run a query with one value."""
    return scalar.to_pyarrow().as_py()


def reason(error: Exception) -> str:
    """Return what an engine says went wrong, in one line without its stop."""
    return (str(error).strip().splitlines() or ["no reason given"])[0].rstrip(".!")
