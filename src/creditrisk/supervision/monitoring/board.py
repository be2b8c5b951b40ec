"""The open alerts as people read them: titles and stages in their language, the most urgent first."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

import pandas as pd

from creditrisk.records.dates import to_date
from creditrisk.supervision.monitoring.alerts import OPEN
from creditrisk.supervision.monitoring.log import alert_states
from creditrisk.supervision.monitoring.point import MonitoringPoint

type Language = Literal["en", "zh"]

STAGES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "detected": "detected: notify",
        "notified": "notified: awaits correction",
        "escalated": "escalated",
    },
    "zh": {"detected": "已发现，待告知", "notified": "已告知，待整改", "escalated": "已逾期，转办"},
}
"""What the stages of an open alert are called."""


def open_alerts(
    log: pd.DataFrame,
    points: Iterable[MonitoringPoint],
    *,
    on: str | dt.date,
    language: Language = "en",
) -> pd.DataFrame:
    """Return the alerts that are open at the end of a day.

    Parameters
    ----------
    log : DataFrame
        The log.
    points : iterable of MonitoringPoint
        The points of the log.
    on : str or date
        The day; events on it count.
    language : {"en", "zh"}, default "en"
        Of titles and stages.

    Returns
    -------
    DataFrame
        `entity_id`, `point`, `title`, `stage` (in words), `due` (the last day to notify or to correct;
        missing for the escalated), `since`, `number` and `why` (what was found last): the escalated first,
        the longest so before the others; then by `due`.

    Raises
    ------
    SpecError
        If the log names an unknown point, or its events contradict each other.
    """
    known = tuple(points)
    titles = {one.id: one.title_zh if language == "zh" else one.title_en for one in known}
    states = alert_states(log, known, as_of=to_date(on) + dt.timedelta(days=1))
    still = states[states["stage"].isin(OPEN)].assign(_urgent=lambda t: t["stage"] != "escalated")
    still = still.sort_values(["_urgent", "due", "since", "point", "entity_id"], ignore_index=True)
    found = log[(log["kind"] == "found") & (log["on"].map(to_date) <= to_date(on))]
    why = (
        found.sort_values("on", key=lambda days: days.map(to_date))
        .groupby(["point", "entity_id"])["why"]
        .last()
    )
    pairs = pd.MultiIndex.from_frame(still[["point", "entity_id"]])
    return pd.DataFrame(
        {
            "entity_id": still["entity_id"],
            "point": still["point"],
            "title": still["point"].map(titles),
            "stage": still["stage"].map(STAGES[language]),
            "due": still["due"],
            "since": still["since"],
            "number": still["number"],
            "why": why.reindex(pairs).to_numpy(),
        }
    )
