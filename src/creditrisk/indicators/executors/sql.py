"""Values through Ibis: one group-by a record type, joined to the spine, run as one query.

Each record type is aggregated once, by entity and as-of date, with one conditional aggregate for every
part of every indicator that reads it; indicators that speak of other entities are joined one by one. What is
left (the order, a division, a logarithm, a prior) is done here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import batched, pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from creditrisk.errors import SchemaError, hint
from creditrisk.indicators import value
from creditrisk.indicators.absent import is_absent
from creditrisk.indicators.events import AS_OF, Clock, Events
from creditrisk.indicators.executors.answer import ENTITY, Answer, answered
from creditrisk.indicators.executors.result import Numbers, result_of
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.measures.across import Across
from creditrisk.indicators.system import Group, IndicatorSystem
from creditrisk.records.dates import to_date
from creditrisk.records.engine import IbisTable, IbisValue, to_frame, to_value

if TYPE_CHECKING:
    from creditrisk.records.snapshot import Snapshot

ROW = (ENTITY, AS_OF)
REGISTRATION = "registration"
ROWS_AT_ONCE = 2_000_000
SPARK_JOINS = 6  # a driver of the default size plans and broadcasts no more at once


def table_of(system: IndicatorSystem, snapshot: "Snapshot", absent: Collection[str] = ()) -> pd.DataFrame:
    """Return the indicators and groups of every row of the spine.

    Parameters
    ----------
    system : IndicatorSystem
        What to compute.
    snapshot : Snapshot
        From what.
    absent : collection of str
        Indicators that cannot be computed; they are missing for everybody.

    Returns
    -------
    DataFrame, (n_spine, indicators + groups)
        Indexed and sorted by (as_of, entity_id).

    Raises
    ------
    SchemaError
        If an indicator or a group reads a column that the records do not have.
    """
    queries, rows = _queries(system, snapshot)
    result = result_of(system, rows, absent)
    out = {part_name(one, "value"): result.rows[one.name] for one in result.direct}
    found = _answered(queries, rows, out)
    columns: dict[str, dict[str, Any]] = defaultdict(dict)
    for part, column in found.columns.items():
        name, _, key = part.partition(":")
        columns[name][key or "value"] = column
    for one in result.direct:
        value.fill(one, result.rows[one.name])
    return result.frame(found.index, columns)


def parts_of(system: IndicatorSystem, snapshot: "Snapshot") -> pd.DataFrame:
    """Return the parts of every indicator and the groups, for every row of the spine.

    Parameters
    ----------
    system : IndicatorSystem
        What to compute.
    snapshot : Snapshot
        From what.

    Returns
    -------
    DataFrame, (n_spine, parts)
        Indexed and sorted by (as_of, entity_id); a part stands under `part_name`, a group under its name;
        indicators whose record type is absent have no parts.

    Raises
    ------
    SchemaError
        If an indicator or a group reads a column that the records do not have.
    """
    found = _answered(*_queries(system, snapshot), {})
    return pd.DataFrame(found.columns, index=found.index, copy=False)


def _queries(system: IndicatorSystem, snapshot: "Snapshot") -> tuple[list[list[IbisTable]], int]:
    """Return the queries and the number of rows; the queries of a list have the same columns."""
    spine, parts = snapshot.spine, [*_of_own_records(system, snapshot), *_of_other_entities(system, snapshot)]
    rows = int(to_value(spine.count()))
    if spine.get_backend().name == "pyspark":
        return [[_beside_each_other(spine, *some)] for some in batched(parts, SPARK_JOINS)] or [[spine]], rows
    ends = pairwise([None, *_cuts(spine, rows), None])
    return [[_beside_each_other(*(_between(one, *end) for one in (spine, *parts))) for end in ends]], rows


def _answered(batches: list[list[IbisTable]], rows: int, out: Mapping[str, Numbers]) -> Answer:
    answers = [answered(queries, rows, out) for queries in batches]
    return Answer(answers[0].index, {name: column for one in answers for name, column in one.columns.items()})


def _cuts(spine: IbisTable, rows: int) -> list[str]:
    """Return where to cut the entities so that no slice is larger than the memory of an engine likes."""
    if rows <= ROWS_AT_ONCE:
        return []
    entities = spine.select(ENTITY).distinct().order_by(ENTITY).to_pyarrow()[ENTITY]
    slices = -(-rows // ROWS_AT_ONCE)
    return [entities[len(entities) * number // slices].as_py() for number in range(1, slices)]


def _between(table: IbisTable, first: str | None, end: str | None) -> IbisTable:
    """Return the rows of the entities from the first on and before the end."""
    entity = table[ENTITY]
    conditions = [*([entity >= first] if first else []), *([entity < end] if end else [])]
    return table.filter(*conditions) if conditions else table


def _beside_each_other(spine: IbisTable, *parts: IbisTable) -> IbisTable:
    """Join tables to the spine in one chain: one inside the other takes long to plan, and may go too deep."""
    joined, columns = spine, list(ROW)
    for number, one in enumerate(parts):
        own = {name: f"__{name}_{number}" for name in ROW if name in one.columns}
        columns += [name for name in one.columns if name not in ROW]
        joined = joined.left_join(one.rename({new: old for old, new in own.items()}), list(own.items()))
    return joined.select(*columns)


def clock_of(snapshot: "Snapshot") -> Clock:
    """Return the clock with every as-of date of a snapshot.

    Parameters
    ----------
    snapshot : Snapshot
        Of one date or of a cohort.

    Returns
    -------
    Clock
        Its dates, sorted.
    """
    if snapshot.date is not None:
        return Clock((snapshot.date,))
    dates = to_frame(snapshot.spine.select(AS_OF).distinct())[AS_OF]
    return Clock(tuple(sorted(to_date(pd.Timestamp(date)) for date in dates)))


def prepared_events(table: IbisTable, indicators: Iterable[Indicator], clock: Clock) -> dict[str, Events]:
    """Return the records of one type as each indicator sees them, with the columns that it prepares.

    Parameters
    ----------
    table : ibis.Table
        Records of one type with `as_of`.
    indicators : iterable of Indicator
        That read them.
    clock : Clock
        Of the snapshot.

    Returns
    -------
    dict of str to Events
        By the name of the indicator; all share one table.
    """
    indicators = list(indicators)
    lengths = {length for indicator in indicators for length in indicator.window_lengths()}
    attached = clock.attach(table, lengths)
    columns: dict[str, IbisValue] = {}
    for indicator in indicators:
        events = Events(attached, indicator, clock)
        for key, column in indicator.measure.prepare(events).items():
            columns[events.prepared_name(key)] = column
    staged = attached.mutate(**columns) if columns else attached
    return {indicator.name: Events(staged, indicator, clock) for indicator in indicators}


def part_name(indicator: Indicator, key: str) -> str:
    """Return under which name a part of an indicator stands in the result of `parts_of`.

    Parameters
    ----------
    indicator : Indicator
        Whose part.
    key : str
        Which part.

    Returns
    -------
    str
        ``"name:key"``.
    """
    return f"{indicator.name}:{key}"


def _of_own_records(system: IndicatorSystem, snapshot: "Snapshot") -> Iterator[IbisTable]:
    """Give the parts that come of the entities' own records, and the groups, one table a record type."""
    clock = clock_of(snapshot)
    by_table: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in system.indicators:
        if indicator.table is not None and not isinstance(indicator.measure, Across):
            by_table[indicator.table].append(indicator)
    for name in by_table.keys() | ({REGISTRATION} if system.groups else set()):
        table = snapshot.table(name)
        if table is not None:
            groups = system.groups if name == REGISTRATION else {}
            yield _aggregate(table, by_table[name], groups, clock)


