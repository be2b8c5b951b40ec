"""What became of the alerts, point by point."""

import datetime as dt
from collections.abc import Iterable, Sequence

import pandas as pd

from creditrisk.errors import SpecError, shown
from creditrisk.supervision.monitoring.alerts import AlertChange
from creditrisk.supervision.monitoring.log import alert_trails
from creditrisk.supervision.monitoring.point import MonitoringPoint

_COUNTS = ["raised", "notified", "corrected", "cleared", "escalated", "open"]


def summarise_alerts(
    log: pd.DataFrame,
    points: Iterable[MonitoringPoint],
    *,
    as_of: str | dt.date,
    population: int | None = None,
) -> pd.DataFrame:
    """Count the alerts of each point up to a day.

    Parameters
    ----------
    log : DataFrame
        The log.
    points : iterable of MonitoringPoint
        The points of the log.
    as_of : str or date
        The day; events on it do not count yet.
    population : int, optional
        How many entities were watched.

    Returns
    -------
    DataFrame
        Indexed by point: `title_en`, `title_zh`, how many alerts were `raised`, `notified`, `corrected`,
        `cleared` (over before anybody was notified) and `escalated`, how many are `open`, and with a
        population how many were raised for each 10 000 entities (`per_10000`). An alert that was escalated
        and corrected later counts in both.

    Raises
    ------
    SpecError
        If the population is no whole number of 1 or more, or the log names an unknown point.
    """
    if population is not None and (not isinstance(population, int) or population < 1):
        raise SpecError(f"A population is a whole number of 1 or more; got {shown(population)}: count again.")
    known = tuple(points)
    counts = {one.id: dict.fromkeys(_COUNTS, 0) for one in known}
    for (point, _), trail in alert_trails(log, known, as_of=as_of):
        for name, count in _counts(trail).items():
            counts[point][name] += count
    table = pd.DataFrame.from_dict(counts, orient="index", columns=_COUNTS).rename_axis("point")
    table.insert(0, "title_en", [one.title_en for one in known])
    table.insert(1, "title_zh", [one.title_zh for one in known])
    if population is not None:
        table["per_10000"] = table["raised"] * 1e4 / population
    return table


def _counts(trail: tuple[AlertChange, ...]) -> dict[str, int]:
    stages = [change.state.stage for change in trail]
    return {
        "raised": sum(change.what == "found" for change in trail),
        "notified": sum(change.what == "notify" for change in trail),
        "corrected": _times_entered(stages, "corrected"),
        "cleared": _times_entered(stages, "cleared"),
        "escalated": sum(change.what == "deadline" for change in trail),
        "open": int(bool(trail) and trail[-1].state.is_open),
    }


def _times_entered(stages: Sequence[str], stage: str) -> int:
    return sum(now == stage != before for before, now in zip(["", *stages], stages, strict=False))
