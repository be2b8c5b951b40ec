"""The same tables give the same records, rejections, snapshots and outcomes on every engine."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from tests.lib.registry import DAY, registration, rows

from creditrisk.records.engine import table_names
from creditrisk.records.read import read_records
from creditrisk.records.records import Records

MESSY = {
    "registration": registration(
        *"abcdef",
        known_on=["2020-01-02", "2020/1/2", " 2020-1-02 10:00:00", "soon", None, "2020-02-30"],
        name=["甲公司", "Bakery 'B'", "c\tc", "😀", "", "f"],
        registered_capital_cny=["1000", "1.5e6", " 7.25 ", "-1", "1e999", "ten"],
        key_sector=["是", "no", "TRUE", "0", "", None],
    ),
    "inspection": rows(
        ("i1", "a", "2020-03-01", "3, E", 0.25),
        ("i1", "a", "2020-02-01", "1", 0.5),
        ("i2", "a", "2020-02-01", "1", float("nan")),
        ("i2", "a", "2020-02-01", "4", 0.5),
        ("i2", "a", "2020-02-01", "4", 0.25),
        ("i3", "b", "2020-02-01", "2", 0.5),
        ("i4", "b", "2020-02-01", "3,,E", 0.5),
        ("i5", "z", "2020-02-01", "1", 0.5),
        ("i6", "b", "2020-02-01", None, -0.5),
        ("i7", "c", "2020-02-29", "3", 0.5),
        ("i8", "c", "0020-02-29", "3", 0.5),
        columns="record_id entity_id occurred_on result_codes inclusion_probability",
    ),
    "abnormal_list": rows(
        ("a", DAY, dt.date(2019, 12, 31)),
        ("b", DAY, dt.date(2021, 6, 1)),
        ("c", DAY, None),
        columns="entity_id occurred_on ended_on",
    ),
}


def _plain(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Return rows as plain values in an order that does not depend on the engine."""
    cells = frame.astype(object).where(frame.notna(), None)
    return sorted((tuple(map(_value, row)) for row in cells.itertuples(index=False)), key=repr)


def _value(cell: Any) -> Any:
    return cell.date() if isinstance(cell, pd.Timestamp) else cell


def _contents(records: Records) -> dict[str, Any]:
    frames = {name: table.to_pyarrow().to_pandas() for name, table in records.tables.items()}
    return {
        "columns": {name: list(frame.columns) for name, frame in frames.items()},
        "rows": {name: _plain(frame) for name, frame in frames.items()},
        "rejected": _plain(records.rejections.counts()),
        "accounts": _plain(records.accounts()),
        "rejected rows": {name: _plain(records.rejections.rows(name)) for name in records.tables},
        "ignored": records.ignored,
        "span": (records.first_known_on, records.last_known_on),
    }


@pytest.fixture(scope="module")
def here() -> Records:
    return read_records(MESSY)


@pytest.fixture(scope="module")
def connection(load: Any) -> Any:
    return load(MESSY)


@pytest.fixture(scope="module")
def there(connection: Any) -> Records:
    return read_records(connection)


def test_the_same_rows_are_accepted_and_rejected(there: Records, here: Records) -> None:
    found = _contents(there)
    for what, contents in _contents(here).items():
        assert found[what] == contents, what
    assert here.rejections.total > 9


@pytest.mark.parametrize("day", ["2020-02-15", "2021-06-01", "2021-06-02"])
def test_a_snapshot_is_the_same(there: Records, here: Records, day: str) -> None:
    found, expected = there.as_of(day), here.as_of(day)
    assert _plain(found.spine.to_pyarrow().to_pandas()) == _plain(expected.spine.to_pyarrow().to_pandas())
    for name in MESSY:
        one, other = found.table(name), expected.table(name)
        assert _plain(one.to_pyarrow().to_pandas()) == _plain(other.to_pyarrow().to_pandas()), name


def test_a_cohort_and_its_outcomes_are_the_same(there: Records, here: Records) -> None:
    cohort = pd.DataFrame({"entity_id": ["a", "c", "a"], "as_of": ["2020-02-01", "2020-02-01", "2020-03-01"]})
    found = there.outcomes(cohort)
    pd.testing.assert_frame_equal(found, here.outcomes(cohort))
    assert found["violation"].notna().any()


def test_nothing_of_ours_is_among_the_tables_of_the_source(there: Records, connection: Any) -> None:
    assert set(there.tables) == set(MESSY)
    assert table_names(connection) == tuple(sorted(MESSY))
