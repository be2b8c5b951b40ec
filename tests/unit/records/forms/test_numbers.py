"""A number is read as its form says, or not at all."""

import ibis
import pyarrow as pa
import pytest

from creditrisk.records.forms.numbers import NumberReader
from creditrisk.records.forms.units import NumberForm


def read(value: object, **said: object) -> float | None:
    table = ibis.memtable(pa.table({"value": [value]}))
    number = NumberReader(**said).read(table.value)  # type: ignore[arg-type]
    found: float | None = table.select(number=number).to_pyarrow()["number"][0].as_py()
    return found


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [
        ("1,234.5", "1,234.5", 1234.5),
        ("1,234,567", "1,234.5", 1234567.0),
        ("-1,234", "1,234.5", -1234.0),
        ("1234.5", "1,234.5", 1234.5),
        ("￥１，２３４", "1,234.5", 1234.0),
        ("$ 12", "1,234.5", 12.0),
        ("12 CNY", "1,234.5", 12.0),
        ("12元", "1,234.5", 12.0),
        ("1,23", "1,234.5", None),
        ("1234,567", "1,234.5", None),
        ("1,234.5.6", "1,234.5", None),
        ("12%", "1,234.5", None),
        ("12万", "1,234.5", None),
        ("1e5", "1,234.5", None),
        ("", "1,234.5", None),
        ("1.234,5", "1.234,5", 1234.5),
        ("1,5", "1.234,5", 1.5),
        ("1.5", "1.234,5", None),
        ("1 234 567,8", "1 234,5", 1234567.8),
        ("1'234.5", "1'234.5", 1234.5),
    ],
)
def test_forms(text: str, form: NumberForm, number: float | None) -> None:
    assert read(text, form=form) == number


@pytest.mark.parametrize(
    ("value", "unit", "yuan"),
    [
        ("1.5", "万元", 15000.0),
        (1.5, "ten_thousand_yuan", 15000.0),
        (3, "亿元", 3e8),
        (45296, "fen", 452.96),
        ("7", "元", 7.0),
        ("7元", "元", None),
        ("500万元人民币", "as_written", 5e6),
        ("500 万", "as_written", 5e6),
        ("2百万元", "as_written", 2e6),
        ("1,200.5元整", "as_written", 1200.5),
        ("1２元", "as_written", 12.0),
        ("3.5亿", "as_written", 3.5e8),
        ("500", "as_written", None),
        ("5千万", "as_written", None),
        ("500万美元", "as_written", None),
        (500, "as_written", None),
    ],
)
def test_units(value: object, unit: str, yuan: float | None) -> None:
    assert read(value, unit=unit) == yuan


def test_a_share_may_carry_its_sign() -> None:
    assert read("12.5%", form="1,234.5", unit="%") == 0.125
    assert read("12.5元", form="1,234.5", unit="%") is None
    assert read("12元", form="1,234.5", unit="万元") is None


def test_what_is_a_number_already_needs_no_form() -> None:
    assert read(1234.5, form="1.234,5", multiply=2.0) == 2469.0
