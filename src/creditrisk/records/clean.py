"""One record type of one source: checked, and split into clean rows and rejected rows."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis

from creditrisk.errors import SchemaError
from creditrisk.records.accounts import Account
from creditrisk.records.broken import (
    NOT_EARLIEST,
    REPEATED,
    RULE,
    broken,
    dimensions,
    mark,
    mark_later,
    mark_orphans,
)
from creditrisk.records.conform import Check, Conformed, Reading, conform
from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisConnection, IbisTable, forget, store, to_value
from creditrisk.records.schema import ColumnType, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The rows of one record type.

    Parameters
    ----------
    clean : ibis.Table
        Those that broke no rule, with all columns of the record type.
    rejected : ibis.Table or None
        Those that broke one, typed and as they came; none if there are none.
    account : Account
        How many there are of each.
    dimensions : mapping of str to Dimension
        What each rule is about.
    """

    clean: IbisTable
    rejected: IbisTable | None
    account: Account
    dimensions: Mapping[str, Dimension]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the split rows are stored.

    Parameters
    ----------
    connection : ibis connection
        The engine.
    prefix : str
        What the names of our tables begin with.
    title : str
        What to call the source in an error.
    """

    connection: IbisConnection
    prefix: str
    title: str

    def store(self, name: str, rows: IbisTable) -> IbisTable:
        """Keep rows under a name of ours."""
        return store(self.connection, f"{self.prefix}{name}", rows)

    def keep(self, name: str, rows: IbisTable) -> IbisTable:
        """Keep rows where the engine would otherwise work them out anew for every question.

        DuckDB does that quicker than it stores them.
        """
        return rows if self.connection.name == "duckdb" else self.store(name, rows)


def split(
    source: IbisTable,
    readings: Mapping[str, Reading],
    shape: Table,
    place: Place,
    *,
    source_rows: int,
    registered: IbisTable | None,
    distinct_by: tuple[str, ...] = (),
) -> Split:
    """Split the rows of a source into clean and rejected records of one type.

    Parameters
    ----------
    source : ibis.Table
        The rows that the mapping takes.
    readings : mapping of str to Reading
        What the source has, by the name of the record's column.
    shape : Table
        The record type.
    place : Place
        Where the results are stored.
    source_rows : int
        How many rows the source has, those included that the mapping leaves out.
    registered : ibis.Table or None
        The registered entities; none while `registration` itself is read.
    distinct_by : tuple of str
        Keys of which only the earliest known record is kept; the others are left out, not rejected.

    Returns
    -------
    Split
        Both kinds of rows, stored on the engine.

    Raises
    ------
    SchemaError
        If a column is missing, or none of its values can be cast.
    """
    conformed = conform(
        source,
        readings,
        shape,
        title=place.title,
        keep=lambda rows: place.keep(f"typed_{shape.name}", rows),
    )
    taken = to_value(source.count())
    if not distinct_by:
        clean = place.store(shape.name, _good(conformed, registered))
        if to_value(clean.count()) == taken and not _repeated(clean, shape):
            return _all_clean(clean, conformed, shape, source_rows, taken)
        forget(place.connection, clean)
    marked = mark(conformed)
    if registered is not None:
        marked = mark_orphans(marked, registered)
    if distinct_by:
        marked = mark_later(marked, shape, distinct_by, NOT_EARLIEST)
    clean = place.store(f"some_{shape.name}", marked.good())
    for rule in _repeated(clean, shape):
        marked = mark_later(marked, shape, (REPEATED[rule],), rule)
        forget(place.connection, clean)
        clean = place.store(f"single_{REPEATED[rule]}_{shape.name}", marked.good())
    rejected = place.store(f"rejected_{shape.name}", marked.rejected())
    refused = to_value(rejected.count())
    if refused:
        _refuse_unreadable(source, conformed.checks, shape, place.title)
    earlier = to_value((marked.rows[RULE] == NOT_EARLIEST).sum()) or 0 if distinct_by else 0
    return Split(
        clean=with_all_columns(clean, shape),
        rejected=rejected if refused else None,
        account=Account(
            table=shape.name,
            source_rows=source_rows,
            left_out=source_rows - taken + earlier,
            accepted=to_value(clean.count()),
            rejected=refused,
        ),
        dimensions=dimensions(conformed),
    )


def _good(conformed: Conformed, registered: IbisTable | None) -> IbisTable:
    good = conformed.rows.filter(~broken(conformed.rules)).select(*conformed.delivered)
    return good if registered is None else good.semi_join(registered, "entity_id")


def _repeated(clean: IbisTable, shape: Table) -> list[str]:
    """Return the rules by which some clean row is one too many."""
    keys = [key for key in REPEATED.values() if key == "record_id" or shape.one_per_entity]
    counted = clean.aggregate(rows=clean.count(), **{key: clean[key].nunique() for key in keys})
    found = counted.to_pyarrow().to_pylist()[0]
    return [rule for rule, key in REPEATED.items() if key in found and found[key] != found["rows"]]


def _all_clean(clean: IbisTable, conformed: Conformed, shape: Table, source_rows: int, taken: int) -> Split:
    account = Account(
        table=shape.name, source_rows=source_rows, left_out=source_rows - taken, accepted=taken, rejected=0
    )
    return Split(
        clean=with_all_columns(clean, shape),
        rejected=None,
        account=account,
        dimensions=dimensions(conformed),
    )


def with_all_columns(clean: IbisTable, shape: Table) -> IbisTable:
    """Return the columns of the record type; those that the source does not deliver are null."""
    return clean.select(
        **{
            c.name: clean[c.name] if c.name in clean.columns else ibis.null(ENGINE_TYPES[c.type])
            for c in shape.columns
        }
    )


def _refuse_unreadable(source: IbisTable, checks: tuple[Check, ...], shape: Table, title: str) -> None:
    """Raise if some column has values and every one of them fails: that is no bad row but a bad column."""
    if not checks:
        return
    sums = {f"{what}_{i}": e.sum() for i, check in enumerate(checks) for what, e in check.both().items()}
    found = source.aggregate(**sums).to_pyarrow().to_pylist()[0]
    for i, check in enumerate(checks):
        if found[f"present_{i}"] and found[f"present_{i}"] == found[f"fails_{i}"]:
            example = source.filter(check.fails).select(value=check.value.cast("string")).limit(1)
            value = str(example.to_pyarrow()["value"][0].as_py())[:LONGEST_EXAMPLE]
            raise SchemaError(
                f"In table {shape.name!r} ({title}) {check.rule}: none of the {found[f'present_{i}']} values "
                f"fits, the first is {value!r}; correct the column or map it."
            )


LONGEST_EXAMPLE = 80
ENGINE_TYPES = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "int64",
    ColumnType.FLOAT: "float64",
    ColumnType.DATE: "date",
    ColumnType.BOOLEAN: "boolean",
}
