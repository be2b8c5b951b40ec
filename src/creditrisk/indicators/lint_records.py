"""Windows that go back further than the records."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from creditrisk.indicators.indicator import Indicator
from creditrisk.records.dates import add_months
from creditrisk.records.engine import to_frame

if TYPE_CHECKING:
    from creditrisk.records.records import Records


def windows_too_long(indicators: Sequence[Indicator], records: "Records") -> Iterator[tuple[str, str]]:
    """Give the indicators whose window begins before the first record of their table.

    The window is taken to end when the last record of the tables that the indicators read was known.

    Parameters
    ----------
    indicators : sequence of Indicator
        The specs.
    records : Records
        The records.

    Yields
    ------
    tuple of (str, str)
        Id of the indicator, and a sentence.
    """
    windowed = [one for one in indicators if one.months is not None and one.table in records.tables]
    spans = {key: _span(records, *key) for key in {(str(one.table), one.dated_by) for one in windowed}}
    last = max((span[1] for span in spans.values() if span is not None), default=None)
    for one in windowed:
        span = spans[str(one.table), one.dated_by]
        if last is None or span is None or span[0] <= add_months(last, -int(one.months or 0)):
            continue
        yield (
            one.id,
            f"Indicator {one.id} looks back {one.months} months, and the records of {one.table!r} begin only "
            f"on {span[0]} (`{one.dated_by}`), which is less before the last was known, {last}; shorten the "
            "window, or let it count from later dates on.",
        )


def _span(records: "Records", table: str, dated_by: str) -> tuple[dt.date, dt.date] | None:
    rows = records.tables[table]
    if dated_by not in rows.columns:
        return None
    found = to_frame(rows.aggregate(first=rows[dated_by].min(), last=rows["known_on"].max())).iloc[0]
    if pd.isna(found["first"]) or pd.isna(found["last"]):
        return None
    return pd.Timestamp(found["first"]).date(), pd.Timestamp(found["last"]).date()
