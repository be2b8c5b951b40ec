"""Every text is its day or nothing: no engine rounds, guesses or fails."""

import datetime as dt
import itertools
from typing import Any

import ibis
import pyarrow as pa
import pytest

from creditrisk.records.day_formats import parse_day, parse_iso_day

DAY = dt.date(2024, 1, 5)
NUMBERS = list(
    itertools.product([1899, 1900, 1904, 1999, 2000, 2023, 2024, 2100, 2200, 2201], range(14), range(33))
)


def parsed(texts: list[str | None], form: str | list[str] | None = None) -> list[Any]:
    """Return what becomes of texts, by a format or else as year, month, day."""
    table = ibis.memtable(pa.table({"text": pa.array(texts, pa.string())}))
    day = parse_iso_day(table.text) if form is None else parse_day(table.text, form)
    found: list[Any] = table.select(day=day).to_pyarrow()["day"].to_pylist()
    return found


def truly(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, none if it does not exist or lies outside 1900 to 2200."""
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("{}-{}-{}", None),
        ("{}/{:02d}/{:02d} 23:59:59", None),
        ("{}{:02d}{:02d}", "%Y%m%d"),
        ("{}年{}月{}日", "%Y年%m月%d日"),
        ("{2}.{1}.{0}", "%d.%m.%Y"),
        ("7:05 {1:02d}/{2:02d}/{0}", "%H:%M %m/%d/%Y"),
        ("{}.{}.{}", ["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d"]),
    ],
)
def test_days_are_read_and_what_is_no_day_is_not(written: str, form: str | list[str] | None) -> None:
    assert parsed([written.format(*numbers) for numbers in NUMBERS], form) == [truly(*n) for n in NUMBERS]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-01-05T23:59:59.125Z", DAY),
        ("2024-01-05 23:59+08:00", DAY),
        ("2024-1-5 0:00:00.0", DAY),
        ("2024-01/05", None),
        ("2024-01-05 25:00", None),
        ("2024-01-05 in the evening", None),
        ("9999-9-9", None),
        ("２０２４-01-05", None),
        ("20240105", None),
        ("05/01/2024", None),
        ("", None),
        (None, None),
    ],
)
def test_year_month_day(text: str | None, day: dt.date | None) -> None:
    assert parsed([text]) == [day]


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("5-JAN-2024", "%d-%b-%Y", DAY),
        ("05-Jan-2024 10:30 pm", "%d-%b-%Y %I:%M %p", DAY),
        ("31-Feb-2024", "%d-%b-%Y", None),
        ("05.01.24", "%d.%m.%y", DAY),
        ("29.02.00", "%d.%m.%y", dt.date(2000, 2, 29)),
        ("29.02.23", "%d.%m.%y", None),
        ("01.01.69", "%d.%m.%y", dt.date(1969, 1, 1)),
        ("31.12.68", "%d.%m.%y", dt.date(2068, 12, 31)),
        ("20240105123000", "%Y%m%d%H%M%S", DAY),
        ("2024015", "%Y%m%d", None),
        ("2024-01-05", "%Y-%-m-%-d", DAY),
        ("[2024] 1+5", "[%Y] %m+%d", DAY),
        ("100% 2024-1-5", "100%% %Y-%m-%d", DAY),
        ("2024-01-05.123456", "%Y-%m-%d.%f", DAY),
        ("2024年1月5日 08:00:00", "%Y年%m月%d日 %T", DAY),
        ("2024年1月5", "%Y年%m月%d日", None),
        ("12024年1月5日", "%Y年%m月%d日", None),
    ],
)
def test_formats(text: str, form: str, day: dt.date | None) -> None:
    assert parsed([text], form) == [day]


def test_of_several_formats_the_first_that_fits_counts() -> None:
    assert parsed(["03/04/2024", "13/04/2024"], ["%m/%d/%Y", "%d/%m/%Y"]) == [
        dt.date(2024, 3, 4),
        dt.date(2024, 4, 13),
    ]


def test_a_very_long_text_is_no_day() -> None:
    assert parsed(["2024-01-05" + " " * 1_000_000 + "x", "9" * 1_000_000]) == [None, None]
