import chinese_calendar
import numpy as np
import pytest

from creditrisk.records.synthetic.working_days import working_days_after


@pytest.mark.parametrize("number", [1, 7, 20])
def test_days_are_counted_as_the_official_calendar_counts(number: int) -> None:
    starts = np.arange("2018-01-01", "2024-12-31", 13, dtype="datetime64[D]")
    for start, end in zip(starts, working_days_after(starts, np.full(len(starts), number)), strict=True):
        between = np.arange(start, end, dtype="datetime64[D]") + np.timedelta64(1, "D")
        assert sum(chinese_calendar.is_workday(day) for day in between.tolist()) == number
        assert chinese_calendar.is_workday(end.item())


def test_before_the_official_calendar_only_weekends_are_free() -> None:
    friday = np.array(["1999-10-01"], dtype="datetime64[D]")
    assert working_days_after(friday, np.array([1])).tolist() == [np.datetime64("1999-10-04").item()]
