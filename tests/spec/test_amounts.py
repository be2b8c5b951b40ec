"""How much there is: `sum`, `max`, `mean`, `ratio`, `rate`."""

import datetime as dt
import math

import pytest
from tests.lib.drawn import drawn_records, expected
from tests.lib.engines import Engine, measured

DAY = dt.date(2024, 1, 1)

PENALTIES = """
entity_id | occurred_on | severity | fine_cny | confiscated_cny
a         | 2023-02-01  | 2        | 1000     | 500
a         | 2023-03-01  | 3        |          | 250.5
b         | 2023-03-01  | 0        |          |
c         | 2019-03-01  | 5        | 9000     |
"""


def test_sum_adds_columns_and_records(engine: Engine) -> None:
    values = measured(
        engine,
        {"penalty": drawn_records("penalty", PENALTIES)},
        DAY,
        table="penalty",
        measure="sum",
        column=["fine_cny", "confiscated_cny"],
        months=36,
    )
    assert values == expected("""
        entity_id | value
        a         | 1750.5
        b         |
        c         |
    """)


def test_log1p_transforms_after_zero_is_filled_in(engine: Engine) -> None:
    values = measured(
        engine,
        {"penalty": drawn_records("penalty", PENALTIES)},
        DAY,
        table="penalty",
        measure="sum",
        column="fine_cny",
        months=36,
        missing="zero",
        transform="log1p",
    )
    assert values == pytest.approx({"a": math.log(1001), "b": 0.0, "c": 0.0})


def test_max_takes_the_heaviest(engine: Engine) -> None:
    values = measured(
        engine,
        {"penalty": drawn_records("penalty", PENALTIES)},
        DAY,
        table="penalty",
        measure="max",
        column="severity",
        months=36,
    )
    assert values == expected("""
        entity_id | value
        a         | 3
        b         | 0
        c         |
    """)


def test_mean_leaves_out_records_without_a_value(engine: Engine) -> None:
    values = measured(
        engine,
        {"penalty": drawn_records("penalty", PENALTIES)},
        DAY,
        table="penalty",
        measure="mean",
        column="fine_cny",
    )
    assert values == expected("""
        entity_id | value
        a         | 1000
        b         |
        c         | 9000
    """)


def test_ratio_divides_sums_of_complete_records(engine: Engine) -> None:
    shares = """
    entity_id | occurred_on | subscribed_cny | paid_in_cny
    a         | 2020-01-01  | 100            | 100
    a         | 2020-01-01  | 300            | 0
    a         | 2020-01-01  | 500            |
    b         | 2020-01-01  | 0              | 0
    """
    values = measured(
        engine,
        {"shareholder": drawn_records("shareholder", shares)},
        DAY,
        table="shareholder",
        measure="ratio",
        numerator="paid_in_cny",
        denominator="subscribed_cny",
    )
    assert values == expected("""
        entity_id | value
        a         | 0.25
        b         |
    """)


TESTS = """
entity_id | occurred_on | failed
a         | 2023-01-01  | yes
a         | 2023-02-01  | no
a         | 2023-03-01  | no
b         | 2023-01-01  | yes
c         | 2018-01-01  | yes
"""


def test_rate_is_shrunk_towards_a_stated_mean(engine: Engine) -> None:
    values = measured(
        engine,
        {"sampling_test": drawn_records("sampling_test", TESTS)},
        DAY,
        table="sampling_test",
        measure="rate",
        numerator={"failed": True},
        prior_strength=2,
        prior_mean=0.1,
        months=36,
    )
    assert values == pytest.approx({"a": (1 + 0.2) / (3 + 2), "b": (1 + 0.2) / (1 + 2), "c": None})


def test_rate_is_shrunk_towards_the_rate_of_all_entities(engine: Engine) -> None:
    values = measured(
        engine,
        {"sampling_test": drawn_records("sampling_test", TESTS)},
        DAY,
        table="sampling_test",
        measure="rate",
        numerator={"failed": True},
        prior_strength=2,
        prior_mean="population",
        months=36,
    )
    common = (2 + 0.5) / (4 + 1)
    assert values == pytest.approx({"a": (1 + 2 * common) / 5, "b": (1 + 2 * common) / 3, "c": None})
