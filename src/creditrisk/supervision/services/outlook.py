"""When an entity is clear again (信用修复时间表): one line an entity, from the timetable of its records."""

import datetime as dt

import pandas as pd

from creditrisk.errors import SchemaError
from creditrisk.records.dates import to_date
from creditrisk.records.repair import RecordState

_NEEDED = ("entity_id", "state", "counts_until", "repairable_from", "open_conditions_en")


def repair_outlook(timetable: pd.DataFrame, *, as_of: str | dt.date) -> pd.DataFrame:
    """Return for each entity how many records still count, and when it can do something about them.

    Parameters
    ----------
    timetable : DataFrame
        From `repair_timetable`.
    as_of : str or date
        The day of the timetable.

    Returns
    -------
    DataFrame
        Indexed by entity id, for entities with a record that counts: `counting` (records that count),
        `repairable_now` (of them, by their dates), `ready` (of these, without an open condition),
        `next_repairable` (the first later day on which another one can be applied for), `clear_by_repair`
        (the earliest day on which all could be), and `clear_by_time` (the first day on which none counts any
        more by itself); a day is missing where a record cannot be repaired, or ends only with its
        reason.

    Raises
    ------
    SchemaError
        If a column of the timetable is missing.
    """
    missing = [name for name in _NEEDED if name not in timetable]
    if missing:
        raise SchemaError(
            f"An outlook is made of a repair timetable; {missing[0]} is missing: take repair_timetable."
        )
    day = pd.Timestamp(to_date(as_of))
    counting = timetable[timetable["state"] == RecordState.ACTIVE.value].copy()
    dates = {name: pd.to_datetime(counting[name]) for name in ("repairable_from", "counts_until")}
    now = dates["repairable_from"] <= day
    counting = counting.assign(
        counting=1,
        repairable_now=now.astype(int),
        ready=(now & (counting["open_conditions_en"] == "")).astype(int),
        next_repairable=dates["repairable_from"].where(~now),
        by_repair=dates["repairable_from"].where(~now, day),
        by_time=dates["counts_until"],
    )
    grouped = counting.groupby("entity_id")
    table = grouped[["counting", "repairable_now", "ready"]].sum()
    table["next_repairable"] = grouped["next_repairable"].min()
    for name, source in {"clear_by_repair": "by_repair", "clear_by_time": "by_time"}.items():
        complete = grouped[source].count() == table["counting"]
        table[name] = grouped[source].max().where(complete)
    return table