def _of_other_entities(system: IndicatorSystem, snapshot: "Snapshot") -> Iterator[IbisTable]:
    """Give the parts that come of other entities, one table an indicator."""
    for one in system.indicators:
        if isinstance(one.measure, Across) and not is_absent(one, snapshot):
            events = prepared_events(snapshot.table(str(one.table)), [one], clock_of(snapshot))[one.name]
            met = events.table.group_by(ROW).aggregate(met=one.measure.parts(events)["value"])
            parts = one.measure.spread(met, snapshot)
            named = {part_name(one, key): parts[key] for key in parts.columns if key not in ROW}
            yield parts.select(*ROW, **named)


def _aggregate(
    table: IbisTable, indicators: list[Indicator], groups: Mapping[str, Group], clock: Clock
) -> IbisTable:
    views: Mapping[str, Events] = prepared_events(table, indicators, clock)
    if views and not groups:
        views = _in_windows(views)
    staged = next(iter(views.values())).table if views else table
    aggregates: dict[str, IbisValue] = {
        name: group_text(staged, name, group).max() for name, group in groups.items()
    }
    for indicator in indicators:
        for key, part in indicator.measure.parts(views[indicator.name]).items():
            aggregates[part_name(indicator, key)] = part
    return staged.group_by(ROW if len(clock.dates) > 1 else [ENTITY]).aggregate(**aggregates)


def _in_windows(views: Mapping[str, Events]) -> Mapping[str, Events]:
    """Leave out the records that lie in no indicator's window, if all indicators have windows of one date."""
    indicators = [events.indicator for events in views.values()]
    if len({one.dated_by for one in indicators}) != 1 or any(not one.measure.windows for one in indicators):
        return views
    lengths = [one.months and one.months * one.measure.windows for one in indicators]
    first = next(iter(views.values()))
    kept = first.table.filter(first.within(None if None in lengths else max(filter(None, lengths))))
    return {name: Events(kept, events.indicator, events.clock) for name, events in views.items()}


def group_text(table: IbisTable, name: str, group: Group) -> IbisValue:
    """Return the group of each registration.

    Parameters
    ----------
    table : ibis.Table
        Registrations.
    name : str
        Name of the group, for an error.
    group : Group
        Its column and how much of it counts.

    Returns
    -------
    ibis string expression
        One text a row.

    Raises
    ------
    SchemaError
        If the registrations do not have the column.
    """
    if group.column not in table.columns:
        raise SchemaError(
            f"The group {name!r} reads the column {group.column!r}, which the table 'registration' of these "
            f"records does not have.{hint(group.column, table.columns)}"
        )
    text = table[group.column].cast("string")
    return text if group.prefix is None else text.substr(0, group.prefix)
