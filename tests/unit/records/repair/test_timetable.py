"""What a bureau hands to an entity: days, and conditions that are still open."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from tests.lib.drawn import Registry, drawn_records, registered
from tests.lib.engines import records_of

from creditrisk.errors import SpecError
from creditrisk.records.records import Records
from creditrisk.records.repair import repair_timetable
from creditrisk.records.repair.timetable import COLUMNS

DAY = dt.date(2024, 6, 1)

REGISTRY: Registry = {
    "registration": registered("a", "b", "c", "d", "e"),
    "penalty": drawn_records(
        "penalty",
        """
        record_id | entity_id | occurred_on | severity | fine_cny | act_type | fulfilled_on | revoked_on
        first     | a         | 2024-01-15  | 3        |          | price    | 2024-02-01   |
        again     | a         | 2024-02-15  | 3        |          | price    | 2024-06-01   |
        other     | a         | 2024-01-15  | 3        |          | scales   |              |
        untyped   | b         | 2024-01-15  | 3        |          |          |              |
        small     | b         | 2024-05-15  | 2        | 100      | price    |              |
        repaired  | b         | 2023-05-15  | 3        |          | price    |              | 2024-01-01
        later     | b         | 2024-06-01  | 3        |          |          |              |
        equal     | d         | 2023-01-15  | 5        |          |          |              |
        lighter   | d         | 2024-01-15  | 3        |          |          |              |
        heavier   | e         | 2024-01-15  | 4        |          |          |              |
        """,
    ),
    "serious_list": drawn_records(
        "serious_list",
        """
        record_id | entity_id | occurred_on | ended_on   | end_known_on | repaired
        off       | a         | 2023-01-15  | 2024-05-01 | 2024-05-02   | yes
        on        | b         | 2023-01-15  |            |              |
        milder    | d         | 2023-01-15  |            |              |
        worse     | e         | 2023-01-15  |            |              |
        """,
    ),
    "abnormal_list": drawn_records(
        "abnormal_list",
        """
        record_id | entity_id | occurred_on
        lost      | c         | 2024-01-15
        """,
    ),
}

OBLIGATIONS = "the obligations of the decision are fulfilled"
HARM = "harm and bad effects are removed (to be shown)"
SAME = "no further penalty for the same kind of act"
LISTED = "on neither the abnormal-operation list nor the serious-violation list"


@pytest.fixture(scope="module")
def records() -> Records:
    """Return three entities with something to repair."""
    return records_of(REGISTRY)


@pytest.fixture(scope="module")
def timetable(records: Records) -> pd.DataFrame:
    """Return the timetable of all of them."""
    return repair_timetable(records, DAY).set_index("record_id")


@pytest.mark.parametrize(
    ("record", "open_conditions"),
    [
        ("first", [HARM, f"{SAME} (the records speak against it)"]),
        ("again", [f"{OBLIGATIONS} (to be shown)", HARM]),
        ("other", [f"{OBLIGATIONS} (to be shown)", HARM]),
        (
            "untyped",
            [
                f"{OBLIGATIONS} (to be shown)",
                HARM,
                f"{SAME} (to be shown)",
                f"{LISTED} (the records speak against it)",
            ],
        ),
        ("small", [""]),
        ("repaired", [""]),
        ("off", [""]),
    ],
)
def test_conditions_that_are_open(timetable: pd.DataFrame, record: str, open_conditions: list[str]) -> None:
    assert timetable.loc[record, "open_conditions_en"].split("; ") == open_conditions


def test_both_languages_name_the_same_conditions(timetable: pd.DataFrame) -> None:
    english = timetable["open_conditions_en"].str.count("; ")
    chinese = timetable["open_conditions_zh"].str.count("；")
    assert english.tolist() == chinese.tolist()
    assert timetable.loc["lost", "open_conditions_zh"].startswith("列入情形已消除")
    assert timetable.loc["first", "open_conditions_zh"].endswith(
        "未因同一类违法行为再次受到行政处罚（现有记录不符）"
    )


def test_days_and_rules_stand_beside_every_record(timetable: pd.DataFrame) -> None:
    row = timetable.loc["first"]
    assert (row["state"], row["regime"], row["certainty"]) == ("active", "samr-2021", "found")
    assert row["counts_until"] == pd.Timestamp("2027-01-16")
    assert row["repairable_from"] == pd.Timestamp("2024-07-16")
    assert "国市监信规〔2021〕3号" in row["basis"]


def test_only_a_heavier_penalty_since_speaks_against_leaving_the_list(timetable: pd.DataFrame) -> None:
    said = timetable.loc[["milder", "worse"], "open_conditions_en"].str.contains("no further heavier penalty")
    assert said.to_dict() == {"milder": False, "worse": True}


def without(records: Records, *names: str) -> Records:
    return replace(records, tables={name: t for name, t in records.tables.items() if name not in names})


def test_without_a_table_its_condition_is_to_be_shown(records: Records) -> None:
    table = repair_timetable(without(records, "abnormal_list"), DAY, ["b"]).set_index("record_id")
    assert f"{LISTED} (to be shown)" in table.loc["untyped", "open_conditions_en"]


def test_the_rows_are_sorted_and_of_those_asked_for(records: Records, timetable: pd.DataFrame) -> None:
    whole = timetable.reset_index()[list(COLUMNS)]
    assert whole["entity_id"].tolist() == sorted(whole["entity_id"])
    asked = repair_timetable(records, DAY, ["c", "a", "a"])
    expected = whole[whole["entity_id"].isin(["a", "c"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(asked, expected)
    assert repair_timetable(records, DAY, []).empty


def test_strangers_are_refused_with_their_number(records: Records) -> None:
    with pytest.raises(SpecError, match="2 of the 3 named are not registered on 2024-06-01"):
        repair_timetable(records, DAY, ["a", "x", "y"])


def test_records_without_any_such_table_have_an_empty_timetable(records: Records) -> None:
    table = repair_timetable(without(records, "penalty", "serious_list", "abnormal_list"), DAY)
    assert table.empty
    assert "repairable_from" in table.columns
