"""What a snapshot shows: only what was known strictly before its day."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from tests.lib.registry import read, registration, rows

from creditrisk.errors import DateError, SpecError
from creditrisk.records.records import Records
from creditrisk.records.snapshot import Snapshot

LISTS = rows(
    ("l1", "a", "2021-01-10", "2021-01-20", "2021-06-01", "2021-06-15", True),
    ("l2", "b", "2021-02-01", "2021-02-01", "2021-12-01", None, False),
    columns="record_id entity_id occurred_on known_on ended_on end_known_on repaired",
)


@pytest.fixture(scope="module")
def records() -> Records:
    """Return three entities, of which one left and one came late, and two listings."""
    people = registration(
        "a",
        "b",
        "gone",
        "late",
        known_on=["2020-01-02", "2020-01-02", "2020-01-02", "2022-01-01"],
        deregistered_on=[None, None, "2021-03-01", None],
        deregistered_known_on=[None, None, "2021-04-01", None],
        revoked_on=[None, "2021-03-01", None, None],
    )
    return read(registration=people, abnormal_list=LISTS)


def seen(snapshot: Snapshot, *columns: str) -> list[dict[str, Any]]:
    table = snapshot.table("abnormal_list")
    found: list[dict[str, Any]] = (
        table.order_by("as_of", "record_id").select(*columns).to_pyarrow().to_pylist()
    )
    return found


def spine(snapshot: Snapshot) -> list[str]:
    found: list[str] = snapshot.spine.order_by("entity_id").to_pyarrow()["entity_id"].to_pylist()
    return found


@pytest.mark.parametrize(
    ("day", "ids"), [("2021-01-20", []), ("2021-01-21", ["l1"]), ("2021-02-02", ["l1", "l2"])]
)
def test_a_record_is_seen_from_the_day_after_it_was_known(records: Records, day: str, ids: list[str]) -> None:
    assert [row["record_id"] for row in seen(records.as_of(day), "record_id")] == ids


def test_an_end_is_hidden_until_it_was_known(records: Records) -> None:
    hidden = {"ended_on": None, "end_known_on": None, "repaired": None}
    known = {"ended_on": dt.date(2021, 6, 1), "end_known_on": dt.date(2021, 6, 15), "repaired": True}
    assert seen(records.as_of("2021-06-15"), *hidden)[0] == hidden
    assert seen(records.as_of("2021-06-16"), *known)[0] == known


def test_an_end_of_which_nobody_knows_when_it_was_known_is_never_seen(records: Records) -> None:
    assert seen(records.as_of("2030-01-01"), "ended_on", "repaired")[1] == {
        "ended_on": None,
        "repaired": None,
    }


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        ("2020-01-03", ["a", "b", "gone"]),
        ("2021-04-01", ["a", "b", "gone"]),
        ("2021-04-02", ["a", "b"]),
        ("2022-01-01", ["a", "b"]),
        ("2022-01-02", ["a", "b", "late"]),
    ],
)
def test_the_spine_is_who_was_registered_as_known_then(records: Records, day: str, ids: list[str]) -> None:
    assert spine(records.as_of(day)) == ids


def test_a_day_may_be_written_in_every_way(records: Records) -> None:
    day = dt.date(2021, 1, 21)
    assert {records.as_of(when).date for when in (day, pd.Timestamp(day), "2021-01-21")} == {day}


def test_in_a_cohort_every_entity_has_its_own_day(records: Records) -> None:
    days = ["2021-06-15", "2021-06-16", "2021-02-01"]
    snapshot = records.as_of(pd.DataFrame({"entity_id": ["a", "a", "b"], "as_of": days}))
    assert snapshot.date is None
    assert seen(snapshot, "record_id", "as_of", "repaired") == [
        {"record_id": "l1", "as_of": dt.date(2021, 6, 15), "repaired": None},
        {"record_id": "l1", "as_of": dt.date(2021, 6, 16), "repaired": True},
    ]
    assert spine(snapshot) == ["a", "a", "b"]


def test_a_cohort_sees_what_the_day_shows_of_the_same_entities(records: Records) -> None:
    day = records.as_of("2021-06-16")
    cohort = records.as_of(pd.DataFrame({"entity_id": ["a", "b"], "as_of": "2021-06-16"}))
    columns = day.table("abnormal_list").columns
    assert seen(cohort, *columns) == seen(day, *columns)


@pytest.mark.parametrize("day", ["2020-01-02", "1999-01-01"])
def test_a_day_before_everything_is_refused_with_both_dates(records: Records, day: str) -> None:
    with pytest.raises(DateError) as caught:
        records.as_of(day)
    assert str(caught.value) == (
        f"Nothing was known before {day}: the first registration was known on 2020-01-02; choose a date "
        "after it."
    )


def test_a_cohort_day_before_everything_is_refused(records: Records) -> None:
    days = ["2021-01-01", "2020-01-02"]
    with pytest.raises(DateError, match="Nothing was known before 2020-01-02"):
        records.as_of(pd.DataFrame({"entity_id": ["a", "b"], "as_of": days}))


def test_a_cohort_of_strangers_is_refused_with_their_number(records: Records) -> None:
    with pytest.raises(
        SpecError, match="2 of its 3 rows name one that the table 'registration' does not have"
    ):
        records.as_of(pd.DataFrame({"entity_id": ["a", "x", "y"], "as_of": "2021-01-01"}))


def test_an_absent_table_is_none_and_an_unknown_one_is_refused(records: Records) -> None:
    snapshot = records.as_of("2021-01-01")
    assert snapshot.table("penalty") is None
    with pytest.raises(SpecError, match=r"no record type 'penalties'\. Did you mean 'penalty'\?"):
        snapshot.table("penalties")


def test_only_records_make_a_snapshot(records: Records) -> None:
    whole = {"spine": records.tables["registration"], "tables": records.tables, "shapes": records.shapes}
    with pytest.raises(SpecError, match=r"made by `Records\.as_of\(date\)` only"):
        Snapshot(date=dt.date(2030, 1, 1), made_by=None, **whole)
