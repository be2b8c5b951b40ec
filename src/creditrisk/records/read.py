"""`read_records`: from a folder, frames or a database to clean records, with the bad rows set aside."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import Any

import duckdb
import ibis
from ibis.common.exceptions import TableNotFound

from creditrisk.errors import CreditRiskError, SchemaError, SourceError, hint
from creditrisk.records.clean import Place, Split, split
from creditrisk.records.conform import ROW, Reading
from creditrisk.records.engine import OURS, IbisConnection, IbisTable, forget, free, reason, store, to_value
from creditrisk.records.mapping import Mapping, TableMapping, load_mapping
from creditrisk.records.mapping_columns import map_columns
from creditrisk.records.records import Records
from creditrisk.records.rejections import Rejections
from creditrisk.records.schema import Table
from creditrisk.records.sources import Source, open_source
from creditrisk.records.sources.connection import ConnectionSource
from creditrisk.records.tables import TABLES


def read_records(
    source: Any, *, mapping: Mapping | str | Path | None = None, strict: bool = False
) -> Records:
    """Read everything that a bureau holds.

    Parameters
    ----------
    source : str, Path, mapping of str to data frame, or ibis connection
        A folder of Parquet and CSV files, a ``.duckdb`` file, data frames of pandas, polars or Arrow by table
        name, or an Ibis connection. Tables are found by their name (of a file, its stem).
    mapping : Mapping, str or Path, optional
        How the source's own tables, columns, codes and units become ours; an object or a TOML file.
    strict : bool, default False
        Whether a row that breaks a rule is an error; otherwise it waits in `Records.rejections`.

    Returns
    -------
    Records
        Clean and typed records: those of an Ibis connection stay on its engine, in temporary tables; all
        others lie in a database of their own in memory.

    Raises
    ------
    SourceError
        If the source, or a table in it, is missing or cannot be read.
    SchemaError
        If a needed column is missing or none of its values can be read; if `strict`, for any rejected row.
    SpecError
        If the mapping says something impossible.

    Examples
    --------
    >>> import pandas as pd
    >>> registration = pd.DataFrame(
    ...     {"record_id": [1], "entity_id": ["a"], "occurred_on": ["2020-01-01"], "known_on": ["2020-01-02"]}
    ... )
    >>> records = read_records({"registration": registration})
    >>> records.first_known_on
    datetime.date(2020, 1, 2)
    """
    opened = open_source(source)
    return read_on(_engine(opened), opened, mapping=mapping, strict=strict)


def read_on(
    engine: IbisConnection,
    source: Source,
    *,
    mapping: Mapping | str | Path | None,
    strict: bool = False,
    settle: Callable[[str, IbisTable], IbisTable] = lambda name, clean: clean,
) -> Records:
    """Return what `read_records` returns, the work done on an engine of the caller's choice.

    `settle` may put the clean rows of a record type elsewhere, before the next type is read.
    """
    plans = _plan(source, _mapping(mapping))
    reader = _Reader(source=source, engine=engine, prefix=f"{OURS}{uuid.uuid4().hex[:8]}_")
    splits: dict[str, Split] = {}
    ignored = [name for name in source.names if name not in {plan.source for plan in plans}]
    for number, plan in enumerate(plans):
        registered = splits["registration"].clean if plan.shape.name != "registration" else None
        found, unused = reader.read(plan, registered)
        splits[plan.shape.name] = replace(found, clean=settle(plan.shape.name, found.clean))
        ignored += unused
        if plan.source not in {later.source for later in plans[number + 1 :]}:
            reader.leave(plan.source)
    reader.close()
    rejections = Rejections(
        by_table={name: one.rejected for name, one in splits.items() if one.rejected is not None},
        read=tuple(splits),
        dimensions={rule: about for one in splits.values() for rule, about in one.dimensions.items()},
    )
    if strict and rejections.by_table:
        raise SchemaError(_strict_sentence(rejections))
    return _records(splits, plans, rejections, tuple(sorted(ignored)), source.notes)


def planned_shapes(source: Source, mapping: Mapping | str | Path | None) -> dict[str, Table]:
    """Return the record types that a source holds, with the columns that a mapping adds."""
    return {plan.shape.name: plan.shape for plan in _plan(source, _mapping(mapping))}


def _mapping(mapping: Mapping | str | Path | None) -> Mapping | None:
    return None if mapping is None else load_mapping(mapping)


def _engine(source: Source) -> IbisConnection:
    """Return where the work is done: on the source's own engine, else in a database in memory."""
    return source.connection if isinstance(source, ConnectionSource) else ibis.duckdb.connect()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    shape: Table
    source: str
    mapped: TableMapping | None


def _plan(source: Source, mapping: Mapping | None) -> list[_Plan]:
    """Say which table of the source becomes which record type, `registration` first."""
    mapped = mapping.tables if mapping else {}
    for name, table in mapped.items():
        if table.source not in source.names:
            raise SourceError(
                f"The mapping takes {name!r} from {table.source!r}, which {source.title} does not have."
                f"{hint(table.source, source.names)}"
            )
    taken = {table.source for table in mapped.values()}
    plans = {
        name: _Plan(shape=TABLES[name], source=name, mapped=None) for name in source.names if name in TABLES
    }
    plans = {name: plan for name, plan in plans.items() if name not in taken}
    plans |= {
        name: _Plan(shape=table.shape(TABLES[name]), source=table.source, mapped=table)
        for name, table in mapped.items()
    }
    if "registration" not in plans:
        raise SourceError(
            f"Records need the table 'registration', which {source.title} does not have; add it, or name its "
            f"source in a mapping.{hint('registration', source.names) if source.names else ''}"
        )
    return [plans["registration"], *(plan for name, plan in plans.items() if name != "registration")]


