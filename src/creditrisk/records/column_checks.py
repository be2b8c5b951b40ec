"""How well the columns of one mapped table can be read, with an example of what cannot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis

from creditrisk.errors import CreditRiskError
from creditrisk.records.casts import cleaned, to_text, to_type
from creditrisk.records.code_checks import codes_note
from creditrisk.records.column_mapping import ColumnMapping
from creditrisk.records.conform import Reading
from creditrisk.records.engine import IbisBoolean, IbisConnection, IbisTable
from creditrisk.records.mapping import TableMapping
from creditrisk.records.mapping_columns import is_sentinel, map_columns, source_value
from creditrisk.records.schema import Column, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnCheck:
    """How one column of ours is filled.

    Parameters
    ----------
    table, column : str
        The record type and its column.
    source : str
        Where the values come from: a column, ``"sql"`` or ``"value"``; empty if from nowhere.
    status : str
        ``"fits"``, ``"partly"``, ``"unreadable"`` (no value can be read), ``"empty"`` or ``"missing"`` (the
        source lacks it, or every record needs it and nothing fills it).
    values : int
        Values that are there, sentinels not counted.
    share : float
        The share of them that can be read; not a number if there are none.
    sentinels : int
        Values that mean *none*.
    example : str
        A value that cannot be read.
    note : str
        What to know or do.
    """

    table: str
    column: str
    source: str
    status: str
    values: int = 0
    share: float = float("nan")
    sentinels: int = 0
    example: str = ""
    note: str = ""


def check_columns(
    source: IbisTable, mapping: TableMapping, shape: Table, connection: IbisConnection, *, title: str
) -> list[ColumnCheck]:
    """Check every column of one mapped table.

    Parameters
    ----------
    source : ibis.Table
        The table of the source.
    mapping : TableMapping
        What becomes of it.
    shape : Table
        The record type with the extra columns.
    connection : ibis connection
        The engine that holds the source.
    title : str
        What to call the source in an error.

    Returns
    -------
    list of ColumnCheck
        In the order of the record type; optional columns that nothing fills are left out.

    Raises
    ------
    CreditRiskError
        If the `where` of the mapping cannot be used.
    """
    map_columns(source, _only(mapping, {}), connection, title=title)
    said: dict[str, ColumnMapping] = {**mapping.columns, **mapping.extra}
    problems = {
        name: problem
        for name, column in said.items()
        if (problem := _problem(source, _only(mapping, {name: column}), connection, title))
    }
    sound = {name: column for name, column in said.items() if name not in problems}
    table, readings = map_columns(source, _only(mapping, sound), connection, title=title)
    counts = _Counts(table=table, readings=readings, said=sound, shape=shape, common=mapping.sentinels or ())
    found = counts.all()
    checks = []
    for column in shape.columns:
        if column.name in sound:
            checks.append(counts.check(column, found))
        elif column.name in problems or column.required:
            note = problems.get(column.name, "Every record needs it; add it to the mapping.")
            origin = said[column.name].column or "sql" if column.name in said else ""
            checks.append(
                ColumnCheck(table=shape.name, column=column.name, source=origin, status="missing", note=note)
            )
    return checks


def _only(mapping: TableMapping, said: Mapping[str, ColumnMapping]) -> TableMapping:
    return mapping.model_copy(update={"columns": dict(said), "extra": {}})


def _problem(source: IbisTable, mapping: TableMapping, connection: IbisConnection, title: str) -> str:
    try:
        map_columns(source, mapping, connection, title=title)
    except CreditRiskError as error:
        return str(error)
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    """What is there, what means none and what can be read, in the columns of one table."""

    table: IbisTable
    readings: Mapping[str, Reading]
    said: Mapping[str, ColumnMapping]
    shape: Table
    common: tuple[str, ...]

    def all(self) -> dict[str, Any]:
        """Count everything in one pass."""
        sums = {"rows": self.table.count()}
        for i, name in enumerate(self.readings):
            sums[f"given_{i}"] = self._given(name).sum()
            sums[f"bad_{i}"] = self._bad(name).sum()
            if (meant := self._meant_none(name)) is not None:
                sums[f"none_{i}"] = meant.sum()
        found = self.table.aggregate(**sums).to_pyarrow().to_pylist()[0]
        numbers = {name: i for i, name in enumerate(self.readings)}
        return {
            name: {what: found.get(f"{what}_{i}") or 0 for what in ("given", "bad", "none")}
            for name, i in numbers.items()
        } | {"rows": found["rows"]}

    def check(self, column: Column, found: Mapping[str, Any]) -> ColumnCheck:
        """Return what was found of one column."""
        said = self.said[column.name]
        given, bad, none = (found[column.name][what] for what in ("given", "bad", "none"))
        status = "empty" if not given else "unreadable" if bad == given else "partly" if bad else "fits"
        note = codes_note(self._texts(column.name), said, column) if said.value is None else ""
        lost = found["rows"] - given + bad
        if column.required and lost and not note:
            note = f"Every record needs it; {lost:,} {'row' if lost == 1 else 'rows'} would be rejected."
        return ColumnCheck(
            table=self.shape.name,
            column=column.name,
            source=said.column or ("sql" if said.sql is not None else "value"),
            status=status,
            values=given,
            share=(given - bad) / given if given else float("nan"),
            sentinels=none,
            example=self._example(column.name) if bad else "",
            note=note,
        )

    def _given(self, name: str) -> IbisBoolean:
        said = self.said[name]
        if said.value is not None:
            return ibis.literal(True)
        meant = self._meant_none(name)
        there = source_value(name, said, self.table).notnull()
        return there if meant is None else there & ~meant

    def _meant_none(self, name: str) -> IbisBoolean | None:
        said = self.said[name]
        if said.value is not None:
            return None
        sentinels = self.common if said.sentinels is None else said.sentinels
        meant = is_sentinel(source_value(name, said, self.table), sentinels)
        return None if meant is None else meant.fill_null(False)

    def _bad(self, name: str) -> IbisBoolean:
        typed = to_type(cleaned(self.readings[name].value), self.shape.column(name).type)
        return self._given(name) & typed.isnull()

    def _example(self, name: str) -> str:
        value = self._source_text(name)
        rows = self.table.filter(self._bad(name)).select(value=value).limit(1).to_pyarrow()
        return str(rows["value"][0].as_py())

    def _texts(self, name: str) -> IbisTable:
        """Return the different values of the source with their counts."""
        given = self.table.filter(self._given(name)).select(value=self._source_text(name))
        return given.group_by("value").aggregate(rows=given.count())

    def _source_text(self, name: str) -> Any:
        said = self.said[name]
        if said.value is not None:
            return ibis.literal(str(said.value))
        return to_text(source_value(name, said, self.table))
