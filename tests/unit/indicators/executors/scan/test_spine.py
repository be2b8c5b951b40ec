"""Spines have the rows of a table in its order, whatever they are made from."""

import datetime as dt

import numpy as np
import pyarrow as pa

from creditrisk.indicators.executors.scan.spine import cohort, one_date, panel

DAYS = (dt.date(2024, 3, 31), dt.date(2023, 1, 1))


def rows_of(spine: object) -> list[tuple[dt.date, str]]:
    """Return the index as plain pairs."""
    return [(day.date(), entity) for day, entity in spine.index]  # type: ignore[attr-defined]


def test_one_date() -> None:
    spine = one_date(DAYS[0], pa.array(["a", "b"]))
    assert rows_of(spine) == [(DAYS[0], "a"), (DAYS[0], "b")]
    assert spine.seats.rows.tolist() == [0, 1]


def test_a_cohort_has_every_pair_at_its_row() -> None:
    days = pa.array([DAYS[1], DAYS[0], DAYS[0]], pa.date32())
    spine = cohort(pa.array(["b", "a", "b"]), days)
    assert rows_of(spine) == [(DAYS[1], "b"), (DAYS[0], "a"), (DAYS[0], "b")]
    assert spine.seats.heads.tolist() == [0, 1, 3]
    assert spine.seats.rows.tolist() == [1, 0, 2]


def test_a_panel_has_who_was_there_on_each_date() -> None:
    since = np.array([0, 19_400, 2**30, 0], np.int32)
    until = np.array([2**30, 2**30, 2**30, 19_400], np.int32)
    spine = panel(DAYS, pa.array(["a", "b", "c", "d"]), since, until)
    assert rows_of(spine) == [(DAYS[0], "a"), (DAYS[0], "b"), (DAYS[1], "a"), (DAYS[1], "d")]
    assert spine.entities.to_pylist() == ["a", "b", "d"]


def test_a_window_begins_and_ends_months_before_its_date() -> None:
    window = one_date(DAYS[0], pa.array(["a"])).window((1, 0))
    first, end = (np.datetime64(int(day[0]), "D") for day in (window.first, window.end))
    assert (str(first), str(end)) == ("2024-02-29", "2024-03-31")