@dataclass(frozen=True, slots=True)
class _Steps:
    """What is stored of a mapping while its table is read."""

    engine: IbisConnection
    prefix: str
    kept: list[IbisTable] = field(default_factory=list)

    def keep(self, rows: IbisTable) -> IbisTable:
        self.kept.append(store(self.engine, f"{self.prefix}{len(self.kept)}", rows))
        return self.kept[-1]

    def free(self) -> None:
        for table in self.kept:
            free(self.engine, table)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads the tables of one source on one engine."""

    source: Source
    engine: IbisConnection
    prefix: str
    staged: dict[str, IbisTable] = field(default_factory=dict)

    def read(self, plan: _Plan, registered: IbisTable | None) -> tuple[Split, list[str]]:
        """Return the rows of one record type, and the columns of the source that nobody asked for."""
        title = self.source.place(plan.source)
        place = Place(connection=self.engine, prefix=self.prefix, title=title)
        with self._told(plan.source):
            stored = self._stage(plan)
            steps = _Steps(self.engine, f"{self.prefix}step_{plan.shape.name}_")
            source_rows = to_value(stored.count())
            distinct_by: tuple[str, ...] = ()
            if plan.mapped is None:
                names = [name for name in stored.columns if name in plan.shape.column_names]
                readings: Dict[str, Reading] = {name: Reading(value=stored[name]) for name in names}
                unused = [f"{plan.source}.{name}" for name in stored.columns if name not in (*names, ROW)]
                taken = stored
            else:
                taken, readings = map_columns(stored, plan.mapped, self.engine, title=title, keep=steps.keep)
                unused, distinct_by = [], plan.mapped.distinct_by
            result = split(
                taken,
                readings,
                plan.shape,
                place,
                source_rows=source_rows,
                registered=registered,
                distinct_by=distinct_by,
            )
            steps.free()
        return result, unused

    def leave(self, name: str) -> None:
        """Drop what was stored of a table of the source."""
        if name in self.staged:
            forget(self.engine, self.staged.pop(name))

    def close(self) -> None:
        """Let go of an attached file."""
        if not isinstance(self.source, ConnectionSource):
            self.engine.raw_sql("DETACH DATABASE IF EXISTS attached")

    def _stage(self, plan: _Plan) -> IbisTable:
        """Return one table of the source, its rows numbered unless they are on the source's own engine.

        A file that is read as it is stays where it lies; everything else is stored first.
        """
        name = plan.source
        if name in self.staged:
            return self.staged[name]
        table = self.source.table(name, self.engine)
        if isinstance(self.source, ConnectionSource):
            return table
        numbered = table.mutate(**{ROW: ibis.row_number()})
        if plan.mapped is None and not numbered.op().find(ibis.expr.operations.InMemoryTable):
            return numbered
        self.staged[name] = store(self.engine, f"{self.prefix}source_{name}", numbered)
        return self.staged[name]

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Turn what an engine says about a table of the source into one sentence."""
        try:
            yield
        except CreditRiskError:
            raise
        except _engine_errors(self.engine) as error:
            place = self.source.place(name)
            why = reason(error.__cause__ or error)
            said = f"{place[0].upper()}{place[1:]} cannot be read: {why}; write it again."
            raise SourceError(said) from None


def _engine_errors(engine: IbisConnection) -> tuple[type[Exception], ...]:
    if engine.name == "duckdb":
        return (duckdb.Error, TableNotFound)
    if engine.name == "postgres":
        import psycopg

        return (psycopg.Error, TableNotFound)
    from pyspark.errors import PySparkException

    return (PySparkException, TableNotFound)


def _strict_sentence(rejections: Rejections) -> str:
    counts = rejections.counts()
    said = "; ".join(f"{row.rows} of {row.table!r} ({row.rule})" for row in counts.itertuples())
    return (
        f"No row may break a rule with `strict=True`; {rejections.total} did: {said}; correct them or read "
        f"without it."
    )


def _records(
    splits: Dict[str, Split],
    plans: list[_Plan],
    rejections: Rejections,
    ignored: tuple[str, ...],
    notes: tuple[str, ...],
) -> Records:
    tables = {name: one.clean for name, one in splits.items()}
    if not to_value(tables["registration"].count()):
        counts = rejections.counts()
        rules = counts.loc[counts["table"] == "registration", "rule"].tolist() or ["it came empty"]
        raise SchemaError(
            f"Table 'registration' has no row left: {'; '.join(rules)}; correct them or map their columns."
        )
    first, last = _span(tables)
    return Records(
        tables=tables,
        shapes={plan.shape.name: plan.shape for plan in plans},
        rejections=rejections,
        account=tuple(one.account for one in splits.values()),
        ignored=ignored,
        notes=notes,
        first_known_on=first,
        last_known_on=last,
    )


def _span(tables: Dict[str, IbisTable]) -> tuple[dt.date, dt.date]:
    """Return the first and the last day on which anything became known."""
    parts = [t.aggregate(first=t.known_on.min(), last=t.known_on.max()) for t in tables.values()]
    days = reduce(lambda one, other: one.union(other), parts).to_pyarrow().to_pydict()
    return min(filter(None, days["first"])), max(filter(None, days["last"]))
