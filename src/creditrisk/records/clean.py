"""One record type of one source: staged, checked, and split into clean rows and rejected rows."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis

from creditrisk.errors import SchemaError
from creditrisk.records.conform import ROW, RULE, Check, Reading, conform
from creditrisk.records.engine import IbisConnection, IbisTable, to_value
from creditrisk.records.schema import Table

NOT_EARLIEST = "not the earliest record of its key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The rows of one record type.

    Parameters
    ----------
    clean : ibis.Table
        Those that broke no rule, with the columns of the record type.
    rejected : ibis.Table or None
        Those that broke one, as they came, with `rule` and `source_row`; none if there are none.
    """

    clean: IbisTable
    rejected: IbisTable | None


def split(
    source: IbisTable,
    readings: Mapping[str, Reading],
    shape: Table,
    connection: IbisConnection,
    *,
    title: str,
    registered: IbisTable | None,
    distinct_by: tuple[str, ...] = (),
) -> Split:
    """Split the rows of a source into clean and rejected records of one type.

    Parameters
    ----------
    source : ibis.Table
        A stored table of the connection, its rows numbered in `source_row`.
    readings : mapping of str to Reading
        What the source has, by the name of the record's column.
    shape : Table
        The record type.
    connection : ibis connection
        Where the results are stored.
    title : str
        What to call the source in an error.
    registered : ibis.Table or None
        The registered entities; none while `registration` itself is read.
    distinct_by : tuple of str
        Keys of which only the earliest known record is kept; the others are left out, not rejected.

    Returns
    -------
    Split
        Both kinds of rows, stored in the connection.

    Raises
    ------
    SchemaError
        If a column is missing, or none of its values can be cast.
    """
    checked, checks = conform(source, readings, shape, title=title)
    checked = _later_copies(checked, distinct_by, NOT_EARLIEST) if distinct_by else checked
    checked = _later_copies(checked, ("record_id",), "record_id stands twice")
    if shape.one_per_entity:
        checked = _later_copies(checked, ("entity_id",), "entity has a second record")
    if registered is not None:
        checked = _orphans(checked, registered)
    checked = connection.create_table(f"checked_{shape.name}", checked)
    clean = connection.create_table(
        shape.name, checked.filter(checked[RULE].isnull()).select(*shape.column_names)
    )
    rejected = checked.filter(checked[RULE].notnull() & (checked[RULE] != NOT_EARLIEST))
    if not to_value(rejected.count()):
        return Split(clean=clean, rejected=None)
    _refuse_unreadable(source, checks, shape, title)
    return Split(clean=clean, rejected=_as_they_came(source, rejected, shape.name, connection))


def _later_copies(checked: IbisTable, keys: tuple[str, ...], rule: str) -> IbisTable:
    """Mark every row whose key an earlier known row has; of two on one day the first in the source stays."""
    window = ibis.window(
        group_by=[checked[RULE].isnull(), *(checked[key] for key in keys)],
        order_by=[checked.known_on, checked.occurred_on, checked[ROW]],
    )
    later = checked[RULE].isnull() & (ibis.row_number().over(window) > 0)
    return checked.mutate(**{RULE: ibis.ifelse(later, rule, checked[RULE])})


def _orphans(checked: IbisTable, registered: IbisTable) -> IbisTable:
    orphan = checked[RULE].isnull() & ~checked.entity_id.isin(registered.entity_id)
    return checked.mutate(**{RULE: ibis.ifelse(orphan, "entity not registered", checked[RULE])})


def _refuse_unreadable(source: IbisTable, checks: tuple[Check, ...], shape: Table, title: str) -> None:
    """Raise if some column has values and every one of them fails: that is no bad row but a bad column."""
    if not checks:
        return
    sums = {f"{what}_{i}": e.sum() for i, check in enumerate(checks) for what, e in check.both().items()}
    found = source.aggregate(**sums).to_pyarrow().to_pylist()[0]
    for i, check in enumerate(checks):
        if found[f"present_{i}"] and found[f"present_{i}"] == found[f"fails_{i}"]:
            example = source.filter(check.fails).select(value=check.value.cast("string")).limit(1)
            value = example.to_pyarrow()["value"][0].as_py()
            raise SchemaError(
                f"In table {shape.name!r} ({title}) {check.rule}: none of the {found[f'present_{i}']} values "
                f"fits, the first is {value!r}; correct the column or map it."
            )


def _as_they_came(source: IbisTable, rejected: IbisTable, name: str, connection: IbisConnection) -> IbisTable:
    text = source.select(ROW, **{c: source[c].cast("string") for c in source.columns if c != ROW})
    rows = text.inner_join(rejected.select(ROW, RULE), ROW)
    return connection.create_table(f"rejected_{name}", rows)
