"""Dates as users write them, and months."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import DateError, SpecError
from creditrisk.records.dates import add_months, check_months, to_date


@pytest.mark.parametrize(
    "when",
    [
        "2024-02-29",
        " 2024-02-29 ",
        dt.date(2024, 2, 29),
        dt.datetime(2024, 2, 29, 23, 59),
        pd.Timestamp("2024-02-29 12:00"),
        np.datetime64("2024-02-29"),
    ],
)
def test_every_way_to_write_a_day_is_the_same_day(when: object) -> None:
    day = to_date(when)
    assert day == dt.date(2024, 2, 29)
    assert type(day) is dt.date


@pytest.mark.parametrize(
    "when", ["2023-02-29", "yesterday", "", None, 20240229, pd.NaT, np.datetime64("NaT", "D")]
)
def test_what_is_no_day_is_refused(when: object) -> None:
    with pytest.raises(DateError, match="is not a date; write it as year-month-day"):
        to_date(when)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2024-01-31", 1, "2024-02-29"), ("2024-02-29", 12, "2025-02-28"), ("2024-03-31", -1, "2024-02-29")],
)
def test_months_keep_the_day_or_take_the_last_of_the_month(start: str, months: int, end: str) -> None:
    assert add_months(to_date(start), months) == to_date(end)


@pytest.mark.parametrize("months", [0, -1, 1.5, "12", True, None])
def test_a_span_is_a_whole_number_of_months(months: object) -> None:
    with pytest.raises(SpecError, match="whole number of at least 1"):
        check_months(months)


@pytest.mark.parametrize("months", [12, 10**6, 10**30])
def test_months_beyond_the_calendar_are_refused(months: int) -> None:
    with pytest.raises(DateError, match=r"months from 9999-12-31 lies outside the calendar; choose fewer\.$"):
        add_months(dt.date(9999, 12, 31), months)


@pytest.mark.parametrize(
    "when", [b"2024-01-01", pd.Timestamp("9999-12-31").as_unit("s") + pd.Timedelta(days=1)]
)
def test_what_no_calendar_of_python_knows_is_refused(when: object) -> None:
    with pytest.raises(DateError):
        to_date(when)
