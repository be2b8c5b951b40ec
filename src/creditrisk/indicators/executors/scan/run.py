"""From a system and records to the table of indicators, one record type after the other."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.indicators.events import Clock, Events
from creditrisk.indicators.executors.result import result_of
from creditrisk.indicators.executors.scan.reduction import Numbers, Reduction
from creditrisk.indicators.executors.scan.rows import Rows, largest_text
from creditrisk.indicators.executors.scan.sheet import ENGINE, Request, Sheet, fetch
from creditrisk.indicators.executors.scan.sight import Sight
from creditrisk.indicators.executors.scan.spine import Pieces, Spine
from creditrisk.indicators.executors.scan.threads import bounds
from creditrisk.indicators.executors.sql import REGISTRATION, group_text, parts_of
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.measures.across import Across
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records.engine import rows_at_most, to_value
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
    result = result_of(system, len(sight.spine), absent)
    direct = {one.name: Row(result.rows[one.name], _nothing(one)) for one in result.direct}
    present = [one for one in system.indicators if one.name not in absent]
    across = tuple(one for one in present if isinstance(one.measure, Across))
    own = replace(system, indicators=tuple(one for one in present if one not in across), rules=())
    columns = _compute_all(_plans(own, sight), sight.spine, direct)
    return result.frame(sight.spine.index, columns | _asked_of_the_engine(across, system, sight))


def _asked_of_the_engine(
    across: tuple[Indicator, ...], system: IndicatorSystem, sight: Sight
) -> dict[str, dict[str, Any]]:
    """Return the parts of indicators that speak of other entities, whom a scan does not see."""
    if not across:
        return {}
    asked = replace(system, indicators=across, groups={}, rules=())
    found = pd.concat([parts_of(asked, snapshot) for snapshot in sight.snapshots()]).reindex(
        sight.spine.index
    )
    columns: dict[str, dict[str, Any]] = defaultdict(dict)
    for name in found:
        indicator, _, key = str(name).partition(":")
        columns[indicator][key] = found[name].to_numpy()
    return columns


def _nothing(indicator: Indicator) -> float:
    return 0.0 if indicator.missing == "zero" else np.nan


def _plans(system: IndicatorSystem, sight: Sight) -> Iterator[Plan]:
    by_table: dict[str, list[Indicator]] = defaultdict(list)
    for one in system.indicators:
        if one.table is not None:
            by_table[one.table].append(one)
    if system.groups:
        by_table[REGISTRATION] += []
    clock = Clock(sight.spine.dates)
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
        yield Plan(request, parts)


def _compute_all(plans: Iterable[Plan], spine: Spine, direct: Mapping[str, Row]) -> dict[str, dict[str, Any]]:
    """Compute the parts of all record types, two at a time: one is fetched while the other is scanned.

    The first are on their way while the others are still planned.
    """
    with ThreadPoolExecutor(2) as pool:
        pool.submit(spine.prepare)
        try:
            computed = [pool.submit(_compute, plan, spine, direct) for plan in plans]
            found = [own.result() for own in computed]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return {name: parts for own in found for name, parts in own.items()}


def _compute(plan: Plan, spine: Spine, direct: Mapping[str, Row]) -> dict[str, dict[str, Any]]:
    """Compute the parts of one record type, in `direct` where a part is the value itself."""
    parts = {(name, key): part for name, own in plan.parts.items() for key, part in own.items()}
    texts = {part: np.full(len(spine), None, object) for part in parts if parts[part].text}
    beside = {part for part in parts if part in texts or part[0] not in direct}
    out = {part: Row(np.empty(len(spine)), np.nan) if part in beside else direct[part[0]] for part in parts}
    for sheet, pieces in _sheets(plan.request, spine):
        for part, reduction in parts.items():
            for step in reduction.steps:
                step.run(sheet, spine, pieces, out[part].nothing, out[part].numbers)
            if reduction.text:
                _write_texts(sheet.texts[reduction.text], pieces, out[part].numbers, texts[part])
    columns: dict[str, dict[str, Any]] = defaultdict(dict)
    for part, reduction in parts.items():
        numbers = out[part].numbers
        if reduction.then is not None:
            numbers[:] = reduction.then(numbers)
        if part in beside:
            columns[part[0]][part[1]] = texts.get(part, numbers)
    return columns


def _sheets(request: Request, spine: Spine) -> Iterator[tuple[Sheet, Pieces]]:
    """Yield the records in as many slices of the entities as the memory asks for."""
    many = spine.count >= MANY_ENTITIES
    with ENGINE:
        rows = rows_at_most(request.table) if many else 0
        rows = rows if rows <= ROWS_AT_ONCE else int(to_value(request.table.count()))
    slices = -(-rows // ROWS_AT_ONCE)
    for first, end in bounds(spine.count, max(slices, 1)):
        yield fetch(request, first, end), spine.pieces(first, end)


def _write_texts(different: Any, pieces: Pieces, numbers: Numbers, out: Objects) -> None:
    rows = np.concatenate([np.arange(*piece) for piece in zip(pieces.firsts, pieces.ends, strict=True)])
    found = rows[~np.isnan(numbers[rows])]
    out[found] = np.asarray(different.to_pylist(), object)[numbers[found].astype(np.int64)]
