"""The log of all alerts: a table of dated events that only grows, and what it says on any day."""

import datetime as dt
from collections.abc import Iterable, Iterator

import pandas as pd

from creditrisk.errors import SchemaError, SpecError, hint
from creditrisk.records.dates import to_date
from creditrisk.records.records import Records
from creditrisk.supervision.monitoring.alerts import (
    AlertChange,
    AlertEvent,
    AlertState,
    Deadlines,
    alert_trail,
)
from creditrisk.supervision.monitoring.find import Findings, find_on_days
from creditrisk.supervision.monitoring.point import MonitoringPoint

COLUMNS = ["on", "point", "entity_id", "kind", "why"]

type Key = tuple[str, str]


def empty_log() -> pd.DataFrame:
    """Return a log without an event.

    Returns
    -------
    DataFrame
        `on` (date), `point`, `entity_id`, `kind` (found, notify, correct, over) and `why`.

    Examples
    --------
    >>> empty_log().columns.tolist()
    ['on', 'point', 'entity_id', 'kind', 'why']
    """
    return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})


def extend_log(log: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Add what is new on a day: alerts raised once, and cleared when over.

    Parameters
    ----------
    log : DataFrame
        As `empty_log`, this function, or a bureau's own steps (`notify`, `correct`) made it.
    findings : Findings
        What was found on a day.

    Returns
    -------
    DataFrame
        The log with one ``found`` for each finding without an open alert, and one ``over`` for each alert
        whose matter is no longer found; a second run on the same day adds nothing.

    Raises
    ------
    SchemaError
        If the log lacks a column.
    SpecError
        If the log knows a later finding.
    """
    _check_columns(log)
    seen = log[log["kind"].isin(["found", "over"]) & log["point"].isin(_looked_at(findings))]
    if len(seen) and max(map(to_date, seen["on"])) > findings.on:
        raise SpecError(
            f"A log grows day by day; it knows findings later than {findings.on}: run the days in order."
        )
    trails = _trails(log, findings.points, _day_after(findings))
    states = {key: trail[-1].state if trail else None for key, trail in trails}
    done = set(
        zip(*(seen.loc[seen["on"].map(to_date) == findings.on, name] for name in COLUMNS[1:3]), strict=True)
    )
    now: dict[Key, str] = {
        (point, entity): why for point, entity, why in findings.table.itertuples(index=False)
    }
    new = [
        (findings.on, *key, "found", why)
        for key, why in now.items()
        if key not in done and _is_new(states.get(key), findings.on)
    ]
    gone = [
        (findings.on, *key, "over", "")
        for key, state in states.items()
        if key not in now and key not in done and _is_watched(key, findings) and _waits(state)
    ]
    added = pd.DataFrame(new + gone, columns=COLUMNS, dtype=object)
    return pd.concat([log[COLUMNS], added], ignore_index=True) if len(added) else log[COLUMNS]


def watch(
    records: Records,
    points: Iterable[MonitoringPoint],
    dates: Iterable[str | dt.date],
    *,
    log: pd.DataFrame | None = None,
    entities: Iterable[str] | None = None,
    executor: str = "auto",
) -> pd.DataFrame:
    """Look at the points on several days and write the log; the records are read once for many days.

    Parameters
    ----------
    records : Records
        All records; each day sees only what was known before it.
    points : iterable of MonitoringPoint
        From `load_point`.
    dates : iterable of str or date
        The days, in order.
    log : DataFrame, optional
        An earlier log; empty if not given.
    entities : iterable of str, optional
        Whom to watch; everybody if not given.
    executor : {"auto", "sql", "scan"}, default "auto"
        As for `IndicatorExtractor`.

    Returns
    -------
    DataFrame
        The log.

    Raises
    ------
    SpecError
        If the days are not in order.
    """
    grown = empty_log() if log is None else log
    watched = None if entities is None else frozenset(entities)
    for found in find_on_days(records, points, dates, entities=watched, executor=executor):
        grown = extend_log(grown, found)
    return grown


def alert_states(
    log: pd.DataFrame, points: Iterable[MonitoringPoint], *, as_of: str | dt.date
) -> pd.DataFrame:
    """Return where every alert stands on a day.

    Parameters
    ----------
    log : DataFrame
        The log.
    points : iterable of MonitoringPoint
        The points of the log.
    as_of : str or date
        The day; events on it do not count yet.

    Returns
    -------
    DataFrame
        `point`, `entity_id`, `stage`, `number`, `since`, `due` and `told`, one row for each pair that
        ever had an alert before the day.

    Raises
    ------
    SchemaError
        If the log lacks a column.
    SpecError
        If the log names an unknown point, or its events contradict each other.
    """
    rows = [
        (*key, last.state.stage, last.state.number, last.on, last.state.due, last.state.told)
        for key, trail in alert_trails(log, points, as_of=as_of)
        for last in trail[-1:]
    ]
    columns = ["point", "entity_id", "stage", "number", "since", "due", "told"]
    return pd.DataFrame(rows, columns=columns)


def alert_trails(
    log: pd.DataFrame, points: Iterable[MonitoringPoint], *, as_of: str | dt.date
) -> Iterator[tuple[Key, tuple[AlertChange, ...]]]:
    """Yield the audit trail of every alert before a day.

    Parameters
    ----------
    log : DataFrame
        The log.
    points : iterable of MonitoringPoint
        The points of the log.
    as_of : str or date
        The day.

    Yields
    ------
    key : tuple of str
        Point and entity.
    trail : tuple of AlertChange
        Every change, the earliest first.

    Raises
    ------
    SchemaError
        If the log lacks a column.
    SpecError
        If the log names an unknown point, or its events contradict each other.
    """
    _check_columns(log)
    known = tuple(points)
    ids = [one.id for one in known]
    for name in log["point"].unique():
        if name not in ids:
            raise SpecError(f"A log is read with its points; {name!r} was not given.{hint(str(name), ids)}")
    yield from _trails(log, known, as_of)


def _trails(
    log: pd.DataFrame, points: tuple[MonitoringPoint, ...], as_of: str | dt.date
) -> Iterator[tuple[Key, tuple[AlertChange, ...]]]:
    for key, events, deadlines in _alerts(log, points):
        try:
            yield key, alert_trail(events, as_of=as_of, deadlines=deadlines)
        except SpecError as error:
            raise SpecError(f"Point {key[0]!r}, entity {key[1]!r}: {error}") from None


def _alerts(
    log: pd.DataFrame, points: tuple[MonitoringPoint, ...]
) -> Iterator[tuple[Key, list[AlertEvent], Deadlines]]:
    deadlines = {one.id: one.deadlines for one in points}
    known = log[log["point"].isin(deadlines)]
    for (point, entity), rows in known.groupby(["point", "entity_id"], sort=True):
        events = [
            AlertEvent(on=to_date(on), kind=kind, why=str(why))
            for on, kind, why in zip(rows["on"], rows["kind"], rows["why"], strict=True)
        ]
        yield (str(point), str(entity)), events, deadlines[str(point)]


def _check_columns(log: pd.DataFrame) -> None:
    for name in COLUMNS:
        if name not in log:
            raise SchemaError(f"A log of alerts has {', '.join(COLUMNS)}; {name} is missing: add the column.")


def _looked_at(findings: Findings) -> list[str]:
    return [one.id for one in findings.points if one.id not in findings.absent]


def _is_watched(key: Key, findings: Findings) -> bool:
    point, entity = key
    return point not in findings.absent and (findings.watched is None or entity in findings.watched)


def _day_after(findings: Findings) -> dt.date:
    return findings.on + dt.timedelta(days=1)


def _is_new(state: AlertState | None, on: dt.date) -> bool:
    if state is None:
        return True
    return not state.is_open and not (state.quiet_until is not None and on <= state.quiet_until)


def _waits(state: AlertState | None) -> bool:
    return state is not None and (state.is_open or state.quiet_until is not None)
