import datetime as dt

import pandas as pd
import pytest
from tests.lib.drawn import drawn_records, registered
from tests.lib.engines import records_of

from creditrisk.errors import SchemaError, SpecError
from creditrisk.records.repair import repair_timetable
from creditrisk.supervision.services.outlook import repair_outlook
from creditrisk.supervision.services.three_documents import three_documents

DAY = "2024-06-01"
DRAWN = {
    "registration": registered("a", "b"),
    "penalty": drawn_records(
        "penalty",
        """
        entity_id | occurred_on | severity | fine_cny | act_type | field | published_on | doc_no
        a         | 2022-01-10  | 3        | 90000    | price    | price | 2022-01-20   | 1
        a         | 2024-05-10  | 3        | 80000    | quality  | food  | 2024-05-20   | 2
        b         | 2024-05-12  | 3        | 70000    | quality  | drug  | 2024-05-22   | 3
        """,
    ),
    "abnormal_list": drawn_records("abnormal_list", "entity_id | occurred_on\nb | 2024-01-01"),
}


@pytest.fixture(scope="module")
def records():
    return records_of(DRAWN)


@pytest.fixture(scope="module")
def timetable(records):
    return repair_timetable(records, DAY)


def test_the_data_of_the_three_documents(records, timetable):
    first, second = three_documents(records.as_of(DAY), timetable, since="2024-05-01")
    assert (first.entity_id, first.decision["doc_no"], first.decision["fine_cny"]) == ("a", "2", 80000)
    assert first.decision["occurred_on"] == dt.date(2024, 5, 10)
    assert first.decision["legal_basis"] is None
    assert first.notice["repairable_from"] == dt.date(2025, 5, 21)
    assert first.notice["certainty"] == "found"
    assert "obligations" in first.notice["open_conditions_en"]
    assert "食品" in first.advice["zh"]
    assert second.advice["basis"] == "药品管理法"
    assert second.advice["source"] == "assumed"


def test_only_penalties_of_the_period_and_of_the_timetable(records, timetable):
    of_a = timetable[timetable["entity_id"] == "a"]
    documents = three_documents(records.as_of(DAY), of_a, since="2022-01-01")
    assert [one.record_id for one in documents] == ["penalty-000", "penalty-001"]
    assert three_documents(records.as_of(DAY), timetable, since="2024-05-31") == []


def test_the_outlook_of_an_entity(timetable):
    outlook = repair_outlook(timetable, as_of=DAY)
    a, b = outlook.loc["a"], outlook.loc["b"]
    assert (a["counting"], a["repairable_now"], a["ready"]) == (2, 1, 0)
    assert a["next_repairable"] == a["clear_by_repair"] == pd.Timestamp("2025-05-21")
    assert a["clear_by_time"] == pd.Timestamp("2027-05-21")
    assert (b["counting"], b["repairable_now"]) == (2, 1)
    assert pd.isna(b["clear_by_time"])


def test_nobody_has_anything_to_repair(timetable):
    assert repair_outlook(timetable.iloc[:0], as_of=DAY).empty


def test_bad_input_is_one_sentence(records, timetable):
    snapshot = records.as_of(DAY)
    with pytest.raises(SpecError, match="ends after it begins; got 2024-06-01 to 2024-06-01"):
        three_documents(snapshot, timetable, since=DAY)
    with pytest.raises(SpecError, match="got the snapshot of a cohort"):
        cohort = records.as_of(pd.DataFrame({"entity_id": ["a"], "as_of": [dt.date(2024, 6, 1)]}))
        three_documents(cohort, timetable, since="2024-01-01")
    with pytest.raises(SchemaError, match="these records hold none: read `penalty`"):
        bare = records_of({"registration": registered("a")}).as_of(DAY)
        three_documents(bare, timetable, since="2024-01-01")
    with pytest.raises(SchemaError, match="basis is missing: take repair_timetable"):
        three_documents(snapshot, timetable.drop(columns="basis"), since="2024-01-01")
    with pytest.raises(SchemaError, match="state is missing: take repair_timetable"):
        repair_outlook(pd.DataFrame({"entity_id": ["a"]}), as_of=DAY)
