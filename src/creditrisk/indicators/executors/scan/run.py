"""From a system and records to the table of indicators, one record type after the other."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.indicators import value
from creditrisk.indicators.events import Clock, Events
from creditrisk.indicators.executors.scan.reduction import Numbers, Reduction
from creditrisk.indicators.executors.scan.rows import Rows, largest_text
from creditrisk.indicators.executors.scan.sheet import ENGINE, Request, Sheet, fetch
from creditrisk.indicators.executors.scan.sight import Sight
from creditrisk.indicators.executors.scan.spine import Seats, Spine
from creditrisk.indicators.executors.scan.threads import bounds, each
from creditrisk.indicators.executors.sql import REGISTRATION, group_text, parts_of
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.measures.across import Across
from creditrisk.indicators.measures.measure import Measure
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records.engine import to_value
from creditrisk.records.snapshot import late_columns

ROWS_AT_ONCE = 25_000_000
MANY_ENTITIES = 200_000
Objects = NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What to do with the records of one type.

    Parameters
    ----------
    request : Request
        The columns to fetch.
    parts : dict of str to dict of str to Reduction
        What to compute, by the name of an indicator or a group, and by part.
    """

    request: Request
    parts: dict[str, dict[str, Reduction]]


class Row(NamedTuple):
    """Where numbers are written.

    Parameters
    ----------
    numbers : ndarray of float64 of shape (n_rows,)
        One for every row of the result.
    nothing : float
        What an entity gets for whom there is nothing to measure.
    """

    numbers: Numbers
    nothing: float


def table_of(system: IndicatorSystem, sight: Sight, absent: Collection[str] = ()) -> pd.DataFrame:
    """Return the indicators and groups of every row of a spine.

    Parameters
    ----------
    system : IndicatorSystem
        What to compute.
    sight : Sight
        From what.
    absent : collection of str
        Indicators that cannot be computed; they are missing for everybody.

    Returns
    -------
    DataFrame, (n_rows, indicators + groups)
        Indexed by (as_of, entity_id).

    Raises
    ------
    SchemaError
        If an indicator or a group reads a column that the records do not have.
    """
    spine = sight.spine
    present = [one for one in system.indicators if one.name not in absent]
    across = tuple(one for one in present if isinstance(one.measure, Across))
    plans = _plans([one for one in present if one not in across], system, sight)
    parts = {name: reductions for plan in plans for name, reductions in plan.parts.items()}
    texts = {one.name for one in present if not _has_finish(one) and parts[one.name]["value"].text}
    plain = [one for one in system.indicators if one.name not in texts]
    numbers = np.empty((len(plain), len(spine)))
    rows = {one.name: row for one, row in zip(plain, numbers, strict=True)}
    direct = {one.name: Row(rows[one.name], _nothing(one)) for one in plain if not _has_finish(one)}
    columns = _compute_all(plans, spine, direct) | _asked_of_the_engine(across, system, sight)
    for one in plain:
        if one.name in absent:
            rows[one.name][:] = np.nan
        elif _has_finish(one):
            measured = pd.DataFrame(columns.pop(one.name, {}), index=spine.index)
            rows[one.name][:] = one.measure.finish(measured).to_numpy(dtype=np.float64)
            value.fill(one, rows[one.name])
    each(value.transform, [(one, rows[one.name]) for one in plain])
    X = pd.DataFrame(numbers.T, index=spine.index, columns=[one.name for one in plain], copy=False)
    for place, name in enumerate([*system.names, *system.groups]):
        if name not in rows:
            own = pd.Series(columns[name]["value"], index=spine.index, dtype=object)
            X.insert(place, name, value.text(system.indicator(name), own) if name in texts else own)
    return X


def _asked_of_the_engine(
    across: tuple[Indicator, ...], system: IndicatorSystem, sight: Sight
) -> dict[str, dict[str, Any]]:
    """Return the parts of indicators that speak of other entities, whom a scan does not see."""
    if not across:
        return {}
    asked = replace(system, indicators=across, groups={}, rules=())
    found = pd.concat([parts_of(asked, snapshot) for snapshot in sight.snapshots]).reindex(sight.spine.index)
    columns: dict[str, dict[str, Any]] = defaultdict(dict)
    for name in found:
        indicator, _, key = str(name).partition(":")
        columns[indicator][key] = found[name].to_numpy()
    return columns


