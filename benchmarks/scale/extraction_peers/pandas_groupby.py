"""Pandas: one group-by an indicator, over Parquet files."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.scale.extraction_peers.names import (
    COUNTED,
    DECAYED,
    DISTINCT,
    EVENTS,
    FLAGGED,
    LAST,
    RATE_A_DAY,
    SUMMED,
    TABLES,
    WITHIN_36_MONTHS,
    earlier,
)


def load(folder: Path) -> Path:
    """Return where the files are."""
    return folder


def _read(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the records, dates as `datetime64`."""
    frames = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    for frame in frames.values():
        for name in frame.columns[frame.columns.str.endswith("_on")]:
            frame[name] = pd.to_datetime(frame[name])
    return frames


def extract(folder: Path, as_of: dt.date) -> Any:
    """Return the indicators as a frame."""
    frames = _read(folder)
    day = pd.Timestamp(as_of)
    register = frames["registration"]
    left, known = register["deregistered_on"], register["deregistered_known_on"]
    present = (register["known_on"] < day) & ~((left < day) & (known < day))
    index = pd.Index(register.loc[present, "entity_id"])
    columns: dict[str, Any] = {}
    for table in EVENTS:
        frame = frames[table]
        rows = frame[(frame["known_on"] < day) & _counts(table, frame, as_of)]
        for name, values, missing in _values(table, rows, as_of):
            columns[name] = values.reindex(index).fillna(missing)
    return pd.DataFrame(columns).rename_axis("entity_id").reset_index()


def _counts(table: str, frame: pd.DataFrame, as_of: dt.date) -> "pd.Series[bool]":
    day, begun = pd.Timestamp(as_of), frame["occurred_on"]
    if table == "abnormal_list":
        return (begun <= day) & ~((frame["ended_on"] <= day) & (frame["end_known_on"] < day))
    if table in WITHIN_36_MONTHS:
        return (begun < day) & (begun >= pd.Timestamp(earlier(as_of, 36)))
    return begun < day


def _values(table: str, rows: pd.DataFrame, as_of: dt.date) -> Iterator[tuple[str, Any, float]]:
    def within(months: int) -> Any:
        return rows[rows["occurred_on"] >= pd.Timestamp(earlier(as_of, months))].groupby("entity_id")

    age = (pd.Timestamp(as_of) - rows["occurred_on"]).dt.days
    if table in COUNTED:
        for months in (12, 24, 36):
            yield f"n_{table}_{months}", within(months).size(), 0.0
    if table in SUMMED:
        for months in (12, 24):
            yield f"s_{table}_{months}", within(months)[SUMMED[table]].sum(), 0.0
    if table in LAST:
        yield f"d_{table}", age.groupby(rows["entity_id"]).min(), np.nan
    if table in DECAYED:
        yield f"k_{table}", np.exp(-RATE_A_DAY * age).groupby(rows["entity_id"]).sum(), 0.0
    if table in DISTINCT:
        yield f"u_{table}", within(24)[DISTINCT[table]].nunique(), 0.0
    if table in FLAGGED:
        yield f"e_{table}", within(36).size().clip(upper=1), 0.0
    if table == "abnormal_list":
        yield "in_list", rows.groupby("entity_id").size().clip(upper=1), 0.0
    if table == "penalty":
        yield "max_fine_36", within(36)["fine_cny"].max(), np.nan
        yield "max_severity_24", within(24)["severity"].max(), np.nan
