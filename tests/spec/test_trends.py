"""Two windows against each other: `trend`, `mean_trend`."""

import datetime as dt
import math

import pytest
from tests.lib.drawn import drawn_records
from tests.lib.engines import Engine, measured

DAY = dt.date(2024, 1, 1)


def test_trend_compares_counts_with_a_guard(engine: Engine) -> None:
    complaints = """
    entity_id | occurred_on
    a         | 2023-12-31
    a         | 2023-10-01
    a         | 2023-09-30
    b         | 2023-07-01
    c         | 2023-06-30
    """
    values = measured(
        engine,
        {"complaint": drawn_records("complaint", complaints)},
        DAY,
        table="complaint",
        measure="trend",
        months=3,
    )
    assert values == pytest.approx({"a": math.log(3 / 2), "b": math.log(1 / 2), "c": None})


def test_mean_trend_compares_levels(engine: Engine) -> None:
    staff = """
    entity_id | occurred_on | persons
    a         | 2023-12-01  | 2
    a         | 2023-06-01  | 4
    a         | 2022-12-01  | 11
    b         | 2023-12-01  | 2
    """
    values = measured(
        engine,
        {"social_insurance": drawn_records("social_insurance", staff)},
        DAY,
        table="social_insurance",
        measure="mean_trend",
        column="persons",
        months=12,
    )
    assert values == pytest.approx({"a": math.log(4 / 12), "b": None})
