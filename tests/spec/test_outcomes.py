"""Outcomes of drawn records: who was looked at, who was found in violation, at what loss.

Every record of `a` to `j` lies at or near the window of twelve months from 2023-01-01.
"""

from typing import Any

import pandas as pd
import pytest
from tests.lib.drawn import cells, drawn_records, registered
from tests.lib.engines import records_of

from creditrisk.errors import OutcomeError, SpecError
from creditrisk.records.outcomes import OutcomeDefinition
from creditrisk.records.records import Records

INSPECTIONS = """
entity_id | occurred_on | known_on   | result_codes | channel   | inclusion_probability
a         | 2022-12-31  | 2022-12-31 | 3            | random    | 0.1
b         | 2023-01-01  | 2023-01-09 | 1            | random    | 0.1
c         | 2023-12-31  | 2024-02-01 | 1,E          | targeted  | 0.5
d         | 2024-01-01  | 2024-01-01 | 3            | random    | 0.1
e         | 2023-05-01  | 2023-05-01 | 1            | complaint |
e         | 2023-06-01  | 2023-06-01 | 3            | random    | 0.2
e         | 2023-07-01  | 2023-07-01 | 1            | random    | 0.3
f         | 2023-05-01  | 2023-05-01 | 1            |           |
f         | 2023-06-01  | 2023-06-01 | 11,7         | complaint |
g         | 2023-05-01  | 2023-05-01 | 1            | campaign  | 0.9
"""

PENALTIES = """
entity_id | occurred_on | known_on   | fine_cny | confiscated_cny | goods_value_cny
e         | 2023-08-01  | 2023-08-20 | 1000     | 500             | 90000
e         | 2023-09-01  | 2024-01-20 | 200      |                 |
e         | 2024-01-01  | 2024-01-20 | 9999     |                 |
h         | 2023-08-01  | 2023-08-20 |          |                 | 700
"""

CONVICTIONS: dict[str, Any] = {
    "name": "convictions",
    "title_en": "Convictions",
    "title_zh": "定罪",
    "currency": "CAD",
    "observed": "everyone",
    "violation": [{"table": "penalty"}],
    "loss": [{"table": "penalty", "columns": ["fine_cny"]}],
}


@pytest.fixture(scope="module")
def records() -> Records:
    """Return the drawn records of ten entities."""
    return records_of(
        {
            "registration": registered(*"abcdefghij"),
            "inspection": drawn_records("inspection", INSPECTIONS),
            "penalty": drawn_records("penalty", PENALTIES),
        }
    )


def drawn(outcomes: pd.DataFrame) -> list[dict[str, str]]:
    """Return outcomes as a drawn table; missing values are empty cells."""
    return [
        {name: "" if value is None or value != value else str(value) for name, value in row.items()}
        for row in outcomes.reset_index().to_dict("records")
    ]


def test_the_packaged_definition(records: Records) -> None:
    assert drawn(records.outcomes("2023-01-01")) == cells("""
        entity_id | inspected | violation | loss_cny | inclusion_probability | channel
        a         | False     |           |          |                       |
        b         | True      | 0.0       |          | 0.1                   | random
        c         | True      | 1.0       | 0.0      |                       | targeted
        d         | False     |           |          |                       |
        e         | True      | 1.0       | 1700.0   | 0.3                   | random
        f         | True      | 0.0       |          |                       |
        g         | True      | 0.0       |          |                       | campaign
        h         | True      | 1.0       | 0.0      |                       | complaint
        i         | False     |           |          |                       |
        j         | False     |           |          |                       |
    """)


def test_only_what_was_known_by_a_day_counts(records: Records) -> None:
    known = drawn(records.outcomes("2023-01-01", known_by="2024-01-20"))
    assert [row for row in known if row["inspected"] == "True"] == cells("""
        entity_id | inspected | violation | loss_cny | inclusion_probability | channel
        b         | True      | 0.0       |          | 0.1                   | random
        e         | True      | 1.0       | 1500.0   | 0.3                   | random
        f         | True      | 0.0       |          |                       |
        g         | True      | 0.0       |          |                       | campaign
        h         | True      | 1.0       | 0.0      |                       | complaint
    """)


def test_known_by_is_strict(records: Records) -> None:
    on, after = (records.outcomes("2023-01-01", known_by=day) for day in ("2024-02-01", "2024-02-02"))
    assert not on.loc["c", "inspected"]
    assert after.loc["c", "inspected"]


def test_in_a_cohort_every_window_begins_on_its_own_day(records: Records) -> None:
    days = ["2022-12-31", "2023-01-01", "2023-06-30", "2023-07-02"]
    cohort = pd.DataFrame({"entity_id": ["a", "a", "e", "e"], "as_of": days})
    outcomes = records.outcomes(cohort, months=1)
    assert outcomes.index.names == ["as_of", "entity_id"]
    assert drawn(outcomes.reset_index("as_of", drop=True)) == cells("""
        entity_id | inspected | violation | loss_cny | inclusion_probability | channel
        a         | True      | 1.0       | 0.0      | 0.1                   | random
        a         | False     |           |          |                       |
        e         | True      | 0.0       |          | 0.3                   | random
        e         | True      | 1.0       | 1500.0   |                       | complaint
    """)


