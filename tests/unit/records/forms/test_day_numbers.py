"""Days that are numbers."""

import datetime as dt

import ibis
import pyarrow as pa
import pytest

from creditrisk.records.forms.day_numbers import read_day


def read(value: object, *forms: str) -> dt.date | None:
    table = ibis.memtable(pa.table({"value": [value]}))
    found: dt.date | None = table.select(day=read_day(table.value, forms)).to_pyarrow()["day"][0].as_py()
    return found


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("45296", dt.date(2024, 1, 5)),
        (45296.99, dt.date(2024, 1, 5)),
        (61, dt.date(1900, 3, 1)),
        (60, None),
        (-1, None),
        (109939.5, dt.date(2200, 12, 31)),
        (109940, None),
        (1e300, None),
        ("2024-01-05", None),
    ],
)
def test_serial_numbers_of_spreadsheets(value: object, day: dt.date | None) -> None:
    assert read(value, "excel") == day


@pytest.mark.parametrize(
    ("value", "form", "day"),
    [
        (1704384000000, "epoch_ms", dt.date(2024, 1, 4)),
        (1704384000000, "epoch_ms+08:00", dt.date(2024, 1, 5)),
        ("1704384000", "epoch_s+08:00", dt.date(2024, 1, 5)),
        (0, "epoch_s-00:30", dt.date(1969, 12, 31)),
        (1e18, "epoch_ms", None),
        ("soon", "epoch_ms", None),
    ],
)
def test_times_since_1970(value: object, form: str, day: dt.date | None) -> None:
    assert read(value, form) == day


def test_the_first_form_that_fits_counts_and_a_date_stays_one() -> None:
    assert read("20240105", "%Y%m%d", "excel") == dt.date(2024, 1, 5)
    assert read(20240105, "%Y%m%d") == dt.date(2024, 1, 5)
    assert read(dt.date(2024, 1, 5), "%Y%m%d") == dt.date(2024, 1, 5)
    assert read(dt.datetime(2024, 1, 5, 23), "excel") == dt.date(2024, 1, 5)
