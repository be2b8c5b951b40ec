"""The latest records: `latest`, `latest_is`, `latest_ratio`, `change`, `largest_shift`."""

import datetime as dt
import math

import pytest
from tests.lib.drawn import drawn_records, expected
from tests.lib.engines import Engine, measured

DAY = dt.date(2024, 1, 1)

REPORTS = """
entity_id | occurred_on | known_on   | year | filed | assets_cny | liabilities_cny | revenue_cny
a         | 2022-06-01  | 2022-06-02 | 2021 | yes   | 100        | 10              | 200
a         | 2023-06-01  | 2023-06-02 | 2022 | yes   | 100        | 50              | 300
b         | 2022-06-01  | 2022-06-02 | 2021 | yes   | 100        | 10              | 0
b         | 2023-06-01  | 2023-06-02 | 2022 | yes   | 0          | 50              | 300
c         | 2022-06-01  | 2022-06-02 | 2021 | yes   | 100        | 10              | 200
c         | 2023-06-01  | 2024-01-01 | 2022 | yes   | 100        | 50              | 300
"""


def test_latest_takes_what_was_known(engine: Engine) -> None:
    values = measured(
        engine,
        {"annual_report": drawn_records("annual_report", REPORTS)},
        DAY,
        table="annual_report",
        measure="latest",
        column="revenue_cny",
    )
    assert values == expected("""
        entity_id | value
        a         | 300
        b         | 300
        c         | 200
    """)


def test_of_one_day_the_largest_record_id_is_the_latest(engine: Engine) -> None:
    grades = """
    record_id | entity_id | occurred_on | tax_grade
    r2        | a         | 2023-06-01  | B
    r10       | a         | 2023-06-01  | A
    r3        | a         | 2023-06-01  |
    r9        | b         | 2023-05-31  | D
    r1        | b         | 2023-06-01  | C
    """
    values = measured(
        engine,
        {"tax_status": drawn_records("tax_status", grades)},
        DAY,
        table="tax_status",
        measure="latest",
        column="tax_grade",
    )
    assert values == expected("""
        entity_id | value
        a         | "B"
        b         | "C"
    """)


def test_latest_is_asks_the_latest_record_only(engine: Engine) -> None:
    staff = """
    entity_id | occurred_on | persons
    a         | 2023-05-01  | 3
    a         | 2023-06-01  | 0
    b         | 2023-05-01  | 0
    b         | 2023-06-01  | 3
    c         | 2020-05-01  | 0
    """
    values = measured(
        engine,
        {"social_insurance": drawn_records("social_insurance", staff)},
        DAY,
        table="social_insurance",
        measure="latest_is",
        condition={"persons": 0},
        months=12,
    )
    assert values == expected("""
        entity_id | value
        a         | 1
        b         | 0
        c         |
    """)


def test_latest_ratio_passes_over_records_without_a_denominator(engine: Engine) -> None:
    values = measured(
        engine,
        {"annual_report": drawn_records("annual_report", REPORTS)},
        DAY,
        table="annual_report",
        measure="latest_ratio",
        numerator="liabilities_cny",
        denominator="assets_cny",
    )
    assert values == expected("""
        entity_id | value
        a         | 0.5
        b         | 0.1
        c         | 0.1
    """)


@pytest.mark.parametrize(
    ("kind", "of_a", "of_b"), [("relative", 0.5, None), ("difference", 100, 300), ("changed", 1, 1)]
)
def test_change_needs_two_records(engine: Engine, kind: str, of_a: float, of_b: float | None) -> None:
    values = measured(
        engine,
        {"annual_report": drawn_records("annual_report", REPORTS)},
        DAY,
        table="annual_report",
        measure="change",
        column="revenue_cny",
        kind=kind,
    )
    assert values == {"a": of_a, "b": of_b, "c": None}


def test_largest_shift_reads_numbers_in_text(engine: Engine) -> None:
    changes = """
    entity_id | occurred_on | item    | before | after
    a         | 2023-05-01  | capital | 100    | 200
    a         | 2023-06-01  | capital | 200    | 20.0
    a         | 2023-06-02  | address | 1      | 1000
    b         | 2023-06-01  | capital | 0      | 200
    b         | 2023-06-02  | capital | much   | 200
    """
    values = measured(
        engine,
        {"registration_change": drawn_records("registration_change", changes)},
        DAY,
        table="registration_change",
        measure="largest_shift",
        before="before",
        after="after",
        where={"item": "capital"},
    )
    assert values == pytest.approx({"a": math.log(10), "b": None})
