"""A mapping applied: the columns of a source become what a record type can read."""

import datetime as dt

import duckdb
import ibis
import sqlglot
import sqlglot.errors
import sqlglot.expressions as sge

from creditrisk.errors import SchemaError, SpecError, hint
from creditrisk.records.casts import cleaned, to_day, to_number, to_text, try_strptime
from creditrisk.records.conform import ROW, Check, Reading
from creditrisk.records.engine import IbisConnection, IbisTable, IbisValue, reason, table_names
from creditrisk.records.mapping import ColumnMapping, TableMapping

DIALECT = "duckdb"
NOT_SCALAR = (sge.Query, sge.AggFunc, sge.Window, sge.Star)


def map_columns(
    source: IbisTable, mapping: TableMapping, connection: IbisConnection, *, title: str
) -> tuple[IbisTable, dict[str, Reading]]:
    """Apply the mapping of one table.

    Parameters
    ----------
    source : ibis.Table
        The stored table of the source.
    mapping : TableMapping
        What becomes of it.
    connection : ibis connection
        The DuckDB connection that stores the source.
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
    fragments = {name: column.sql for name, column in columns.items() if column.sql is not None}
    for name, fragment in fragments.items():
        _check_fragment(fragment, f"'sql' of {name!r}", source, title)
    if mapping.where is not None:
        _check_fragment(mapping.where, "'where'", source, title)
    for column in columns.values():
        if column.column is not None and column.column not in source.columns:
            raise SchemaError(_no_column(column.column, source, title))
    table = _with_fragments(source, fragments, mapping.where, connection, title)
    return table, {name: _reading(name, column, table) for name, column in columns.items()}


def _no_column(name: str, source: IbisTable, title: str) -> str:
    known = [column for column in source.columns if column != ROW]
    return f"The mapping names the column {name!r}, which {title} does not have.{hint(name, known)}"


def _check_fragment(fragment: str, what: str, source: IbisTable, title: str) -> None:
    try:
        tree = sqlglot.parse_one(f"SELECT {fragment}", dialect=DIALECT)
    except sqlglot.errors.SqlglotError:
        raise SpecError(f"In the mapping of {title} {what} is not SQL: {fragment!r}; correct it.") from None
    inner = tree.expressions
    if len(inner) != 1 or tree.args.get("from_") or inner[0].find(*NOT_SCALAR):
        raise SpecError(
            f"In the mapping of {title} {what} must be one scalar expression over the columns of a row; "
            f"got {fragment!r}; use no query, aggregate or window."
        )
    lower = {column.lower() for column in source.columns}
    for column in inner[0].find_all(sge.Column):
        if column.name.lower() not in lower:
            raise SchemaError(_no_column(column.name, source, title))


def _with_fragments(
    source: IbisTable, fragments: dict[str, str], where: str | None, connection: IbisConnection, title: str
) -> IbisTable:
    """Store the source with its SQL fragments as columns and its `where` as a filter."""
    if not fragments and where is None:
        return source
    selected = ", ".join(["*", *(f'({sql}) AS "{_fragment_name(name)}"' for name, sql in fragments.items())])
    name = f"mapped_{len(table_names(connection))}"
    stored = sge.to_identifier(source.op().name, quoted=True).sql(DIALECT)
    query = f"SELECT {selected} FROM {stored}{f' WHERE {where}' if where else ''}"
    try:
        connection.raw_sql(f'CREATE TABLE "{name}" AS {query}')
    except duckdb.Error as error:
        raise SpecError(
            f"In the mapping of {title} an SQL fragment does not fit its columns: {reason(error)}."
        ) from None
    return connection.table(name)


def _fragment_name(name: str) -> str:
    return f"sql:{name}"


def _reading(name: str, column: ColumnMapping, table: IbisTable) -> Reading:
    if column.value is not None:
        return Reading(value=ibis.literal(column.value))
    value = cleaned(table[column.column or _fragment_name(name)])
    value = _without_sentinels(value, column.sentinels)
    if column.recode is not None:
        return _recoded(name, value, column)
    if column.multiply is not None:
        number = to_number(value)
        return _checked(value, number, number * column.multiply, f"{name} cannot be read as float")
    if column.format is not None:
        day = try_strptime(to_text(value), column.format).date()
        return _checked(value, day, day, f"{name} cannot be read as date in the format {column.format}")
    return Reading(value=value)


def _checked(value: IbisValue, read: IbisValue, result: IbisValue, rule: str) -> Reading:
    return Reading(
        value=result, checks=(Check(rule=rule, value=value, fails=value.notnull() & read.isnull()),)
    )


def _recoded(name: str, value: IbisValue, column: ColumnMapping) -> Reading:
    text = to_text(value)
    recode = column.recode or {}
    kind = ibis.literal(next(iter([*recode.values(), column.otherwise]))).type()
    unnamed = value.notnull() & ~text.isin(list(recode))
    branches = [(text == code, ibis.literal(ours, kind)) for code, ours in recode.items()]
    if column.otherwise is not None:
        return Reading(value=ibis.cases(*branches, (unnamed, ibis.literal(column.otherwise, kind))))
    check = Check(rule=f"{name} has a value that the mapping does not recode", value=value, fails=unnamed)
    return Reading(value=ibis.cases(*branches), checks=(check,))


def _without_sentinels(value: IbisValue, sentinels: tuple[str, ...]) -> IbisValue:
    if not sentinels:
        return value
    kind = value.type()
    if kind.is_temporal():
        days = [day for sentinel in sentinels if (day := _day(sentinel)) is not None]
        meant = to_day(value).isin(days) if days else ibis.literal(False)
    else:
        meant = to_text(value).isin(sentinels)
    return ibis.ifelse(meant, ibis.null(kind), value)


def _day(sentinel: str) -> dt.date | None:
    try:
        return dt.date(*(int(part) for part in sentinel.split("-")))
    except (TypeError, ValueError):
        return None
