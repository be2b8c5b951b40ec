import datetime as dt

import numpy as np
import pytest

from creditrisk.records.quality.calendar import due_days, is_working, official_years


def due(day: str, working_days: int) -> str:
    start = dt.date.fromisoformat(day)
    return str(due_days(start, start, working_days)[1][0])


@pytest.mark.parametrize(
    ("day", "working_days", "last"),
    [
        ("2024-03-04", 7, "2024-03-13"),  # a plain Monday
        ("2024-02-09", 1, "2024-02-18"),  # Spring Festival: closed 10 to 17 February, open on Sunday the 18th
        ("2024-02-09", 7, "2024-02-26"),
        ("2024-09-27", 2, "2024-09-30"),  # Sunday 29 September is a make-up workday
        ("2024-09-30", 1, "2024-10-08"),  # National Day
        ("2024-10-08", 4, "2024-10-12"),  # Saturday 12 October is a make-up workday
        ("2025-01-26", 1, "2025-01-27"),  # Sunday 26 January worked, closed from the 28th to 4 February
        ("2025-01-27", 1, "2025-02-05"),
    ],
)
def test_the_last_day_in_time(day: str, working_days: int, last: str) -> None:
    assert due(day, working_days) == last


def test_the_day_itself_does_not_count_even_on_a_weekend() -> None:
    assert due("2024-03-02", 1) == due("2024-03-01", 1) == "2024-03-04"


def test_outside_the_official_years_monday_to_friday_work() -> None:
    first, last = official_years()
    for year in (first - 1, last + 1):
        days = np.arange(f"{year}-09-25", f"{year}-10-15", dtype="datetime64[D]")
        assert (is_working(days) == np.is_busday(days)).all()
    inside = np.arange("2024-09-25", "2024-10-15", dtype="datetime64[D]")
    assert (is_working(inside) != np.is_busday(inside)).sum() == 5 + 2


def test_due_days_never_go_back_and_agree_with_counting_day_by_day() -> None:
    one = np.timedelta64(1, "D")
    days, last = due_days(dt.date(2022, 12, 1), dt.date(2024, 3, 1), 20)
    assert (np.diff(last) >= np.timedelta64(0, "D")).all()
    for day, by in list(zip(days, last, strict=True))[::17]:
        between = np.arange(day + one, by + one)
        assert is_working(between).sum() == 20
        assert is_working(between[-1:])[0]
