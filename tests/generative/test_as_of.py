"""No record that was not yet known can change what a snapshot shows: law, and a leaky twin that breaks it.

Records do not touch each other here, so an example is a batch of many; shrinking would only cost time.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import ibis
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.lib.drawn import Row, complete, registered
from tests.lib.engines import records_of

from creditrisk.records.records import Records

DAY = dt.date(2023, 1, 1)
NEAR = st.dates(DAY - dt.timedelta(days=3), DAY + dt.timedelta(days=3))
Shown = list[dict[str, Any]]

BATCHES = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)

listings = st.lists(
    st.fixed_dictionaries(
        {
            "entity_id": st.sampled_from("abc"),
            "known_on": NEAR,
            "end_known_on": st.none() | NEAR,
            "repaired": st.booleans(),
        }
    ),
    min_size=12,
    max_size=24,
)


def listing(number: int, drawn: Row) -> Row:
    """Return a listing that began, and ended if it did, long before anybody knew."""
    began = dt.date(2022, 1, 1)
    ended = None if drawn["end_known_on"] is None else dt.date(2022, 6, 1)
    return complete("abnormal_list", number, {"occurred_on": began, "ended_on": ended} | drawn)


def read(rows: list[Row]) -> Records:
    return records_of({"registration": registered("a", "b", "c"), "abnormal_list": rows})


def without_the_future(row: Row) -> Row:
    """Return a record as the bureau held it at the end of the last day before `DAY`."""
    unknown = row["end_known_on"] is None or row["end_known_on"] >= DAY
    return row | ({"ended_on": None, "end_known_on": None, "repaired": None} if unknown else {})


def as_of(records: Records) -> Any:
    return records.as_of(DAY).table("abnormal_list").drop("as_of")


def leaky(records: Records) -> Any:
    """Show what was known on the day itself as well."""
    table = records.tables["abnormal_list"]
    return table.filter(table.known_on <= ibis.literal(DAY))


def unmasked(records: Records) -> Any:
    """Show ends before they were known."""
    table = records.tables["abnormal_list"]
    return table.filter(table.known_on < ibis.literal(DAY))


def shown(look: Callable[[Records], Any], records: Records) -> Shown:
    found: Shown = look(records).order_by("record_id").to_pyarrow().to_pylist()
    return found


def blind_to_the_future(look: Callable[[Records], Any]) -> None:
    """Check that a look at all records shows what the records of that day alone show."""

    @BATCHES
    @given(listings)
    def check(drawn: list[Row]) -> None:
        rows = [listing(number, row) for number, row in enumerate(drawn)]
        past = [without_the_future(row) for row in rows if row["known_on"] < DAY]
        assert shown(look, read(rows)) == (shown(look, read(past)) if past else [])

    check()


def test_a_snapshot_is_blind_to_the_future() -> None:
    blind_to_the_future(as_of)


@pytest.mark.parametrize("look", [leaky, unmasked])
def test_a_leaky_look_is_caught(look: Callable[[Records], Any]) -> None:
    with pytest.raises(AssertionError):
        blind_to_the_future(look)


@BATCHES
@given(listings, NEAR, NEAR)
def test_what_was_known_stays_known(drawn: list[Row], one: dt.date, other: dt.date) -> None:
    earlier, later = sorted([one, other])
    records = read([listing(number, row) for number, row in enumerate(drawn)])
    ids = [
        {row["record_id"] for row in records.as_of(day).table("abnormal_list").to_pyarrow().to_pylist()}
        for day in (earlier, later)
    ]
    assert ids[0] <= ids[1]
