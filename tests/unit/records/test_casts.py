"""Nothing is rounded, guessed or cut when a value becomes a value of its column."""

import datetime as dt
from typing import Any

import ibis
import pyarrow as pa
import pytest

from creditrisk.records.casts import cleaned, to_type
from creditrisk.records.schema import ColumnType

DAY = dt.date(2024, 3, 5)


def cast(value: object, kind: ColumnType, source: pa.DataType | None = None) -> Any:
    table = ibis.memtable(pa.table({"value": pa.array([value], type=source)}))
    return table.select(value=to_type(cleaned(table.value), kind)).to_pyarrow()["value"][0].as_py()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (82474, "82474"),
        (60609.0, "60609"),
        (1.5, "1.5"),
        ("  a ", "a"),
        ("", None),
        (" ", None),
        (True, "true"),
    ],
)
def test_text(value: object, text: str | None) -> None:
    assert cast(value, ColumnType.STRING) == text


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\r", "\v", "\f", " \t\r\n"])
@pytest.mark.parametrize("text", ["a", "罚款 一", "\u3000", "!", "\x01"])
def test_blanks_around_a_text_are_no_part_of_it(text: str, blank: str) -> None:
    for padded in (text, blank + text, text + blank, blank + text + blank):
        assert cast(padded, ColumnType.STRING) == text
    assert cast(blank, ColumnType.STRING) is None


def test_text_of_a_narrow_float_and_of_a_decimal_is_the_whole_number() -> None:
    assert cast(60609.0, ColumnType.STRING, pa.float32()) == "60609"
    assert cast(60609, ColumnType.STRING, pa.decimal128(9, 2)) == "60609"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("3", 3),
        ("3.0", 3),
        (3.0, 3),
        ("3.7", None),
        (3.7, None),
        ("many", None),
        (2, 2),
        ("9007199254740993", None),
    ],
)
def test_whole_numbers_are_not_rounded(value: object, number: int | None) -> None:
    assert cast(value, ColumnType.INTEGER) == number


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1.5", 1.5),
        ("1,500", None),
        ("inf", None),
        (float("inf"), None),
        (float("nan"), None),
        (7, 7.0),
        ("万", None),
    ],
)
def test_numbers_are_finite(value: object, number: float | None) -> None:
    assert cast(value, ColumnType.FLOAT) == number


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-03-05", DAY),
        ("2024/3/5", DAY),
        ("2024-03-05 23:59:59", DAY),
        ("2024-03-05T23:59:59", DAY),
        ("05/03/2024", None),
        ("20240305", None),
        ("2024-13-05", None),
        ("2024年3月5日", None),
        (dt.datetime(2024, 3, 5, 23, 59), DAY),
        (20240305, None),
    ],
)
def test_dates_are_not_guessed(value: object, day: dt.date | None) -> None:
    assert cast(value, ColumnType.DATE) == day


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        ("yes", True),
        ("N", False),
        ("是", True),
        ("否", False),
        (1, True),
        (0.0, False),
        (2, None),
        ("maybe", None),
    ],
)
def test_booleans(value: object, truth: bool | None) -> None:
    assert cast(value, ColumnType.BOOLEAN) is truth
