import numpy as np

from creditrisk.records.synthetic.log import RecordLog, after, days, later, month_ends


def dates(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def test_records_of_one_type_are_joined_in_order() -> None:
    log = RecordLog()
    log.add("recall", np.array([3]), dates("2020-01-01"), dates("2020-01-02"), units=np.array([10]))
    log.add("recall", np.array([1]), dates("2021-01-01"), dates("2021-01-02"), units=np.array([20]))
    columns = log.columns("recall")
    assert columns is not None
    assert columns["entity"].tolist() == [3, 1]
    assert columns["units"].tolist() == [10, 20]
    assert log.columns("accident") is None


def test_days_reach_both_ends_and_nothing_beyond() -> None:
    drawn = days(np.random.default_rng(0), 2020, 500, start=(2, 27), end=(3, 1))
    expected = dates("2020-02-27", "2020-02-28", "2020-02-29", "2020-03-01")
    assert np.unique(drawn).tolist() == expected.tolist()


def test_later_days_lie_between_the_lags() -> None:
    start = np.repeat(dates("2020-12-30"), 300)
    lags = (later(np.random.default_rng(0), start, 1, 3) - start).astype(int)
    assert np.unique(lags).tolist() == [1, 2, 3]


def test_after_counts_days_across_a_leap_day() -> None:
    assert after(dates("2020-02-28"), 2).tolist() == dates("2020-03-01").tolist()


def complaints(log: RecordLog, entity: list[int], day: list[str], category: list[str]) -> list[int]:
    """Add complaints and return their rows."""
    when = dates(*day)
    return log.add("complaint", np.array(entity), when, when, category=np.array(category)).tolist()


def test_a_second_record_of_entity_day_and_matter_is_left_out() -> None:
    log = RecordLog()
    day = "2020-01-01"
    assert complaints(log, [1, 1, 1, 2], [day] * 4, ["price", "price", "service", "price"]) == [0, -1, 1, 2]
    assert complaints(log, [2, 2, 3], [day, "2020-01-02", day], ["price"] * 3) == [-1, 3, 4]
    columns = log.columns("complaint")
    assert columns is not None
    assert columns["entity"].tolist() == [1, 1, 2, 2, 3]


def test_two_missing_amounts_are_the_same() -> None:
    log = RecordLog()
    when = dates("2020-01-01", "2020-01-01")
    rows = log.add("complaint", np.array([5, 5]), when, when, amount_cny=np.array([np.nan, np.nan]))
    assert rows.tolist() == [0, -1]


def test_month_ends_know_leap_years() -> None:
    ends = month_ends(2024)
    assert len(ends) == 12
    assert ends[[0, 1, 11]].tolist() == dates("2024-01-31", "2024-02-29", "2024-12-31").tolist()
