"""Until when records are in time, as a table by the day on which they arose."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import ibis
import numpy as np
import pyarrow as pa

from creditrisk.records.engine import IbisTable, IbisValue
from creditrisk.records.quality.calendar import due_days, official_years
from creditrisk.records.quality.standard import AuditStandard

EARLIEST = dt.date(1949, 10, 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Due:
    """The due dates of an audit.

    Parameters
    ----------
    days : ibis.Table
        `due_from` (when a record arose), `collect_by` and `publish_by`, one row a day.
    unpublished_before : datetime.date
        What arose before this day should have been published before the audit.
    notes : tuple of str
        Days that the official calendar does not cover.
    """

    days: IbisTable
    unpublished_before: dt.date
    notes: tuple[str, ...]


def arose(rows: IbisTable) -> IbisValue:
    """Return the day on which records arose: `produced_on`, or else `occurred_on`."""
    return rows.produced_on.coalesce(rows.occurred_on)


def due_dates(tables: Iterable[IbisTable], standard: AuditStandard, day: dt.date) -> Due | None:
    """Return the due dates for everything that arose in some tables before a day.

    Parameters
    ----------
    tables : iterable of ibis.Table
        Rows with a day on which they arose.
    standard : AuditStandard
        In how many working days records have to be known and published.
    day : datetime.date
        The day of the audit.

    Returns
    -------
    Due or None
        None if there is no table with a row.
    """
    span = _span(list(tables))
    if span is None:
        return None
    first, last = max(span[0], EARLIEST), min(span[1], day)
    if first > last:
        return None
    began, collect_by = due_days(first, last, standard.collect_within)
    _, publish_by = due_days(first, last, standard.publish_within)
    table = pa.table({"due_from": began, "collect_by": collect_by, "publish_by": publish_by})
    passed = int(np.searchsorted(publish_by, np.datetime64(day)))
    unpublished_before = first + dt.timedelta(days=passed)
    return Due(
        days=ibis.memtable(table), unpublished_before=unpublished_before, notes=_notes(first, last, span[0])
    )


def _span(tables: list[IbisTable]) -> tuple[dt.date, dt.date] | None:
    parts = [rows.aggregate(first=arose(rows).min(), last=arose(rows).max()) for rows in tables]
    if not parts:
        return None
    found = reduce(lambda one, other: one.union(other), parts).to_pyarrow().to_pydict()
    firsts, lasts = ([one for one in found[name] if one is not None] for name in ("first", "last"))
    return (min(firsts), max(lasts)) if firsts else None


def _notes(first: dt.date, last: dt.date, wanted: dt.date) -> tuple[str, ...]:
    known_from, known_to = official_years()
    notes = []
    if first.year < known_from or last.year > known_to:
        notes.append(
            f"The official calendar of holidays and make-up workdays covers {known_from} to {known_to}; in "
            f"other years every Monday to Friday counts as a working day."
        )
    if wanted < first:
        notes.append(f"Records that arose before {first} were not checked for timeliness.")
    return tuple(notes)
