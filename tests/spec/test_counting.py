"""How many records there are: `count`, `decayed_count`, `flag`, `distinct`."""

import datetime as dt

import pytest
from tests.lib.drawn import drawn_records, expected
from tests.lib.engines import Engine, measured

DAY = dt.date(2024, 1, 1)

PENALTIES = """
entity_id | occurred_on | known_on   | act_type | severity
a         | 2023-12-31  | 2023-12-31 | food     | 2
a         | 2023-01-01  | 2023-01-09 | food     | 3
a         | 2022-12-31  | 2023-01-09 | price    | 2
b         | 2023-06-01  | 2024-01-01 | food     | 2
c         | 2020-01-01  | 2020-01-02 |          |
"""


def test_count_takes_the_first_day_of_the_window_and_not_the_as_of_date(engine: Engine) -> None:
    values = measured(
        engine,
        {"penalty": drawn_records("penalty", PENALTIES)},
        DAY,
        table="penalty",
        measure="count",
        months=12,
    )
    assert values == expected("""
        entity_id | value
        a         | 2
        b         |
        c         |
    """)


def test_count_without_a_window_takes_all_history(engine: Engine) -> None:
    values = measured(
        engine, {"penalty": drawn_records("penalty", PENALTIES)}, DAY, table="penalty", measure="count"
    )
    assert values == expected("""
        entity_id | value
        a         | 3
        b         |
        c         | 1
    """)


def test_missing_zero_makes_no_records_a_zero(engine: Engine) -> None:
    values = measured(
        engine,
        {"penalty": drawn_records("penalty", PENALTIES)},
        DAY,
        table="penalty",
        measure="count",
        months=12,
        missing="zero",
    )
    assert values == expected("""
        entity_id | value
        a         | 2
        b         | 0
        c         | 0
    """)


def test_count_keeps_the_filter(engine: Engine) -> None:
    values = measured(
        engine,
        {"penalty": drawn_records("penalty", PENALTIES)},
        DAY,
        table="penalty",
        measure="count",
        where={"act_type": ["food", "price"], "severity": {"at_least": 2, "below": 3}},
    )
    assert values == expected("""
        entity_id | value
        a         | 2
        b         |
        c         |
    """)


def test_a_record_halves_with_every_half_life(engine: Engine) -> None:
    records = """
    entity_id | occurred_on
    a         | 2023-12-31
    b         | 2023-01-01
    c         | 2022-01-01
    c         | 2023-01-01
    """
    values = measured(
        engine,
        {"penalty": drawn_records("penalty", records)},
        DAY,
        table="penalty",
        measure="decayed_count",
        half_life_months=365 / 30.4375,
    )
    assert values == pytest.approx({"a": 0.5 ** (1 / 365), "b": 0.5, "c": 0.75})


def test_flag_is_one_for_any_record(engine: Engine) -> None:
    inspections = """
    entity_id | occurred_on | result_codes
    a         | 2023-05-01  | 8
    a         | 2023-06-01  | 3, 1
    b         | 2023-06-01  | 11,12
    """
    values = measured(
        engine,
        {"inspection": drawn_records("inspection", inspections)},
        DAY,
        table="inspection",
        measure="flag",
        where={"result_codes": {"contains_any": ["1", "2", "E"]}},
        missing="zero",
    )
    assert values == expected("""
        entity_id | value
        a         | 1
        b         | 0
    """)


def test_distinct_counts_values_not_records(engine: Engine) -> None:
    values = measured(
        engine,
        {"penalty": drawn_records("penalty", PENALTIES)},
        DAY,
        table="penalty",
        measure="distinct",
        column="act_type",
    )
    assert values == expected("""
        entity_id | value
        a         | 2
        b         |
        c         |
    """)
