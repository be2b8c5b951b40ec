"""What the scan looks at: records, and the entities and as-of dates to speak about."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from creditrisk.indicators.events import AS_OF
from creditrisk.indicators.executors.scan.sheet import ENTITY
from creditrisk.indicators.executors.scan.span import Span, days
from creditrisk.indicators.executors.scan.spine import (
    Spine,
    cohort,
    one_date,
    one_date_in_any_order,
    panel,
)
from creditrisk.records.engine import IbisTable, compares_bytes, in_order
from creditrisk.records.schema import Table
from creditrisk.records.snapshot import late_columns

if TYPE_CHECKING:
    from creditrisk.records.records import Records
    from creditrisk.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sight:
    """Records and a spine.

    Parameters
    ----------
    tables : mapping of str to ibis.Table
        Records by type. They may hold what was not yet known on a date; the scan sees to it that it does not
        count. A column `as_of` says that a row belongs to that date alone.
    shapes : mapping of str to Table
        The record types.
    spine : Spine
        The rows of the result.
    masked : bool
        Whether the tables show no more than was known on the only date.
    snapshots : callable
        Returns the same as snapshots in the order of the spine, for what the engine computes; one for each
        date, or a cohort.
    """

    tables: Mapping[str, IbisTable]
    shapes: Mapping[str, Table]
    spine: Spine
    masked: bool
    snapshots: Callable[[], Iterable["Snapshot"]]

    def base(self, name: str) -> Span:
        """Return when the records of a type count, as far as that is the same for all indicators."""
        return Span() if self.masked else known_since(self.tables[name])


def known_since(table: IbisTable) -> Span:
    """Return when the records of a table count that may hold what was not yet known on a date.

    Parameters
    ----------
    table : ibis.Table
        Records; with a column `as_of`, each row belongs to that date alone.

    Returns
    -------
    Span
        After the day on which a record was known.
    """
    span = Span(since=days(table.known_on))
    if AS_OF not in table.columns:
        return span
    own = days(table[AS_OF])
    return span.after(own - 1).through(own)


def sight_of_snapshot(snapshot: "Snapshot") -> Sight:
    """Return what a snapshot shows.

    Parameters
    ----------
    snapshot : Snapshot
        Of one date or of a cohort.

    Returns
    -------
    Sight
        Its tables; those of a cohort keep their dates.
    """
    if snapshot.date is not None:
        tables = {name: table.drop(AS_OF) for name, table in snapshot.tables.items()}
        return Sight(
            tables=tables,
            shapes=snapshot.shapes,
            spine=_spine_of_day(snapshot.date, snapshot.spine.select(ENTITY)),
            masked=True,
            snapshots=lambda: (snapshot,),
        )
    pairs = snapshot.spine.select(ENTITY, AS_OF).order_by(AS_OF, ENTITY).to_pyarrow()
    spine = cohort(pairs[ENTITY].combine_chunks(), pairs[AS_OF].combine_chunks())
    return Sight(
        tables=snapshot.tables,
        shapes=snapshot.shapes,
        spine=spine,
        masked=False,
        snapshots=lambda: (snapshot,),
    )


def _spine_of_day(day: dt.date, entities: IbisTable) -> Spine:
    if compares_bytes(entities):
        return one_date_in_any_order(day, entities.to_pyarrow()[ENTITY].combine_chunks())
    return one_date(day, in_order(entities, ENTITY)[ENTITY].combine_chunks())


def sight_of_panel(records: "Records", dates: Sequence[dt.date]) -> Sight:
    """Return what was known on any of several dates.

    Parameters
    ----------
    records : Records
        All records.
    dates : sequence of date
        The as-of dates, without repeats.

    Returns
    -------
    Sight
        With the entities that `Records.as_of` gives on each date.
    """
    last = ibis.literal(max(dates))
    tables = {name: table.filter(table.known_on < last) for name, table in records.tables.items()}
    registered = tables["registration"]
    late = late_columns(records.shapes["registration"])
    known_on = registered[late["deregistered_on"]]
    span = known_since(registered).through(ibis.greatest(days(registered.deregistered_on), days(known_on)))
    fetched = in_order(registered.select(ENTITY, since=span.since, until=span.until), ENTITY)
    entities = fetched[ENTITY].combine_chunks()
    spine = panel(dates, entities, fetched["since"].to_numpy(), fetched["until"].to_numpy())
    return Sight(
        tables=tables,
        shapes=records.shapes,
        spine=spine,
        masked=False,
        snapshots=lambda: [records.as_of(date) for date in dates],
    )
