"""The query engine: its types, named once (Ibis itself is untyped for us), what it holds and keeps for us.

Whatever is stored lasts as long as the session: temporary tables in DuckDB and PostgreSQL, a cached view in
Spark. Nothing is written into a bureau's own schema.
"""

from collections.abc import Generator
from typing import Any

import ibis
import ibis.expr.operations as ops
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import sqlglot.expressions as sge
from ibis.common.exceptions import IbisError

type IbisTable = Any
type IbisValue = Any
type IbisBoolean = Any
type IbisConnection = Any

OURS = "creditrisk_"
LONGEST_REASON = 300
ROWS_A_BATCH = 122_880
ONLY_CHOOSE = (ops.Project, ops.Filter, ops.DropColumns)
HERE = "table_catalog = current_database() AND table_schema = current_schema()"


def table_names(connection: IbisConnection) -> tuple[str, ...]:
    """Return the names of a connection's tables and views, sorted, those that we stored left out.

    DuckDB is asked directly: from its version 2 on, Ibis 12 can no longer list its tables.
    """
    if connection.name == "duckdb":
        query = f"SELECT table_name FROM information_schema.tables WHERE {HERE}"
        names = [name for (name,) in connection.con.sql(query).fetchall()]
    else:
        names = connection.list_tables()
    return tuple(sorted(name for name in names if not name.startswith((OURS, "ibis_"))))


def store(connection: IbisConnection, name: str, rows: IbisTable) -> IbisTable:
    """Run a query once and keep its rows on the engine, until the session ends.

    Parameters
    ----------
    connection : ibis connection
        The engine.
    name : str
        Not yet taken.
    rows : ibis.Table
        A query that the engine can run.

    Returns
    -------
    ibis.Table
        The stored rows.
    """
    if connection.name != "pyspark":
        return connection.create_table(name, rows, temp=True)
    view = connection.create_view(name, rows, overwrite=True)
    connection.raw_sql(f"CACHE TABLE `{name}`")
    return view


def forget(connection: IbisConnection, table: IbisTable) -> None:
    """Drop a stored table.

    The engine is told in its own words: Ibis 12 with SQLGlot 30 no longer names what it drops.
    """
    name = table.op().name
    if connection.name == "pyspark":
        connection.raw_sql(f"UNCACHE TABLE `{name}`")
        connection.raw_sql(f"DROP VIEW `{name}`")
        return
    connection.raw_sql(f"DROP TABLE {sge.to_identifier(name, quoted=True).sql()}")


def free(connection: IbisConnection, table: IbisTable) -> None:
    """Free the rows of a stored table of which others were made.

    It is dropped; in Spark, whose views stand on each other by name, it only leaves the cache.
    """
    if connection.name == "pyspark":
        connection.raw_sql(f"UNCACHE TABLE `{table.op().name}`")
    else:
        forget(connection, table)


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def md5(text: str) -> str:  # type: ignore[empty-body]
    """Return the MD5 sum of a text in hexadecimal digits, which every engine sorts alike."""


def unpadded(text: IbisValue) -> IbisValue:
    """Return a text without blanks around it, null where nothing is left.

    DuckDB, which takes long to strip a text, is asked to only where its first or last sign sorts before "!",
    as every blank does.
    """
    bare = text.strip().nullif("")
    if _engine_of(text) != "duckdb":
        return bare
    return ibis.ifelse((text < "!") | (text.right(1) < "!"), bare, text)


def count_different(values: IbisValue) -> IbisValue:
    """Return how many different values a list without nulls has; in DuckDB by its own quicker function."""
    if _engine_of(values) != "duckdb":
        return values.unique().length()
    list_unique = ibis.udf.scalar.builtin(
        lambda values: ..., name="list_unique", signature=((values.type(),), "int64")
    )
    return list_unique(values)


def _engine_of(value: IbisValue) -> str:
    try:
        return str(value.get_backend().name)
    except IbisError:  # no engine holds the table: somebody only looks at the expression
        return ""


def to_frame(table: IbisTable) -> pd.DataFrame:
    """Run a query; the rows come in no order but the query's own, dates as `datetime64`."""
    frame: pd.DataFrame = table.to_pyarrow().to_pandas(date_as_object=False)
    return frame


def batches_of(table: IbisTable) -> Generator[Any]:
    """Run a query and yield its rows as Arrow record batches, at least one.

    DuckDB makes them as they are asked for, so that whoever drops one after the other needs little memory;
    until the last has come, its connection answers nobody else. Other engines answer at once.
    """
    backend = table.get_backend()
    if backend.name != "duckdb" or table.op().find(ops.InMemoryTable):
        batches = table.to_pyarrow().to_batches()
    else:
        batches = backend.con.sql(backend.compile(table)).to_arrow_reader(ROWS_A_BATCH)
    schema, none = table.schema().to_pyarrow(), True
    for batch in batches:
        yield batch.cast(schema) if batch.schema != schema else batch
        none = False
    if none:
        yield pa.RecordBatch.from_pylist([], schema)


def compares_bytes(table: IbisTable) -> bool:
    """Return whether the engine of a table is known to compare texts by their bytes, as Arrow does."""
    return bool(table.get_backend().name == "duckdb")


def in_order(table: IbisTable, column: str) -> Any:
    """Run a query; return its rows as an Arrow table in the order of a column of texts.

    It is the engine's own order; what compares bytes is sorted by Arrow, which is quicker.
    """
    if not compares_bytes(table):
        return table.order_by(column).to_pyarrow()
    rows = table.to_pyarrow().combine_chunks()
    return rows.take(pc.sort_indices(rows[column]))


def to_value(scalar: IbisValue) -> Any:
    """Run a query with one value."""
    return scalar.to_pyarrow().as_py()


def rows_at_most(table: IbisTable) -> int:
    """Return a number of rows that a table does not exceed.

    Counting what a query keeps means planning and running it. Rows of one stored table that are only chosen
    from are no more than that table has, which an engine knows at once.
    """
    kinds = table.op().find((ops.Relation, ops.Unnest))
    stored = [one for one in kinds if isinstance(one, ops.DatabaseTable)]
    chosen = all(isinstance(one, (ops.DatabaseTable, *ONLY_CHOOSE)) for one in kinds)
    counted = stored[0].to_expr() if chosen and len(stored) == 1 else table
    return int(to_value(counted.count()))


def reason(error: BaseException) -> str:
    """Return what an engine says went wrong, in one short line without its stop."""
    line = (str(error).strip().splitlines() or ["no reason given"])[0].rstrip(".!")
    plain = line if line.isprintable() else ascii(line)[1:-1]
    return plain if len(plain) <= LONGEST_REASON else f"{plain[:LONGEST_REASON]}…"
