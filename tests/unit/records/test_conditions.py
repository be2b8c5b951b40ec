"""What each condition keeps, on a drawn column with a missing value."""

import datetime as dt
from typing import Any

import ibis
import pyarrow as pa
import pytest

from creditrisk.errors import SpecError
from creditrisk.records import conditions

ROWS = pa.table(
    {
        "row": [1, 2, 3, 4],
        "codes": ["3,E", "13, 6", None, "1"],
        "fine": [10.0, 20.0, None, 30.0],
        "level": ["a", "b", "a", None],
        "failed": [True, False, None, True],
        "until": [dt.date(2024, 1, 1), dt.date(2024, 6, 1), None, dt.date(2025, 1, 1)],
    }
)


def kept(where: dict[str, Any]) -> list[int]:
    table = ibis.memtable(ROWS)
    rows = table.filter(conditions.compile(where, table)).order_by("row").to_pyarrow()
    found: list[int] = rows["row"].to_pylist()
    return found


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ({}, [1, 2, 3, 4]),
        ({"level": "a"}, [1, 3]),
        ({"level": ["a", "b"]}, [1, 2, 3]),
        ({"failed": True}, [1, 4]),
        ({"failed": False}, [2]),
        ({"fine": 20}, [2]),
        ({"fine": {"at_least": 20}}, [2, 4]),
        ({"fine": {"below": 20}}, [1]),
        ({"fine": {"at_least": 10, "below": 30}}, [1, 2]),
        ({"until": {"at_least": dt.date(2024, 6, 1)}}, [2, 4]),
        ({"fine": {"known": False}}, [3]),
        ({"fine": {"known": True}}, [1, 2, 4]),
        ({"codes": {"contains_any": ["3"]}}, [1]),
        ({"codes": {"contains_any": ["6", "E"]}}, [1, 2]),
        ({"level": "a", "fine": {"known": True}}, [1]),
    ],
)
def test_a_condition_keeps_the_rows_that_it_says(where: dict[str, Any], rows: list[int]) -> None:
    assert kept(where) == rows


def test_a_condition_is_never_null_so_that_it_can_be_negated() -> None:
    table = ibis.memtable(ROWS)
    where = conditions.compile({"fine": {"below": 20}}, table)
    assert table.filter(~where).count().to_pyarrow().as_py() == 3


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ({"levle": "a"}, "names the column 'levle', which its table does not have. Did you mean 'level'?"),
        (
            {"fine": "10"},
            "'fine', which holds float64 values, with '10'; write a value of the column's own type.",
        ),
        ({"level": 3}, "'level', which holds string values, with 3;"),
        ({"fine": True}, "with True;"),
        ({"until": {"below": 3}}, "'until', which holds date values, with 3;"),
        ({"fine": {"atleast": 3}}, "'where.fine.atleast' is unknown. Did you mean 'at_least'?"),
        ({"fine": {}}, "a condition says nothing; use equals,"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_refused(where: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SpecError) as caught:
        conditions.compile(where, ibis.memtable(ROWS))
    assert sentence in str(caught.value)
