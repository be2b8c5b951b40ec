"""Periods of months to the day: `counted_from + months` is the last day, the day after it the first outside.

So a period that begins on 15 January ends after three months with 15 April, and on 16 April it is over; where
the month has no such day, its last day stands for it. The windows of the indicators end in the same way.
"""

import datetime as dt
from typing import Any

import pandas as pd

from creditrisk.records.dates import add_months

ONE_DAY = dt.timedelta(days=1)


def latest_start(as_of: dt.date, months: int) -> dt.date:
    """Return the latest day from which a period is over on a day.

    Engines count months in different ways; a comparison with this day needs no months of theirs.

    Parameters
    ----------
    as_of : datetime.date
        The day.
    months : int
        How long the period is.

    Returns
    -------
    datetime.date
        The latest ``start`` with ``add_months(start, months) < as_of``.

    Examples
    --------
    >>> latest_start(dt.date(2024, 4, 16), 3)
    datetime.date(2024, 1, 15)
    >>> latest_start(dt.date(2023, 3, 1), 1)
    datetime.date(2023, 1, 31)
    """
    last = as_of - ONE_DAY
    start = add_months(last, -months)
    ends_a_month = (last + ONE_DAY).month != last.month
    return _month_end(start) if ends_a_month else start


def first_day_after(starts: "pd.Series[Any]", months: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the first day after each period.

    Parameters
    ----------
    starts : Series of datetime64
        First days.
    months : Series of float
        Lengths, missing for no period.

    Returns
    -------
    Series of datetime64
        Missing where there is no period.

    Examples
    --------
    >>> starts = pd.Series(pd.to_datetime(["2024-01-15", "2024-01-15"]))
    >>> first_day_after(starts, pd.Series([3.0, None])).dt.date.tolist()
    [datetime.date(2024, 4, 16), NaT]
    """
    after = starts.where(months.notna())
    for length in months.dropna().unique():
        alike = months == length
        after[alike] = starts[alike] + pd.DateOffset(months=int(length)) + ONE_DAY
    return after


def _month_end(day: dt.date) -> dt.date:
    return add_months(day.replace(day=1), 1) - ONE_DAY
