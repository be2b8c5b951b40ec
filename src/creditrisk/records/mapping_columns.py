"""A mapping applied: the columns of a source become what a record type can read, in plain Ibis."""

import datetime as dt
from collections.abc import Callable

import ibis

from creditrisk.errors import SchemaError
from creditrisk.records.casts import cleaned, to_day, to_text
from creditrisk.records.column_mapping import ColumnMapping, Scalar
from creditrisk.records.conform import DERIVED, Check, Reading
from creditrisk.records.engine import IbisBoolean, IbisConnection, IbisTable, IbisValue
from creditrisk.records.forms.codes import as_uscc, half_width, recoded_parts, stripped, widened
from creditrisk.records.forms.day_numbers import read_day
from creditrisk.records.forms.numbers import NumberReader
from creditrisk.records.mapping import TableMapping
from creditrisk.records.sql_fragments import no_column, with_fragments

GIVEN, READ = f"{DERIVED}given:", f"{DERIVED}read:"
NORMALISED = {"uscc": as_uscc, "half_width": half_width}


def map_columns(
    source: IbisTable,
    mapping: TableMapping,
    connection: IbisConnection,
    *,
    title: str,
    keep: Callable[[IbisTable], IbisTable] = lambda rows: rows,
) -> tuple[IbisTable, dict[str, Reading]]:
    """Apply the mapping of one table.

    Parameters
    ----------
    source : ibis.Table
        A table of the connection.
    mapping : TableMapping
        What becomes of it.
    connection : ibis connection
        The engine that holds the source.
    title : str
        What to call the source in an error.
    keep : callable
        What to do with the rows of a step before the next reads them: kept on the engine, a value is worked
        out once, and no query is longer than one step.

    Returns
    -------
    ibis.Table
        The rows that the mapping takes.
    dict of str to Reading
        Our columns, over that table.

    Raises
    ------
    SchemaError
        If the mapping names a column that the source does not have.
    SpecError
        If an SQL fragment is not a scalar expression.
    """
    columns: dict[str, ColumnMapping] = {**mapping.columns, **mapping.extra}
    for column in columns.values():
        if column.column is not None and column.column not in source.columns:
            raise SchemaError(no_column(column.column, source, title))
    fragments = {name: column.sql for name, column in columns.items() if column.sql is not None}
    table = with_fragments(source, fragments, mapping.where, connection, title=title)
    common = mapping.sentinels or ()
    given = {f"{GIVEN}{name}": _given(name, column, table, common) for name, column in columns.items()}
    table = table.mutate(**given)
    if any(column.converts for column in columns.values()):
        table = keep(table)
        read = {f"{READ}{name}": _read(column, table[f"{GIVEN}{name}"]) for name, column in columns.items()}
        table = keep(table.mutate(**{name: value for name, value in read.items() if value is not None}))
    return table, {name: _reading(name, column, table) for name, column in columns.items()}


def _given(name: str, column: ColumnMapping, table: IbisTable, common: tuple[str, ...]) -> IbisValue:
    """Return the values of the source, those that mean none as null, codes in their full form."""
    if column.value is not None:
        return ibis.literal(column.value)
    value = source_value(name, column, table)
    meant = is_sentinel(value, common if column.sentinels is None else column.sentinels)
    if meant is not None:
        value = ibis.ifelse(meant, ibis.null(value.type()), value)
    if column.normalise is not None:
        value = NORMALISED[column.normalise](to_text(value))
    return value if column.width is None else widened(to_text(value), column.width)


def _read(column: ColumnMapping, value: IbisValue) -> IbisValue | None:
    """Return what the values become; none if they stay as they are."""
    if column.separator is not None:
        recode = None if column.recode is None else {code: str(ours) for code, ours in column.recode.items()}
        otherwise = None if column.otherwise is None else str(column.otherwise)
        return recoded_parts(to_text(value), column.separator, recode, otherwise)
    if column.recode is not None:
        return _recoded(value, column.recode, column.otherwise)
    if column.number or column.unit or column.multiply is not None:
        return NumberReader(form=column.number, unit=column.unit, multiply=column.multiply).read(value)
    return read_day(value, column.format) if column.format is not None else None


def _recoded(value: IbisValue, recode: dict[str, Scalar], otherwise: Scalar | None) -> IbisValue:
    text = to_text(value)
    kind = ibis.literal(next(iter([*recode.values(), otherwise]))).type()
    branches = [(text == code, ibis.literal(ours, kind)) for code, ours in recode.items()]
    if otherwise is not None:
        branches.append((value.notnull(), ibis.literal(otherwise, kind)))
    return ibis.cases(*branches)


def _reading(name: str, column: ColumnMapping, table: IbisTable) -> Reading:
    given = table[f"{GIVEN}{name}"]
    if f"{READ}{name}" not in table.columns:
        return Reading(value=given)
    read = table[f"{READ}{name}"]
    rule = _rule(name, column)
    fails = given.notnull() & read.isnull()
    return Reading(value=read, checks=() if rule is None else (Check(rule=rule, value=given, fails=fails),))


def _rule(name: str, column: ColumnMapping) -> str | None:
    """Return what is wrong where a value is there and nothing can be read; none if nothing is."""
    if column.recode is not None:
        return f"{name} has a value that the mapping does not recode"
    if column.separator is not None:
        return None
    if column.format is not None:
        return f"{name} cannot be read as date in the format {' or '.join(column.format)}"
    return f"{name} cannot be read as float"


def source_value(name: str, column: ColumnMapping, table: IbisTable) -> IbisValue:
    """Return the cleaned values of the source that a column of ours comes from."""
    value = cleaned(table[column.column or f"{DERIVED}{name}"])
    return stripped(to_text(value), column.strip) if column.strip else value


def is_sentinel(value: IbisValue, sentinels: tuple[str, ...]) -> IbisBoolean | None:
    """Return where a value means *none*; none if it cannot."""
    if not sentinels:
        return None
    if value.type().is_temporal():
        days = [day for sentinel in sentinels if (day := _day(sentinel)) is not None]
        return to_day(value).isin(days) if days else None
    return to_text(value).isin(sentinels)


def _day(sentinel: str) -> dt.date | None:
    try:
        return dt.date(*(int(part) for part in sentinel.split("-")))
    except (TypeError, ValueError):
        return None
