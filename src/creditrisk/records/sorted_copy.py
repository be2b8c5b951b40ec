"""Clean records in a DuckDB file, in the order of the entities: what is read slice by slice.

Records larger than the memory are read once, checked as always, and sorted by entity and record id; DuckDB
spills to disk what does not fit. The order makes every later answer the same, whatever the number of threads,
and a slice of entities lies together in the file.
"""

import datetime as dt
from functools import partial
from pathlib import Path

import duckdb
import ibis
import sqlglot.expressions as sge

from creditrisk.errors import SourceError
from creditrisk.records.accounts import Account
from creditrisk.records.clean import with_all_columns
from creditrisk.records.engine import IbisConnection, IbisTable, forget, reason
from creditrisk.records.input_files import InputFiles
from creditrisk.records.read import planned_shapes, read_on
from creditrisk.records.records import Records
from creditrisk.records.rejections import Rejections

MEMORY = "4GB"
COPY, PLACES = "sorted", "places"
ACCOUNTS, SPAN = "accounts", "span"


def write_sorted(inputs: InputFiles, path: Path) -> None:
    """Read records, and write the clean ones to a DuckDB file.

    Parameters
    ----------
    inputs : InputFiles
        The source and its mapping.
    path : Path
        A file that does not exist; DuckDB spills into its folder.

    Raises
    ------
    SourceError, SchemaError, SpecError
        As `read_records` does; also if the copy cannot be written.
    """
    engine = _connect(":memory:", path.parent)
    try:
        engine.raw_sql(f"ATTACH {sge.convert(str(path)).sql()} AS {COPY}")
        records = read_on(engine, inputs.source, mapping=inputs.mapping, settle=partial(_settle, engine))
        _write_about(engine, records)
        engine.raw_sql(f"CHECKPOINT {COPY}")
        engine.raw_sql(f"DETACH {COPY}")
    except duckdb.Error as error:
        why = reason(error).rpartition("Original error: ")[2]
        raise SourceError(
            f"Records are sorted in {str(path.parent)!r} before they are graded, which failed: {why}; see "
            "that there is room, and run it again."
        ) from None
    finally:
        engine.disconnect()


def open_sorted(inputs: InputFiles, path: Path) -> Records:
    """Open what `write_sorted` wrote, for reading.

    Parameters
    ----------
    inputs : InputFiles
        The source and its mapping: they say which columns a mapping added.
    path : Path
        The DuckDB file.

    Returns
    -------
    Records
        On an engine of their own; rejected rows are counted in `account`, but not kept.
    """
    engine = _connect(str(path), path.parent, read_only=True)
    shapes = planned_shapes(inputs.source, inputs.mapping)
    accounts = engine.con.sql(f"FROM {ACCOUNTS}").fetchall()
    (first, last) = engine.con.sql(f"FROM {SPAN}").fetchall()[0]
    fields = ("table", "source_rows", "left_out", "accepted", "rejected")
    return Records(
        tables={name: with_all_columns(engine.table(name), shape) for name, shape in shapes.items()},
        shapes=shapes,
        rejections=Rejections(by_table={}, read=tuple(shapes)),
        account=tuple(Account(**dict(zip(fields, row, strict=True))) for row in accounts),
        ignored=(),
        first_known_on=first,
        last_known_on=last,
    )


def close_sorted(records: Records) -> None:
    """Let go of the file of `open_sorted`."""
    records.tables["registration"].get_backend().disconnect()


def _connect(database: str, folder: Path, *, read_only: bool = False) -> IbisConnection:
    spill = str(folder / "spill")
    return ibis.duckdb.connect(database, read_only=read_only, memory_limit=MEMORY, temp_directory=spill)


def _settle(engine: IbisConnection, name: str, clean: IbisTable) -> IbisTable:
    """Write clean rows in order to the copy, forget those in memory, and return those of the copy.

    Entities are numbered in the order of their ids, since numbers are sorted and compared sooner than texts;
    columns that the source does not deliver are not written.
    """
    stored = _stored(clean)
    query = ibis.to_sql(stored, dialect="duckdb")
    if name == "registration":
        engine.raw_sql(f"CREATE TABLE {COPY}.{name} AS FROM ({query}) ORDER BY entity_id")
        engine.raw_sql(f"CREATE TEMP TABLE {PLACES} AS SELECT entity_id, rowid AS place FROM {COPY}.{name}")
    else:
        engine.raw_sql(
            f"CREATE TABLE {COPY}.{name} AS SELECT own.* FROM ({query}) AS own "
            f"JOIN {PLACES} USING (entity_id) ORDER BY place, record_id"
        )
    forget(engine, stored)
    return engine.table(name, database=(COPY, "main"))


def _stored(table: IbisTable) -> IbisTable:
    """Return the stored table of which a clean one selects its columns."""
    (stored,) = table.op().find(ibis.expr.operations.DatabaseTable)
    return stored.to_expr()


def _write_about(engine: IbisConnection, records: Records) -> None:
    rows = [(a.table, a.source_rows, a.left_out, a.accepted, a.rejected) for a in records.account]
    engine.raw_sql(
        f'CREATE TABLE {COPY}.{ACCOUNTS} ("table" TEXT, source_rows BIGINT, left_out BIGINT, '
        "accepted BIGINT, rejected BIGINT)"
    )
    engine.con.executemany(f"INSERT INTO {COPY}.{ACCOUNTS} VALUES (?, ?, ?, ?, ?)", rows)
    span: tuple[dt.date, dt.date] = (records.first_known_on, records.last_known_on)
    engine.raw_sql(f"CREATE TABLE {COPY}.{SPAN} (first DATE, last DATE)")
    engine.con.execute(f"INSERT INTO {COPY}.{SPAN} VALUES (?, ?)", span)
