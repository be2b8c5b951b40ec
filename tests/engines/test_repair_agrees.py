"""States, timetables and what counts are the same on every engine."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from tests.lib.drawn import drawn_records, registered

from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.repair import counting_only, effective_state, repair_timetable
from creditrisk.records.tables import TABLES

DAY = dt.date(2026, 6, 1)

PENALTIES = """
entity_id | occurred_on | severity | fine_cny | act_type | field | published_on | revoked_on | fulfilled_on
a         | 2024-01-15  | 3        |          | price    | price | 2024-01-20   |            |
a         | 2024-02-15  | 3        |          | price    | food  |              |            | 2024-03-01
a         | 2026-03-01  | 2        | 100      |          |       | 2026-03-03   |            |
a         | 2026-02-28  | 2        | 100      |          |       |              |            |
b         | 2026-04-01  | 2        | 100      |          |       | 2026-04-03   |            |
b         | 2026-04-02  | 0        |          |          |       |              |            |
b         | 2026-04-03  | 5        |          |          |       |              | 2026-05-31 |
b         | 2026-04-04  | 2        | 600000   | price    |       |              | 2026-06-01 |
"""
LISTS = """
entity_id | occurred_on | ended_on   | end_known_on | repaired
a         | 2024-01-15  |            |              |
b         | 2022-01-15  | 2024-05-01 | 2024-05-02   | yes
"""
REPAIRS = """
entity_id | occurred_on | known_on   | repaired_table | repaired_record_id
a         | 2026-05-01  | 2026-05-02 | penalty        | penalty-000
a         | 2026-05-01  | 2026-06-01 | penalty        | penalty-001
"""
DRAWN = {
    "registration": registered("a", "b"),
    "penalty": drawn_records("penalty", PENALTIES),
    "serious_list": drawn_records("serious_list", LISTS),
    "repair": drawn_records("repair", REPAIRS),
}
FRAMES = {
    name: pd.DataFrame(rows, columns=list(TABLES[name].column_names), dtype=object)
    for name, rows in DRAWN.items()
}
COHORT = pd.DataFrame({"entity_id": ["a", "b", "b"], "as_of": [DAY, DAY, dt.date(2026, 8, 1)]})


def answers(records: Records) -> dict[str, pd.DataFrame]:
    """Return all that can be asked, in an order that does not depend on the engine."""
    day, cohort = records.as_of(DAY), records.as_of(COHORT)
    kept = counting_only(cohort).tables["penalty"].select("as_of", "record_id").to_pyarrow().to_pandas()
    return {
        "states": effective_state(day, "penalty"),
        "states of a cohort": effective_state(cohort, "serious_list"),
        "timetable": repair_timetable(records, DAY),
        "kept": kept.sort_values(["as_of", "record_id"], ignore_index=True),
    }


@pytest.fixture(scope="module")
def here() -> dict[str, pd.DataFrame]:
    return answers(read_records(FRAMES))


def test_the_same_is_answered(load: Any, here: dict[str, pd.DataFrame]) -> None:
    there = answers(read_records(load(FRAMES)))
    for what, expected in here.items():
        pd.testing.assert_frame_equal(there[what], expected, check_dtype=False, obj=what)
    assert set(here["states"]["state"]) == {"active", "repaired", "expired", "not_public"}
