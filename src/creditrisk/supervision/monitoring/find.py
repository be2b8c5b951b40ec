"""What the monitoring points find on a day, on any executor."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditrisk.errors import SpecError, shown
from creditrisk.records.dates import to_date
from creditrisk.records.records import Records
from creditrisk.records.snapshot import Snapshot
from creditrisk.supervision.monitoring.bursts import BurstRule, find_bursts
from creditrisk.supervision.monitoring.clusters import ClusterRule, find_clusters
from creditrisk.supervision.monitoring.point import MonitoringPoint
from creditrisk.supervision.screening.expression import holds
from creditrisk.supervision.screening.measures import Measures, measured, measured_on_days

_COLUMNS = ["point", "entity_id", "why"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Findings:
    """What was found on a day.

    Parameters
    ----------
    on : date
        The day.
    table : DataFrame
        `point`, `entity_id` and `why` (the measures behind it), one row for each finding.
    points : tuple of MonitoringPoint
        The points that were looked at.
    absent : tuple of str
        Ids of points whose records are not there: of them nothing is known, neither found nor over.
    watched : frozenset of str, optional
        Whom the findings are about; everybody if not given.
    """

    on: dt.date
    table: pd.DataFrame
    points: tuple[MonitoringPoint, ...]
    absent: tuple[str, ...] = ()
    watched: frozenset[str] | None = None


def find(
    snapshot: Snapshot,
    points: Iterable[MonitoringPoint],
    *,
    entities: Collection[str] | None = None,
    executor: str = "auto",
) -> Findings:
    """Look at every monitoring point on the day of a snapshot.

    Parameters
    ----------
    snapshot : Snapshot
        From `Records.as_of`, of one day.
    points : iterable of MonitoringPoint
        From `load_point`, each once.
    entities : collection of str, optional
        Whom to watch, such as the merchants that a platform has admitted; everybody if not given. Detectors
        compare with everybody in any case.
    executor : {"auto", "sql", "scan"}, default "auto"
        As for `IndicatorExtractor`; the findings are the same.

    Returns
    -------
    Findings
        Whom each point found, and why.

    Raises
    ------
    SpecError
        If there is no point or one twice, or the snapshot is of a cohort.
    """
    chosen = _checked(points)
    if snapshot.date is None:
        raise SpecError(
            "Monitoring looks at one day; got the snapshot of a cohort: take records.as_of(date)."
        )
    X, missing = measured(_measures(chosen), snapshot, "monitoring", executor)
    return _findings(snapshot.date, X, missing, chosen, _ids(entities))


def find_on_days(
    records: Records,
    points: Iterable[MonitoringPoint],
    days: Iterable[str | dt.date],
    *,
    entities: Collection[str] | None = None,
    executor: str = "auto",
) -> Iterator[Findings]:
    """Look at every monitoring point on several days; the records are read once for many of them.

    Parameters
    ----------
    records : Records
        All records; each day sees only what was known before it.
    points : iterable of MonitoringPoint
        From `load_point`, each once.
    days : iterable of str or date
        Which; a day that is there twice counts once.
    entities : collection of str, optional
        Whom to watch, as for `find`.
    executor : {"auto", "sql", "scan"}, default "auto"
        As for `IndicatorExtractor`.

    Yields
    ------
    Findings
        What `find` gives for the day, day by day.

    Raises
    ------
    SpecError
        If there is no point or one twice.
    DateError
        If no entity was registered before a day.
    """
    chosen, watched = _checked(points), _ids(entities)
    dates = [to_date(day) for day in days]
    for day, X, missing in measured_on_days(_measures(chosen), records, dates, "monitoring", executor):
        yield _findings(day, X, missing, chosen, watched)


def _measures(points: Iterable[MonitoringPoint]) -> Measures:
    return {f"{one.id}__{name}": spec for one in points for name, spec in one.measures.items()}


def _ids(entities: Collection[str] | None) -> frozenset[str] | None:
    return None if entities is None else frozenset(map(str, entities))


def _findings(
    day: dt.date,
    X: pd.DataFrame,
    missing: Collection[str],
    points: tuple[MonitoringPoint, ...],
    watched: frozenset[str] | None,
) -> Findings:
    found, absent = [], []
    for point in points:
        own = X[[f"{point.id}__{name}" for name in point.measures]].set_axis(list(point.measures), axis=1)
        if _is_absent(point, own, missing):
            absent.append(point.id)
        else:
            found.append(_found(point, own))
    table = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=_COLUMNS)
    if watched is not None:
        table = table[table["entity_id"].isin(watched)].reset_index(drop=True)
    return Findings(on=day, table=table, points=points, absent=tuple(absent), watched=watched)


def _checked(points: Iterable[MonitoringPoint]) -> tuple[MonitoringPoint, ...]:
    chosen = tuple(points)
    ids = [one.id for one in chosen]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None or not chosen:
        raise SpecError(
            "Monitoring needs at least one point, and each once; got "
            f"{'none' if twice is None else f'{shown(twice)} twice'}: name them by load_point."
        )
    return chosen


def _is_absent(point: MonitoringPoint, own: pd.DataFrame, missing: Collection[str]) -> bool:
    if any(f"{point.id}__{name}" in missing for name in point.measures):
        return True
    return any(not own[name].notna().any() for name in point.needs)


def _found(point: MonitoringPoint, own: pd.DataFrame) -> pd.DataFrame:
    if isinstance(point.finds, ClusterRule):
        return _clustered(point, own, point.finds)
    if isinstance(point.finds, BurstRule):
        return _burst(point, own, point.finds)
    hits = own[holds(point.finds, own)]
    said = [
        "; ".join(
            f"{name}={_plain(value)}" for name, value in zip(hits, cells, strict=True) if not pd.isna(value)
        )
        for cells in hits.to_numpy(dtype=object)
    ]
    return _frame(point, hits.index, said)


def _clustered(point: MonitoringPoint, own: pd.DataFrame, rule: ClusterRule) -> pd.DataFrame:
    """Find everybody at the places that are alarms, listed or not: those not listed are the suspects."""
    if own["place"].isna().all():
        return _frame(point, own.index[:0], [])
    places = find_clusters(own, rule)
    alarms = places[places["alarm"]]
    there = own[own["place"].isin(alarms.index)]
    said = [
        f"place={place}; listed={one.listed:g} of {one.entities}; expected={one.expected:.2f}; "
        f"q={one.q_value:.2g}"
        for place, one in zip(there["place"], alarms.loc[there["place"]].itertuples(), strict=True)
    ]
    return _frame(point, there.index, said)


def _burst(point: MonitoringPoint, own: pd.DataFrame, rule: BurstRule) -> pd.DataFrame:
    if own.empty:
        return _frame(point, own.index, [])
    cell = own["sector"].fillna("").str[:1] + " " + own["region"].fillna("").str[:6]
    counts = pd.DataFrame({"now": own["now"], "before": own["since"] - own["now"], "cell": cell})
    bursts = find_bursts(counts, rule)
    alarms = bursts[bursts["alarm"]]
    said = [
        f"now={one.now:g}; before={one.before:g}; expected={one.expected:.2f}; q={one.q_value:.2g}"
        for one in alarms.itertuples()
    ]
    return _frame(point, alarms.index, said)


def _frame(point: MonitoringPoint, entity_ids: "pd.Index[str]", said: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame({"point": point.id, "entity_id": np.asarray(entity_ids, dtype=object), "why": said})
    return frame.sort_values("entity_id", ignore_index=True)[_COLUMNS]


def _plain(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
