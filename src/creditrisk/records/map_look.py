"""A look at a source through a mapping: what each column is, and what nobody asks for."""

from dataclasses import dataclass, field

import pandas as pd

from creditrisk.errors import CreditRiskError, SourceError, hint
from creditrisk.records.column_checks import ColumnCheck, check_columns
from creditrisk.records.column_mapping import ColumnMapping
from creditrisk.records.engine import OURS, IbisConnection, IbisTable, reason, store
from creditrisk.records.mapping import Mapping, TableMapping
from creditrisk.records.sources import Source
from creditrisk.records.sources.connection import ConnectionSource
from creditrisk.records.suggestions import suggested_column, suggested_table
from creditrisk.records.tables import TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at the tables of a source through a mapping.

    Parameters
    ----------
    source : Source
        What a bureau holds.
    engine : ibis connection
        Where it is looked at.
    mapping : Mapping
        What it is taken for.
    seen : dict of str to ibis.Table
        The tables that were looked at already.
    """

    source: Source
    engine: IbisConnection
    mapping: Mapping
    seen: dict[str, IbisTable] = field(default_factory=dict)

    @property
    def plain(self) -> list[str]:
        """The tables of the source that have the name of a record type and need no mapping."""
        taken = {table.source for table in self.mapping.tables.values()} | {*self.mapping.tables}
        return [name for name in self.source.names if name in TABLES and name not in taken]

    def columns(self) -> tuple[list[ColumnCheck], dict[str, str]]:
        """Return what was found of every mapped column, and why some tables cannot be looked at."""
        checks: list[ColumnCheck] = []
        notes = {}
        for name, mapped in self.mapping.tables.items():
            try:
                shape = mapped.shape(TABLES[name])
                table, title = self._table(mapped.source), self.source.place(mapped.source)
                checks += check_columns(table, mapped, shape, self.engine, title=title)
            except CreditRiskError as error:
                notes[name] = str(error)
        return checks, notes

    def available(self, checks: list[ColumnCheck]) -> dict[str, set[str]]:
        """Return the columns that each record type would have."""
        found: dict[str, set[str]] = {name: set(self._table(name).columns) for name in self.plain}
        for check in checks:
            if check.status != "missing":
                found.setdefault(check.table, set()).add(check.column)
        return found

    def unused(self) -> pd.DataFrame:
        """Return the tables and columns of the source that nobody asked for."""
        used = {table.source for table in self.mapping.tables.values()} | {*self.plain}
        open_shapes = [TABLES[name] for name in TABLES if name not in {*self.mapping.tables, *self.plain}]
        rows = [
            (name, "", suggested_table(name, open_shapes)) for name in self.source.names if name not in used
        ]
        for origin in sorted(used & {*self.source.names}):
            rows += self._unused_columns(origin)
        return pd.DataFrame(rows, columns=["source", "column", "suggestion"])

    def _unused_columns(self, origin: str) -> list[tuple[str, str, str]]:
        fed = {name: table for name, table in self.mapping.tables.items() if table.source == origin}
        if not fed:
            known = TABLES[origin].column_names
            return [(origin, name, "") for name in self._table(origin).columns if name not in known]
        asked = {column.column for table in fed.values() for column in _columns(table)}
        written = " ".join(column.sql or "" for table in fed.values() for column in _columns(table)).lower()
        rows = []
        for name in self._table(origin).columns:
            if name in asked or name.lower() in written:
                continue
            likely = (
                (table, suggested_column(name, TABLES[table], _unfilled(table, mapped)))
                for table, mapped in fed.items()
            )
            rows.append((origin, name, ", ".join(f"{table}.{ours}" for table, ours in likely if ours)))
        return rows

    def _table(self, name: str) -> IbisTable:
        if name not in self.source.names:
            near = hint(name, self.source.names)
            raise SourceError(
                f"{self.source.title[0].upper()}{self.source.title[1:]} has no table {name!r}.{near}"
            )
        if name not in self.seen:
            try:
                table = self.source.table(name, self.engine)
                if not isinstance(self.source, ConnectionSource):
                    table = store(self.engine, f"{OURS}look_{len(self.seen)}", table)
            except CreditRiskError:
                raise
            except Exception as error:
                said = f"{self.source.place(name)} cannot be read: {reason(error)}; write it again."
                raise SourceError(f"{said[0].upper()}{said[1:]}") from None
            self.seen[name] = table
        return self.seen[name]


def _columns(table: TableMapping) -> list[ColumnMapping]:
    return [*table.columns.values(), *table.extra.values()]


def _unfilled(name: str, mapped: TableMapping) -> list[str]:
    return [column for column in TABLES[name].column_names if column not in mapped.columns]
