"""A mapping applied: the columns of a source become what a record type can read, in plain Ibis."""

import datetime as dt

import ibis

from creditrisk.errors import SchemaError
from creditrisk.records.casts import cleaned, to_day, to_text
from creditrisk.records.column_mapping import ColumnMapping
from creditrisk.records.conform import DERIVED, Check, Reading
from creditrisk.records.engine import IbisBoolean, IbisConnection, IbisTable, IbisValue
from creditrisk.records.forms.codes import as_uscc, half_width, recoded_parts, stripped, widened
from creditrisk.records.forms.day_numbers import read_day
from creditrisk.records.forms.numbers import NumberReader
from creditrisk.records.mapping import TableMapping
from creditrisk.records.sql_fragments import no_column, with_fragments

NORMALISED = {"uscc": as_uscc, "half_width": half_width}


def map_columns(
    source: IbisTable, mapping: TableMapping, connection: IbisConnection, *, title: str
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
    return table, {name: read_column(name, column, table, common) for name, column in columns.items()}


def read_column(name: str, column: ColumnMapping, table: IbisTable, common: tuple[str, ...]) -> Reading:
    """Return what a mapping makes of one column.

    Parameters
    ----------
    name : str
        Our column.
    column : ColumnMapping
        Where its values come from.
    table : ibis.Table
        The source with the values of the SQL fragments.
    common : tuple of str
        The sentinels of a column that names none.

    Returns
    -------
    Reading
        Its values and what is demanded of them.
    """
    if column.value is not None:
        return Reading(value=ibis.literal(column.value))
    value = source_value(name, column, table)
    meant = is_sentinel(value, common if column.sentinels is None else column.sentinels)
    if meant is not None:
        value = ibis.ifelse(meant, ibis.null(value.type()), value)
    if column.normalise is not None:
        value = NORMALISED[column.normalise](to_text(value))
    if column.width is not None:
        value = widened(to_text(value), column.width)
    return _converted(name, column, value)


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


def _converted(name: str, column: ColumnMapping, value: IbisValue) -> Reading:
    if column.separator is not None:
        recode = None if column.recode is None else {code: str(ours) for code, ours in column.recode.items()}
        otherwise = None if column.otherwise is None else str(column.otherwise)
        codes, unnamed = recoded_parts(to_text(value), column.separator, recode, otherwise)
        return Reading(value=codes, checks=(_not_recoded(name, value, unnamed),))
    if column.recode is not None:
        return _recoded(name, value, column)
    if column.number or column.unit or column.multiply is not None:
        reader = NumberReader(form=column.number, unit=column.unit, multiply=column.multiply)
        return _checked(value, reader.read(value), f"{name} cannot be read as float")
    if column.format is not None:
        forms = " or ".join(column.format)
        rule = f"{name} cannot be read as date in the format {forms}"
        return _checked(value, read_day(value, column.format), rule)
    return Reading(value=value)


def _checked(value: IbisValue, read: IbisValue, rule: str) -> Reading:
    return Reading(value=read, checks=(Check(rule=rule, value=value, fails=value.notnull() & read.isnull()),))


def _recoded(name: str, value: IbisValue, column: ColumnMapping) -> Reading:
    text = to_text(value)
    recode = column.recode or {}
    kind = ibis.literal(next(iter([*recode.values(), column.otherwise]))).type()
    unnamed = value.notnull() & ~text.isin(list(recode))
    branches = [(text == code, ibis.literal(ours, kind)) for code, ours in recode.items()]
    if column.otherwise is not None:
        return Reading(value=ibis.cases(*branches, (unnamed, ibis.literal(column.otherwise, kind))))
    return Reading(value=ibis.cases(*branches), checks=(_not_recoded(name, value, unnamed),))


def _not_recoded(name: str, value: IbisValue, unnamed: IbisBoolean) -> Check:
    return Check(rule=f"{name} has a value that the mapping does not recode", value=value, fails=unnamed)


def _day(sentinel: str) -> dt.date | None:
    try:
        return dt.date(*(int(part) for part in sentinel.split("-")))
    except (TypeError, ValueError):
        return None
