"""Periods of months to the day."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrisk.records.dates import add_months
from creditrisk.records.repair.periods import first_day_after, latest_start

DAYS = st.dates(dt.date(1999, 1, 1), dt.date(2030, 12, 31))
MONTHS = st.integers(1, 40)


@pytest.mark.parametrize(
    ("start", "months", "after"),
    [
        ("2024-01-15", 3, "2024-04-16"),
        ("2023-11-30", 3, "2024-03-01"),
        ("2022-11-30", 3, "2023-03-01"),
        ("2024-02-29", 12, "2025-03-01"),
        ("2021-09-01", 36, "2024-09-02"),
    ],
)
def test_the_corresponding_day_is_the_last_one(start: str, months: int, after: str) -> None:
    days = first_day_after(pd.Series(pd.to_datetime([start])), pd.Series([float(months)]))
    assert days[0] == pd.Timestamp(after)


def test_without_months_there_is_no_end() -> None:
    days = first_day_after(pd.Series(pd.to_datetime(["2024-01-15"])), pd.Series([None], dtype=float))
    assert days.isna().all()


@given(day=DAYS, months=MONTHS)
def test_the_latest_start_is_over_and_the_day_after_it_is_not(day: dt.date, months: int) -> None:
    start = latest_start(day, months)
    assert add_months(start, months) < day
    assert add_months(start + dt.timedelta(days=1), months) >= day


@given(start=DAYS, day=DAYS, months=MONTHS)
def test_both_ways_of_counting_agree(start: dt.date, day: dt.date, months: int) -> None:
    after = first_day_after(pd.Series([pd.Timestamp(start)]), pd.Series([float(months)]))[0].date()
    assert (day >= after) == (start <= latest_start(day, months))
