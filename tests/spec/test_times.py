"""How long ago or how long still: days since and until, the age of an attribute, the season."""

import datetime as dt

import pytest
from tests.lib.drawn import drawn_records, expected
from tests.lib.engines import Engine, measured

DAY = dt.date(2024, 3, 1)

INSPECTIONS = """
entity_id | occurred_on | known_on   | result_codes
a         | 2024-02-28  | 2024-02-29 | 1
a         | 2023-03-01  | 2023-03-02 | 1
a         | 2019-03-01  | 2019-03-02 | 1
b         | 2024-02-28  | 2024-03-01 | 1
c         | 2018-03-01  | 2018-03-01 | 1
"""


def test_days_since_last_counts_calendar_days(engine: Engine) -> None:
    values = measured(
        engine,
        {"inspection": drawn_records("inspection", INSPECTIONS)},
        DAY,
        table="inspection",
        measure="days_since_last",
        months=60,
    )
    assert values == expected("""
        entity_id | value
        a         | 2
        b         |
        c         |
    """)


def test_days_since_first_keeps_to_the_window(engine: Engine) -> None:
    values = measured(
        engine,
        {"inspection": drawn_records("inspection", INSPECTIONS)},
        DAY,
        table="inspection",
        measure="days_since_first",
        months=60,
        days_per_unit=365.25,
    )
    assert values == pytest.approx({"a": 1827 / 365.25, "b": None, "c": None})


def test_days_until_takes_the_nearest_date_that_has_not_passed(engine: Engine) -> None:
    licences = """
    entity_id | occurred_on | valid_to   | withdrawn_on
    a         | 2020-01-01  | 2024-02-29 |
    a         | 2020-01-01  | 2024-03-31 |
    a         | 2020-01-01  | 2024-03-11 | 2024-01-01
    b         | 2020-01-01  | 2024-03-01 |
    c         | 2020-01-01  |            |
    """
    values = measured(
        engine,
        {"licence": drawn_records("licence", licences)},
        DAY,
        table="licence",
        measure="days_until",
        column="valid_to",
        where={"withdrawn_on": {"known": False}},
    )
    assert values == expected("""
        entity_id | value
        a         | 30
        b         | 0
        c         |
    """)


def test_attribute_age_is_in_years(engine: Engine) -> None:
    register = """
    entity_id | occurred_on
    a         | 2020-03-01
    """
    values = measured(
        engine,
        {"registration": drawn_records("registration", register)},
        DAY,
        table="registration",
        measure="attribute_age",
    )
    assert values == pytest.approx({"a": 1461 / 365.25})


def test_season_is_the_month_of_the_as_of_date(engine: Engine) -> None:
    register = """
    entity_id | occurred_on
    a         | 2020-06-01
    """
    values = measured(
        engine, {"registration": drawn_records("registration", register)}, DAY, measure="season"
    )
    assert values == {"a": 3.0}
