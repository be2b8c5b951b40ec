"""The state of every record of a type on a day, and the days on which it changes (记录有效状态)."""

from typing import Any

import pandas as pd

from creditrisk.records.engine import to_frame
from creditrisk.records.repair.periods import ONE_DAY, first_day_after
from creditrisk.records.repair.rules import RULE, AnyRegime, Rule, rules_for
from creditrisk.records.repair.state import (
    ENDED,
    ENDED_KNOWN,
    EXTENDED,
    REPAIRED_KNOWN,
    STARTS,
    STATE,
    RecordState,
    with_states,
)
from creditrisk.records.snapshot import Snapshot

COLUMNS = (
    "as_of",
    "entity_id",
    "record_id",
    "occurred_on",
    "regime",
    "matter",
    "state",
    "counts_until",
    "repairable_from",
)


def effective_state(snapshot: Snapshot, table: str, *, regime: AnyRegime = None) -> pd.DataFrame:
    """Return whether each record of a snapshot counts, until when, and from when it may be repaired.

    Parameters
    ----------
    snapshot : Snapshot
        From `Records.as_of`; nothing that became known later plays a part.
    table : str
        The record type.
    regime : RepairRegime, str or Path, optional
        The regime for every record; without one, each falls under the packaged regime of its `occurred_on`.

    Returns
    -------
    DataFrame, (n_records, 9)
        Sorted by `as_of`, `entity_id` and `record_id`: `occurred_on`; `regime` and `matter`, which rule
        applies; `state`, one of ``active``, ``repaired``, ``expired`` and ``not_public``; `counts_until`, the
        first day on which the record does not count, missing if no such day is known; `repairable_from`, the
        earliest day on which the entity could apply, for active records that can be repaired.

    Raises
    ------
    SchemaError
        If the records do not hold this table.
    SpecError
        If no regime speaks of the record type, or a regime names a column that it does not have.
    """
    rules = rules_for(table, regime)
    return dated(with_states(snapshot, table, rules), rules)[list(COLUMNS)]


def dated(rows: Any, rules: tuple[Rule, ...]) -> pd.DataFrame:
    """Fetch records with states, and add the days on which their states change.

    Parameters
    ----------
    rows : ibis.Table
        From `with_states`.
    rules : tuple of Rule
        The same rules.

    Returns
    -------
    DataFrame
        The columns of `effective_state`, and `RULE`.
    """
    fetched = ["as_of", "entity_id", "record_id", "occurred_on"]
    dates = [STARTS, EXTENDED, ENDED, ENDED_KNOWN, REPAIRED_KNOWN]
    frame = to_frame(rows.select(*fetched, RULE, STATE, *dates))
    frame = frame.sort_values(["as_of", "entity_id", "record_id"], ignore_index=True)
    frame["state"] = frame[STATE]
    frame["regime"] = said(frame, [rule.regime.name for rule in rules])
    frame["matter"] = said(frame, [rule.matter.id for rule in rules])
    longest = said(frame, [rule.matter.maximum_months for rule in rules]).astype(float)
    shortest = said(frame, [rule.matter.minimum_months for rule in rules]).astype(float)
    frame["counts_until"] = _earliest(
        _later(first_day_after(frame[STARTS], longest), frame[EXTENDED] + ONE_DAY),
        _later(frame[ENDED], frame[ENDED_KNOWN] + ONE_DAY),
        frame[REPAIRED_KNOWN] + ONE_DAY,
    )
    from_then = first_day_after(frame[STARTS], shortest.where(shortest > 0))
    from_then = from_then.where(shortest != 0, frame[STARTS])
    frame["repairable_from"] = from_then.where(frame["state"] == RecordState.ACTIVE)
    frame = frame.astype(dict.fromkeys(("counts_until", "repairable_from"), frame["occurred_on"].dtype))
    return frame[[*COLUMNS, RULE]]


def said(frame: pd.DataFrame, values: list[Any]) -> "pd.Series[Any]":
    """Return what the rule of each record says, of one value for every rule; missing where none applies."""
    return frame[RULE].map(pd.Series(values, dtype=object))


def _earliest(*days: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.concat(days, axis=1).min(axis=1)


def _later(day: "pd.Series[Any]", other: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the later of two days, missing where the first is."""
    return day.where((day >= other) | other.isna(), other).where(day.notna())
