"""Indicators in plain Python, slowly and obviously: one entity, one date, one indicator at a time.

Nothing here is shared with the package but the specs, so that the two can be held against each other.
"""

import calendar
import datetime as dt
import math
from collections.abc import Iterable
from typing import Any

from tests.lib.drawn import Registry, Row
from tests.lib.reference_across import ACROSS, World
from tests.lib.reference_measures import MEASURES, Reading

from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records.tables import TABLES

Pair = tuple[str, dt.date]


def reference(system: IndicatorSystem, registry: Registry, day: dt.date) -> dict[str, dict[str, Any]]:
    """Return the indicators and groups of every entity on one date."""
    pairs = [(entity, day) for entity in spine(registry, day)]
    found = reference_cohort(system, registry, pairs, population=True)
    return {entity: found[entity, day] for entity, _ in pairs}


def reference_cohort(
    system: IndicatorSystem, registry: Registry, pairs: Iterable[Pair], *, population: bool = False
) -> dict[Pair, dict[str, Any]]:
    """Return the indicators and groups of every pair of entity and date."""
    pairs = list(pairs)
    found: dict[Pair, dict[str, Any]] = {pair: {} for pair in pairs}
    for indicator in system.indicators:
        absent = not {indicator.table or "registration", *indicator.measure.beside()} <= registry.keys()
        if population and not absent and type(indicator.measure).__name__ in ACROSS:
            for pair, measured in of_other_entities(indicator, registry, pairs).items():
                found[pair][indicator.name] = measured
            continue
        readings = {pair: reading(indicator, registry, *pair) for pair in pairs if not absent}
        for pair in pairs:
            others = [readings[other] for other in pairs if other[1] == pair[1]] if not absent else []
            blind = absent or (indicator.measure.needs_population and not population)
            found[pair][indicator.name] = None if blind else value(indicator, readings[pair], others)
    for name, group in system.groups.items():
        for entity, day in pairs:
            own = visible(registry, "registration", entity, day)
            text = own[0][group.column] if own else None
            found[entity, day][name] = None if text is None else text[: group.prefix]
    return found


def spine(registry: Registry, day: dt.date) -> list[str]:
    """Return the entities that were registered, and not deregistered, as known before the day."""
    entities = sorted({row["entity_id"] for row in registry["registration"]})
    own = {entity: visible(registry, "registration", entity, day) for entity in entities}
    return [
        entity
        for entity in entities
        if own[entity]
        and (own[entity][0]["deregistered_on"] is None or own[entity][0]["deregistered_on"] >= day)
    ]


def visible(registry: Registry, table: str, entity: str, day: dt.date) -> list[Row]:
    """Return what was known of an entity strictly before the day."""
    hidden = {column.name: column.known_with for column in TABLES[table].columns if column.known_with}
    hidden |= {key: key for key in hidden.values()}
    rows = [row for row in registry.get(table, []) if row["entity_id"] == entity and row["known_on"] < day]
    return [
        {name: None if name in hidden and not _before(row[hidden[name]], day) else row[name] for name in row}
        for row in rows
    ]


def _before(date: dt.date | None, day: dt.date) -> bool:
    return date is not None and date < day


def reading(indicator: Indicator, registry: Registry, entity: str, day: dt.date) -> Reading:
    """Return what an indicator sees of an entity."""
    if indicator.table is None:
        return Reading(indicator, [], day, back)
    rows = visible(registry, indicator.table, entity, day)
    return Reading(indicator, sorted(rows, key=lambda row: row["record_id"]), day, back)


def value(indicator: Indicator, own: Reading, others: list[Reading]) -> Any:
    """Return the value of one indicator for one entity."""
    measure = MEASURES[type(indicator.measure).__name__]
    return finished(indicator, measure(indicator.measure, own, others))


def of_other_entities(indicator: Indicator, registry: Registry, pairs: list[Pair]) -> dict[Pair, Any]:
    """Return the values of an indicator that speaks of other entities, day by day."""
    measure = ACROSS[type(indicator.measure).__name__]
    found: dict[Pair, Any] = {}
    for day in {day for _, day in pairs}:
        spine = [entity for entity, own in pairs if own == day]
        measured = measure(indicator.measure, spine, world(indicator, registry, day))
        found |= {(entity, day): finished(indicator, measured[entity]) for entity in spine}
    return found


def world(indicator: Indicator, registry: Registry, day: dt.date) -> World:
    """Return what an indicator sees of everybody."""
    everybody = sorted({row["entity_id"] for row in registry["registration"]})
    own = {one: visible(registry, "registration", one, day) for one in everybody}
    register = {one: rows[0] for one, rows in own.items() if rows}
    ends = {row["entity_id"] for row in registry.get("relation_edge", [])}
    return World(
        readings={one: reading(indicator, registry, one, day) for one in register},
        register=register,
        edges=[row for one in ends for row in visible(registry, "relation_edge", one, day)],
        day=day,
    )


def finished(indicator: Indicator, measured: Any) -> Any:
    """Return a value with the missing policy and the transform of its indicator."""
    if isinstance(measured, str):
        return measured
    if measured is None and indicator.missing == "zero":
        measured = 0.0
    if measured is None:
        return None
    return math.log1p(measured) if indicator.transform == "log1p" else float(measured)


def back(day: dt.date, months: int) -> dt.date:
    """Return the same day some months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