def _nothing(indicator: Indicator) -> float:
    return 0.0 if indicator.missing == "zero" else np.nan


def _has_finish(indicator: Indicator) -> bool:
    return type(indicator.measure).finish is not Measure.finish


def _plans(present: list[Indicator], system: IndicatorSystem, sight: Sight) -> list[Plan]:
    by_table: dict[str, list[Indicator]] = defaultdict(list)
    for one in present:
        if one.table is not None:
            by_table[one.table].append(one)
    if system.groups:
        by_table[REGISTRATION] += []
    clock = Clock(sight.spine.dates)
    plans = []
    for name, indicators in by_table.items():
        table, late = sight.tables[name], late_columns(sight.shapes[name])
        request, parts = Request(table, sight.base(name), sight.spine), {}
        for one in indicators:
            rows = Rows(events=Events(table, one, clock), late=late, request=request)
            parts[one.name] = dict(one.measure.scan(rows))
        for group in system.groups if name == REGISTRATION else ():
            text = group_text(table, group, system.groups[group])
            own = largest_text(request, text, late.get(system.groups[group].column))
            parts[group] = {"value": own}
        plans.append(Plan(request, parts))
    return plans


def _compute_all(plans: list[Plan], spine: Spine, direct: Mapping[str, Row]) -> dict[str, dict[str, Any]]:
    """Compute the parts of all record types, two at a time: one is fetched while the other is scanned."""
    for shared in ("keys", "seats"):
        getattr(spine, shared)
    columns: dict[str, dict[str, Any]] = {}
    with ThreadPoolExecutor(2) as pool:
        for computed in pool.map(lambda plan: _compute(plan, spine, direct), plans):
            columns |= computed
    return columns


def _compute(plan: Plan, spine: Spine, direct: Mapping[str, Row]) -> dict[str, dict[str, Any]]:
    """Compute the parts of one record type, in `direct` where a part is the value itself."""
    parts = {(name, key): part for name, own in plan.parts.items() for key, part in own.items()}
    out = {(name, key): direct.get(name) or Row(np.empty(len(spine)), np.nan) for name, key in parts}
    texts = {part: np.full(len(spine), None, object) for part in parts if parts[part].text}
    for sheet, seats in _sheets(plan.request, spine):
        for part, reduction in parts.items():
            for step in reduction.steps:
                step.run(sheet, spine, seats, out[part].nothing, out[part].numbers)
            if reduction.text:
                _write_texts(sheet.texts[reduction.text], seats, out[part].numbers, texts[part])
    columns: dict[str, dict[str, Any]] = defaultdict(dict)
    for (name, key), reduction in parts.items():
        numbers = out[name, key].numbers
        if reduction.then is not None:
            numbers[:] = reduction.then(numbers)
        columns[name][key] = texts.get((name, key), numbers)
    return columns


def _sheets(request: Request, spine: Spine) -> Iterator[tuple[Sheet, Seats]]:
    """Yield the records in as many slices of the entities as the memory asks for."""
    many = len(spine.entities) >= MANY_ENTITIES
    with ENGINE:
        rows = int(to_value(request.table.count())) if many else 0
    slices = -(-rows // ROWS_AT_ONCE)
    for first, end in bounds(len(spine.entities), max(slices, 1)):
        own = Seats(spine.seats.heads[first : end + 1], spine.seats.dates, spine.seats.rows)
        yield fetch(request, first, end), own


def _write_texts(different: Any, seats: Seats, numbers: Numbers, out: Objects) -> None:
    rows = seats.rows[seats.heads[0] : seats.heads[-1]]
    found = rows[~np.isnan(numbers[rows])]
    out[found] = np.asarray(different.to_pylist(), object)[numbers[found].astype(np.int64)]
