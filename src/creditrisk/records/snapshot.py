"""The records as the bureau knew them on a day: the only thing that indicators may see.

A record is in the snapshot of a day if ``known_on < day``, strictly. Of a record that is in it, a value that
became known later than the record itself (``known_with``) is null until that day has passed as well.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis

from creditrisk.errors import SpecError, hint
from creditrisk.records.engine import IbisTable, IbisValue
from creditrisk.records.schema import Table
from creditrisk.records.tables import TABLES

_MADE_BY_RECORDS = object()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    """What was known on a day, or on each entity's own day; only `Records.as_of` makes one.

    Parameters
    ----------
    date : datetime.date or None
        The day; none for a cohort, of which every entity has its own.
    spine : ibis.Table
        The entities to speak about: `entity_id` and `as_of`, one row each.
    tables : mapping of str to ibis.Table
        The visible rows by table, of all entities, with the column `as_of`; for a cohort one copy for every
        row of the spine with that `entity_id`.
    shapes : mapping of str to Table
        The record types, with the columns that a mapping added.
    made_by : object
        Proof that `Records.as_of` made it.
    """

    date: dt.date | None
    spine: IbisTable
    tables: Mapping[str, IbisTable]
    shapes: Mapping[str, Table]
    made_by: object = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse every maker but `Records.as_of`."""
        if self.made_by is not _MADE_BY_RECORDS:
            raise SpecError(
                "A snapshot is made by `Records.as_of(date)` only, so that it cannot see the future."
            )

    def table(self, name: str) -> IbisTable | None:
        """Return the visible rows of one table.

        Parameters
        ----------
        name : str
            The name of a record type.

        Returns
        -------
        ibis.Table or None
            Its rows with the extra column `as_of`; none if the records do not hold this table.

        Raises
        ------
        SpecError
            If there is no record type of that name.
        """
        if name not in TABLES:
            raise SpecError(f"There is no record type {name!r}.{hint(name, TABLES)}")
        return self.tables.get(name)


def known_before(table: IbisTable, shape: Table, day: IbisValue) -> IbisTable:
    """Keep the rows that were known before a day, and hide the values that were not.

    Parameters
    ----------
    table : ibis.Table
        Rows of one record type.
    shape : Table
        That record type.
    day : ibis date expression
        The day; a literal or a column of `table`.

    Returns
    -------
    ibis.Table
        The same columns; values that a later day made known are null.
    """
    hidden = hidden_until(table, shape, day)
    return (
        table.filter(table.known_on < day).mutate(**hidden) if hidden else table.filter(table.known_on < day)
    )


def hidden_until(table: IbisTable, shape: Table, day: IbisValue) -> dict[str, IbisValue]:
    """Return the values that became known later than their record, null where that was not before a day.

    Parameters
    ----------
    table : ibis.Table
        Rows of one record type.
    shape : Table
        That record type.
    day : ibis date expression
        The day; a literal or a column of `table`.

    Returns
    -------
    dict of str to ibis expression
        By column; columns that are known with their record are not in it.
    """
    return {
        name: ibis.ifelse(table[key] < day, table[name], ibis.null(table[name].type()))
        for name, key in late_columns(shape).items()
    }


def late_columns(shape: Table) -> dict[str, str]:
    """Return the columns that became known later than their record, each with the column of that day.

    Parameters
    ----------
    shape : Table
        A record type.

    Returns
    -------
    dict of str to str
        By column; a column of such days stands for itself.
    """
    keys = {column.name: column.known_with for column in shape.columns if column.known_with}
    return keys | {key: key for key in keys.values()}


def snapshot_of_day(tables: Mapping[str, IbisTable], shapes: Mapping[str, Table], day: dt.date) -> Snapshot:
    """Make the snapshot of a single day; for `Records.as_of`."""
    when = ibis.literal(day)
    seen = {
        name: known_before(table, shapes[name], when).mutate(as_of=when) for name, table in tables.items()
    }
    registered = seen["registration"]
    left = registered.deregistered_on
    spine = registered.filter(left.isnull() | (left >= when)).select("entity_id", "as_of")
    return Snapshot(date=day, spine=spine, tables=seen, shapes=shapes, made_by=_MADE_BY_RECORDS)


def snapshot_of_cohort(
    tables: Mapping[str, IbisTable], shapes: Mapping[str, Table], spine: IbisTable
) -> Snapshot:
    """Make the snapshot of a cohort, each entity on its own day; for `Records.as_of`."""
    days = spine.select("entity_id", "as_of")
    joined = {name: table.inner_join(days, "entity_id") for name, table in tables.items()}
    seen = {name: known_before(table, shapes[name], table.as_of) for name, table in joined.items()}
    return Snapshot(date=None, spine=days, tables=seen, shapes=shapes, made_by=_MADE_BY_RECORDS)