def test_a_cohort_on_one_day_equals_that_day(records: Records) -> None:
    cohort = pd.DataFrame({"entity_id": list("jihgfedcba"), "as_of": "2023-01-01"})
    by_cohort = records.outcomes(cohort).droplevel("as_of")
    pd.testing.assert_frame_equal(by_cohort, records.outcomes("2023-01-01"))


def test_where_everyone_is_observed_no_record_is_no_violation(records: Records) -> None:
    definition = OutcomeDefinition.model_validate(CONVICTIONS)
    outcomes = records.outcomes("2023-01-01", definition=definition)
    assert outcomes["inspected"].all()
    assert outcomes["violation"].sum() == 2
    assert outcomes.loc["e", "loss_cad"] == 1200
    assert set(outcomes["channel"]) == {"random"}
    assert set(outcomes["inclusion_probability"]) == {1.0}


def test_where_no_table_could_say_the_loss_it_is_missing(records: Records) -> None:
    definition = OutcomeDefinition.model_validate(CONVICTIONS | {"loss": []})
    outcomes = records.outcomes("2023-01-01", definition=definition)
    assert outcomes["violation"].sum() == 2
    assert outcomes["loss_cad"].isna().all()


def test_losses_that_were_not_settled_on_the_day_are_missing(records: Records) -> None:
    definition = OutcomeDefinition.model_validate(CONVICTIONS | {"settled_after_months": 12})
    early, late, now = (
        records.outcomes("2023-01-01", definition=definition, known_by=day)
        for day in ("2024-12-31", "2025-01-01", None)
    )
    assert early["violation"].sum() == late["violation"].sum() == 2
    assert early["loss_cad"].isna().all()
    assert late.loc["e", "loss_cad"] == now.loc["e", "loss_cad"] == 1200


def test_in_a_cohort_each_window_is_settled_on_its_own_day(records: Records) -> None:
    definition = OutcomeDefinition.model_validate(CONVICTIONS | {"settled_after_months": 12})
    cohort = pd.DataFrame({"entity_id": ["e", "e"], "as_of": ["2023-01-01", "2023-01-02"]})
    outcomes = records.outcomes(cohort, definition=definition, known_by="2025-01-01")
    assert outcomes["violation"].tolist() == [1, 1]
    assert outcomes["loss_cad"].isna().tolist() == [False, True]


def test_who_left_before_the_day_has_no_outcome_and_who_left_in_the_window_has() -> None:
    gone = {"a": "2022-12-01", "b": "2023-02-01"}
    rows = [
        row | {"deregistered_on": pd.Timestamp(day).date(), "deregistered_known_on": pd.Timestamp(day).date()}
        for row, day in zip(registered(*gone), gone.values(), strict=True)
    ]
    found = records_of({"registration": rows, "inspection": drawn_records("inspection", INSPECTIONS)[:2]})
    assert list(found.outcomes("2023-01-01").index) == ["b"]


def test_how_it_was_made_is_kept(records: Records) -> None:
    assert records.outcomes("2023-01-01", known_by="2025-01-01").attrs["creditrisk"] == {
        "after": "2023-01-01",
        "months": 12,
        "known_by": "2025-01-01",
        "definition": "violation",
        "currency": "CNY",
        "absent": [],
    }


def test_nobody_inspected_is_an_error_with_the_window_and_the_tables(records: Records) -> None:
    with pytest.raises(OutcomeError) as caught:
        records.outcomes("2025-01-01", months=6)
    assert str(caught.value) == (
        "Outcomes need somebody who was inspected; no record of inspection, penalty lies from 2025-01-01 to "
        "before 2025-07-01, choose an earlier date, more months or another definition."
    )


def test_nobody_known_to_be_inspected_is_an_error_with_the_day(records: Records) -> None:
    with pytest.raises(OutcomeError, match=r"to before 2024-01-01 and was known before 2023-01-09, choose"):
        records.outcomes("2023-01-01", known_by="2023-01-09")


def test_records_without_a_table_of_the_definition_are_refused() -> None:
    with pytest.raises(
        OutcomeError, match=r"read from the tables inspection, penalty; the records hold none"
    ):
        records_of({"registration": registered("a")}).outcomes("2023-01-01")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"loss": [{"table": "penalty", "columns": ["fine"]}]},
            "the column 'fine', which table 'penalty' does not",
        ),
        (
            {"loss": [{"table": "penalty", "columns": ["act_type"]}]},
            "'act_type' of table 'penalty' as a number",
        ),
        (
            {"violation": [{"table": "penalty", "channel": "chanel"}]},
            "the column 'chanel', which table 'penalty'",
        ),
        (
            {"violation": [{"table": "penalty", "where": {"fine": 1}}]},
            "names the column 'fine', which its table",
        ),
    ],
)
def test_a_definition_that_names_no_column_is_refused(
    records: Records, change: dict[str, Any], sentence: str
) -> None:
    definition = OutcomeDefinition.model_validate(CONVICTIONS | change)
    with pytest.raises(SpecError) as caught:
        records.outcomes("2023-01-01", definition=definition)
    assert sentence in str(caught.value)
