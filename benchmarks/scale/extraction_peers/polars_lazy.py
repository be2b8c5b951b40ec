"""Polars, lazily, over Parquet files."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from polars import col

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

MAY_BE_MISSING = ("d_", "max_")


def load(folder: Path) -> dict[str, pl.LazyFrame]:
    """Return the records, not yet read."""
    return {name: pl.scan_parquet(folder / f"{name}.parquet") for name in TABLES}


def extract(frames: dict[str, pl.LazyFrame], day: dt.date) -> Any:
    """Return the indicators as a frame."""
    left = col("deregistered_on")
    present = left.is_null() | (col("deregistered_known_on") >= day) | (left >= day)
    result = frames["registration"].filter((col("known_on") < day) & present).select("entity_id")
    for table in EVENTS:
        known = frames[table].filter(col("known_on") < day, _counts(table, day))
        result = result.join(
            known.group_by("entity_id").agg(*_values(table, day)), on="entity_id", how="left"
        )
    done: pl.DataFrame = result.sort("entity_id").collect()
    zero = [name for name in done.columns[1:] if not name.startswith(MAY_BE_MISSING)]
    return done.with_columns(col(zero).fill_null(0))


def _counts(table: str, day: dt.date) -> pl.Expr:
    if table == "abnormal_list":
        open_ended = col("ended_on").is_null() | (col("end_known_on") >= day) | (col("ended_on") > day)
        return (col("occurred_on") <= day) & open_ended
    begun = col("occurred_on") < day
    return begun & (col("occurred_on") >= earlier(day, 36)) if table in WITHIN_36_MONTHS else begun


def _values(table: str, day: dt.date) -> Iterator[pl.Expr]:
    def since(months: int) -> pl.Expr:
        return col("occurred_on") >= earlier(day, months)

    age = (pl.lit(day) - col("occurred_on")).dt.total_days()
    if table in COUNTED:
        for months in (12, 24, 36):
            yield since(months).sum().alias(f"n_{table}_{months}")
    if table in SUMMED:
        for months in (12, 24):
            yield col(SUMMED[table]).filter(since(months)).sum().alias(f"s_{table}_{months}")
    if table in LAST:
        yield age.min().alias(f"d_{table}")
    if table in DECAYED:
        yield (age.cast(pl.Float64) * -RATE_A_DAY).exp().sum().alias(f"k_{table}")
    if table in DISTINCT:
        yield col(DISTINCT[table]).filter(since(24)).n_unique().alias(f"u_{table}")
    if table in FLAGGED:
        yield since(36).any().cast(pl.Int8).alias(f"e_{table}")
    if table == "abnormal_list":
        yield pl.lit(1).alias("in_list")
    if table == "penalty":
        yield col("fine_cny").filter(since(36)).max().alias("max_fine_36")
        yield col("severity").filter(since(24)).max().alias("max_severity_24")
