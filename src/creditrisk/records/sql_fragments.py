"""SQL fragments of a mapping: checked, translated into the engine's dialect, and added to the source.

A fragment is written in the dialect of DuckDB on every engine; its columns are found without regard to case.
"""

import uuid
from collections.abc import Mapping

import ibis
import sqlglot
import sqlglot.errors
import sqlglot.expressions as sge

from creditrisk.errors import SchemaError, SpecError, hint
from creditrisk.records.conform import DERIVED, ROW
from creditrisk.records.engine import OURS, IbisConnection, IbisTable, reason

WRITTEN_IN = "duckdb"
DIALECTS = {"pyspark": "spark"}
NOT_SCALAR = (sge.Query, sge.AggFunc, sge.Window, sge.Star)


def with_fragments(
    source: IbisTable,
    fragments: Mapping[str, str],
    where: str | None,
    connection: IbisConnection,
    *,
    title: str,
) -> IbisTable:
    """Add the values of SQL fragments to a table, and leave out the rows that a condition excludes.

    Parameters
    ----------
    source : ibis.Table
        A table of the connection.
    fragments : mapping of str to str
        Scalar expressions by the name of the column that they fill.
    where : str or None
        A condition on the rows.
    connection : ibis connection
        The engine.
    title : str
        What to call the source in an error.

    Returns
    -------
    ibis.Table
        The source with a column ``"sql:name"`` for every fragment.

    Raises
    ------
    SchemaError
        If a fragment names a column that the source does not have.
    SpecError
        If a fragment is no scalar expression, or does not fit the values of its columns.
    """
    if not fragments and where is None:
        return source
    trees = {name: _parsed(sql, f"'sql' of {name!r}", source, title) for name, sql in fragments.items()}
    condition = None if where is None else _parsed(where, "'where'", source, title)
    dialect = DIALECTS.get(connection.name, connection.name)
    added = [sge.alias_(sge.paren(tree), f"{DERIVED}{name}", quoted=True) for name, tree in trees.items()]
    query = sge.select("*", *added).from_(sge.Subquery(this=_as_tree(source, dialect), alias="source"))
    query = query.where(condition) if condition is not None else query
    written = query.sql(dialect=dialect)
    return connection.sql(written, schema=_tried(written, connection, title))


def _as_tree(source: IbisTable, dialect: str) -> sge.Expr:
    return sqlglot.parse_one(str(ibis.to_sql(source)), dialect=dialect)


def _tried(query: str, connection: IbisConnection, title: str) -> ibis.Schema:
    """Compute every value of a query once, so that one that fails is told here, and return its columns."""
    name = f"{OURS}mapped_{uuid.uuid4().hex[:8]}"
    try:
        connection.raw_sql(f"CREATE TEMPORARY VIEW {name} AS {query}")
        table = connection.table(name)
        _longest(table).to_pyarrow()
        return table.schema()
    except Exception as error:
        raise SpecError(
            f"In the mapping of {title} an SQL fragment does not fit its columns: {reason(error)}."
        ) from None
    finally:
        connection.raw_sql(f"DROP VIEW IF EXISTS {name}")


def _longest(table: IbisTable) -> IbisTable:
    """Ask for the length of the longest value of every fragment, for which each has to be computed."""
    values = [table[column] for column in table.columns if column.startswith(DERIVED)]
    lengths = {f"longest_{i}": value.cast("string").length().max() for i, value in enumerate(values)}
    return table.aggregate(rows=table.count(), **lengths)


def _parsed(fragment: str, what: str, source: IbisTable, title: str) -> sge.Expr:
    """Return a fragment as a tree, its columns named exactly as the source names them."""
    try:
        tree = sqlglot.parse_one(f"SELECT {fragment}", dialect=WRITTEN_IN)
    except sqlglot.errors.SqlglotError:
        raise SpecError(f"In the mapping of {title} {what} is not SQL: {fragment!r}; correct it.") from None
    inner = tree.expressions
    if len(inner) != 1 or tree.args.get("from_") or inner[0].find(*NOT_SCALAR):
        raise SpecError(
            f"In the mapping of {title} {what} must be one scalar expression over the columns of a row; "
            f"got {fragment!r}; use no query, aggregate or window."
        )
    spellings = {name.lower(): name for name in source.columns} | {name: name for name in source.columns}
    for column in inner[0].find_all(sge.Column):
        name = spellings.get(column.name, spellings.get(column.name.lower()))
        if name is None:
            raise SchemaError(no_column(column.name, source, title))
        column.set("this", sge.to_identifier(name, quoted=True))
    expression: sge.Expr = inner[0]
    return expression


def no_column(name: str, source: IbisTable, title: str) -> str:
    """Return the sentence for a column that the source does not have."""
    known = [column for column in source.columns if column != ROW]
    return f"The mapping names the column {name!r}, which {title} does not have.{hint(name, known)}"
