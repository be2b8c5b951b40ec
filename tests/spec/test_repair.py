"""Until when records count, drawn by hand: the state, the end, and from when repair could be asked for."""

import datetime as dt

import pytest
from tests.lib.drawn import Registry, cells, drawn_records, registered
from tests.lib.engines import records_of

from creditrisk.records.records import Records
from creditrisk.records.repair import effective_state

PENALTIES = """
record_id | entity_id | occurred_on | severity | fine_cny | field | published_on | revoked_on | no_early_end
warning   | a         | 2024-01-15  | 0        |          |       |              |            |
critic    | a         | 2024-01-15  | 1        |          |       | 2024-02-01   |            |
small     | a         | 2024-01-15  | 2        | 49999.99 | food  |              |            |
large     | a         | 2024-01-15  | 2        | 50000    |       |              |            |
unknown   | a         | 2024-01-15  | 2        |          |       |              |            |
food      | a         | 2024-01-15  | 3        | 100      | food  |              |            |
bread     | a         | 2024-01-15  | 3        | 100      | price |              |            |
grave     | a         | 2024-01-15  | 5        | 100      | drug  |              |            | yes
revoked   | a         | 2024-01-15  | 4        | 100      |       |              | 2024-03-10 |
"""

RESTRICTED = """
record_id | entity_id | occurred_on | severity | publish_until
longer    | b         | 2024-01-15  | 4        | 2029-05-01
shorter   | b         | 2024-01-15  | 4        | 2024-05-01
"""

IN_TRANSITION = """
record_id | entity_id | occurred_on | severity
before    | c         | 2021-08-31  | 3
last_day  | c         | 2026-03-31  | 3
first_day | c         | 2026-04-01  | 3
"""

PENALTY_TEXTS = (PENALTIES, RESTRICTED, IN_TRANSITION)

LISTS = """
record_id | entity_id | occurred_on | ended_on   | end_known_on | repaired
open      | a         | 2022-02-28  |            |              |
early     | a         | 2022-02-28  | 2023-06-01 | 2023-06-20   | yes
full      | a         | 2020-02-28  | 2023-02-28 | 2023-03-03   | no
"""


@pytest.fixture(scope="module")
def records() -> Records:
    """Return penalties of every kind, and three entries in each list."""
    registry: Registry = {
        "registration": registered("a", "b", "c"),
        "penalty": [row for text in PENALTY_TEXTS for row in drawn_records("penalty", text)],
        "serious_list": drawn_records("serious_list", LISTS),
        "abnormal_list": drawn_records("abnormal_list", LISTS),
    }
    return records_of(registry)


def drawn(text: str) -> dict[str, tuple[str, str, str]]:
    return {row["record_id"]: (row["state"], row["until"], row["repair"]) for row in cells(text)}


def computed(
    records: Records, table: str, day: str, *, entity: str = "a", regime: str | None = None
) -> dict[str, tuple[str, ...]]:
    frame = effective_state(records.as_of(day), table, regime=regime)
    frame = frame[frame["entity_id"] == entity]
    days = frame[["counts_until", "repairable_from"]].apply(lambda days: days.dt.strftime("%Y-%m-%d"))
    values = zip(frame["state"], days["counts_until"], days["repairable_from"], strict=True)
    dated = [tuple("" if cell != cell else cell for cell in row) for row in values]
    return dict(zip(frame["record_id"], dated, strict=True))


def test_penalties_under_the_rules_of_2021(records: Records) -> None:
    assert computed(records, "penalty", "2024-03-01") == drawn("""
        record_id | state      | until      | repair
        warning   | not_public |            |
        critic    | active     | 2024-05-02 |
        small     | active     | 2024-04-16 |
        large     | active     | 2027-01-16 | 2024-07-16
        unknown   | active     | 2027-01-16 | 2024-07-16
        food      | active     | 2027-01-16 | 2025-01-16
        bread     | active     | 2027-01-16 | 2024-07-16
        grave     | active     | 2027-01-16 |
        revoked   | active     | 2027-01-16 | 2024-07-16
    """)


def test_the_same_penalties_under_the_measures_of_2026(records: Records) -> None:
    assert computed(records, "penalty", "2024-03-01", regime="ndrc-2026") == drawn("""
        record_id | state      | until      | repair
        warning   | not_public |            |
        critic    | active     | 2024-04-16 | 2024-01-15
        small     | not_public |            |
        large     | active     | 2025-01-16 | 2024-04-16
        unknown   | active     | 2025-01-16 | 2024-04-16
        food      | active     | 2025-01-16 | 2024-04-16
        bread     | active     | 2025-01-16 | 2024-04-16
        grave     | active     | 2027-01-16 | 2025-01-16
        revoked   | active     | 2027-01-16 | 2025-01-16
    """)


def test_entries_in_the_serious_list(records: Records) -> None:
    assert computed(records, "serious_list", "2023-03-03") == drawn("""
        record_id | state   | until      | repair
        open      | active  | 2025-03-01 | 2023-03-01
        early     | active  | 2025-03-01 | 2023-03-01
        full      | expired | 2023-03-01 |
    """)
    assert computed(records, "serious_list", "2025-03-01") == drawn("""
        record_id | state    | until      | repair
        open      | expired  | 2025-03-01 |
        early     | repaired | 2023-06-21 |
        full      | expired  | 2023-03-01 |
    """)


def test_entries_in_the_abnormal_list_end_with_their_reason_only(records: Records) -> None:
    assert computed(records, "abnormal_list", "2023-06-21") == drawn("""
        record_id | state    | until      | repair
        open      | active   |            | 2022-02-28
        early     | repaired | 2023-06-21 |
        full      | expired  | 2023-03-04 |
    """)


@pytest.mark.parametrize(
    ("record", "last_day", "after"),
    [
        ("critic", "2024-05-01", "expired"),
        ("small", "2024-04-15", "expired"),
        ("large", "2027-01-15", "expired"),
        ("revoked", "2024-03-10", "repaired"),
    ],
)
def test_a_penalty_counts_to_the_day(records: Records, record: str, last_day: str, after: str) -> None:
    next_day = (dt.date.fromisoformat(last_day) + dt.timedelta(days=1)).isoformat()
    assert computed(records, "penalty", last_day)[record][0] == "active"
    assert computed(records, "penalty", next_day)[record][:2] == (after, next_day)


def test_a_restriction_that_lasts_longer_keeps_a_penalty_public(records: Records) -> None:
    assert computed(records, "penalty", "2027-01-16", entity="b") == drawn("""
        record_id | state   | until      | repair
        longer    | active  | 2029-05-02 | 2024-07-16
        shorter   | expired | 2027-01-16 |
    """)
    assert computed(records, "penalty", "2029-05-01", entity="b")["longer"][0] == "active"
    assert computed(records, "penalty", "2029-05-02", entity="b")["longer"][0] == "expired"


def test_a_finding_keeps_the_rules_of_its_own_day(records: Records) -> None:
    assert computed(records, "penalty", "2026-06-01", entity="c") == drawn("""
        record_id | state   | until      | repair
        before    | expired | 2024-09-01 |
        last_day  | active  | 2029-04-01 | 2026-10-01
        first_day | active  | 2027-04-02 | 2026-07-02
    """)
