"""A repair counts from the day after it was known, and not a day earlier."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import ibis
import pandas as pd
import pytest
from tests.lib.drawn import Registry, drawn_records, registered
from tests.lib.engines import records_of
from tests.lib.future import without_later_knowledge

from creditrisk.errors import SchemaError, SpecError
from creditrisk.records.records import Records
from creditrisk.records.repair import effective_state
from creditrisk.records.snapshot import Snapshot

DAY = dt.date(2024, 6, 1)

REGISTRY: Registry = {
    "registration": registered("a", "b"),
    "penalty": drawn_records(
        "penalty",
        """
        record_id | entity_id | occurred_on | severity | revoked_on
        p1        | a         | 2024-01-15  | 3        |
        p2        | a         | 2024-01-15  | 3        |
        p3        | b         | 2024-01-15  | 3        | 2024-06-01
        """,
    ),
    "serious_list": drawn_records(
        "serious_list",
        """
        record_id | entity_id | occurred_on | ended_on   | end_known_on | repaired
        s1        | a         | 2023-01-15  | 2024-05-01 | 2024-06-01   | yes
        s2        | a         | 2023-01-15  | 2024-05-01 | 2024-05-31   | yes
        s3        | b         | 2023-01-15  | 2024-07-01 | 2024-05-31   | yes
        """,
    ),
    "repair": drawn_records(
        "repair",
        """
        entity_id | occurred_on | known_on   | repaired_table | repaired_record_id
        a         | 2024-04-01  | 2024-06-01 | penalty        | p1
        a         | 2024-04-01  | 2024-05-31 | penalty        | p2
        b         | 2024-04-01  | 2024-05-31 | penalty        | p2
        a         | 2024-04-01  | 2024-05-31 | serious_list   | p1
        """,
    ),
}

Door = Callable[[Records], Snapshot]


@pytest.fixture(scope="module")
def records() -> Records:
    """Return all that is known by now."""
    return records_of(REGISTRY)


@pytest.fixture(scope="module")
def past() -> Records:
    """Return what was known on the day."""
    return records_of(without_later_knowledge(REGISTRY, DAY))


def states(snapshot: Snapshot, *tables: str) -> dict[str, str]:
    frames = [effective_state(snapshot, table) for table in tables or ("penalty", "serious_list")]
    return pd.concat(frames).set_index("record_id")["state"].to_dict()


def test_what_was_known_on_the_day_itself_does_not_count_yet(records: Records) -> None:
    assert states(records.as_of(DAY)) == {
        "p1": "active",
        "p2": "repaired",
        "p3": "active",
        "s1": "active",
        "s2": "repaired",
        "s3": "active",
    }
    next_day = states(records.as_of(DAY + dt.timedelta(days=1)))
    assert [key for key, state in next_day.items() if state == "repaired"] == ["p1", "p2", "p3", "s1", "s2"]


def test_an_end_that_was_announced_is_when_the_record_stops_counting(records: Records) -> None:
    frame = effective_state(records.as_of(DAY), "serious_list").set_index("record_id")
    assert frame.loc["s3", "counts_until"] == pd.Timestamp("2024-07-01")
    assert frame.loc["s2", "counts_until"] == pd.Timestamp("2024-06-01")


def the_only_door(records: Records) -> Snapshot:
    return records.as_of(DAY)


def a_door_that_forgets_when_things_were_known(records: Records) -> Snapshot:
    tables = {name: table.mutate(as_of=ibis.literal(DAY)) for name, table in records.tables.items()}
    return replace(records.as_of(DAY), tables=tables)


@pytest.mark.parametrize(
    ("door", "sees_the_future"),
    [(the_only_door, False), (a_door_that_forgets_when_things_were_known, True)],
)
def test_a_state_depends_on_later_knowledge_only_where_it_is_forgotten_when_things_were_known(
    records: Records, past: Records, door: Door, sees_the_future: bool
) -> None:
    assert (states(door(records)) != states(door(past))) == sees_the_future


def test_in_a_cohort_every_entity_has_its_own_day(records: Records) -> None:
    days = [dt.date(2024, 6, 1), dt.date(2024, 6, 2), dt.date(2028, 6, 2)]
    cohort = pd.DataFrame({"entity_id": ["a", "b", "b"], "as_of": days})
    frame = effective_state(records.as_of(cohort), "penalty")
    alone = [effective_state(records.as_of(day), "penalty") for day in days]
    expected = [one[one["entity_id"] == entity] for one, entity in zip(alone, ["a", "b", "b"], strict=True)]
    pd.testing.assert_frame_equal(frame, pd.concat(expected, ignore_index=True), check_dtype=False)
    assert frame["state"].tolist() == ["active", "repaired", "repaired", "repaired"]


def test_a_table_without_rules_or_without_rows_is_refused(records: Records) -> None:
    snapshot = records.as_of(DAY)
    with pytest.raises(SpecError, match="No repair regime speaks of the record type 'complaint'"):
        effective_state(snapshot, "complaint")
    with pytest.raises(
        SchemaError, match="'abnormal_list' needs that table, which these records do not hold"
    ):
        effective_state(snapshot, "abnormal_list")


def test_an_empty_table_has_no_states(records: Records) -> None:
    penalties = records.tables["penalty"]
    none = replace(records, tables=records.tables | {"penalty": penalties.filter(penalties.severity > 9)})
    assert effective_state(none.as_of(DAY), "penalty").empty
