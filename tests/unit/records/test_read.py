"""Reading: which rows are set aside and why, and what is refused as a whole."""

import datetime as dt

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.lib.registry import DAY, read, registration, rejected, rows, values

from creditrisk.errors import SchemaError, SourceError
from creditrisk.records.read import read_records

INSPECTION = "entity_id occurred_on result_codes"


def test_every_column_of_the_record_type_is_there_and_typed() -> None:
    records = read(registration=registration("a", registered_capital_cny=["1000"], key_sector=["是"]))
    schema = dict(records.tables["registration"].schema().items())
    assert list(schema) == list(records.shapes["registration"].column_names)
    assert str(schema["known_on"]) == "date"
    assert str(schema["registered_capital_cny"]) == "float64"
    assert str(schema["key_sector"]) == "boolean"
    assert str(schema["address"]) == "string"
    assert values(records, "registration", "registered_capital_cny") == [1000.0]
    assert values(records, "registration", "address") == [None]


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow", "categorical"])
def test_every_kind_of_frame_is_read_alike(kind: str) -> None:
    frame = registration("a", "b", registered_capital_cny=[1.0, None])
    given = {
        "pandas": frame,
        "polars": pl.from_pandas(frame),
        "arrow": pa.Table.from_pandas(frame, preserve_index=False),
        "categorical": frame.astype({"entity_id": "category"}),
    }[kind]
    records = read_records({"registration": given})
    assert values(records, "registration", "entity_id") == ["a", "b"]
    assert values(records, "registration", "registered_capital_cny") == [1.0, None]
    assert records.rejections.total == 0


def test_numbers_as_ids_become_text_that_joins() -> None:
    inspections = rows((82474.0, DAY, "1"), columns=INSPECTION)
    records = read(registration=registration(82474), inspection=inspections)  # type: ignore[arg-type]
    assert values(records, "inspection", "entity_id") == ["82474"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("a", DAY, None), "result_codes is missing"),
        ((None, DAY, "1"), "entity_id is missing"),
        (("a", None, "1"), "occurred_on is missing"),
        (("a", "31/12/2020", "1"), "occurred_on cannot be read as date"),
        (("a", DAY, "2"), "result_codes is not one of its codes"),
        (("a", DAY, "3;E"), "result_codes is not one of its codes"),
        (("a", DAY, "3,,E"), "result_codes is not one of its codes"),
        (("z", DAY, "1"), "entity not registered"),
    ],
)
def test_a_row_that_breaks_a_rule_is_set_aside(row: tuple[object, ...], rule: str) -> None:
    good = ("a", DAY, "3, E")
    records = read(registration=registration("a"), inspection=rows(good, row, columns=INSPECTION))
    assert values(records, "inspection", "record_id") == ["x0"]
    expected = {("inspection", rule): 1}
    assert rejected(records) == expected


def test_a_penalty_below_zero_is_set_aside_and_zero_is_not() -> None:
    penalties = rows(("a", DAY, 0.0), ("a", DAY, -1.0), columns="entity_id occurred_on fine_cny")
    records = read(registration=registration("a"), penalty=penalties)
    assert rejected(records) == {("penalty", "fine_cny is below 0"): 1}


def test_an_end_before_its_beginning_is_set_aside() -> None:
    lists = rows(("a", DAY, dt.date(2019, 12, 31)), ("a", DAY, DAY), columns="entity_id occurred_on ended_on")
    records = read(registration=registration("a"), abnormal_list=lists)
    assert rejected(records) == {("abnormal_list", "occurred_on is later than ended_on"): 1}


def test_an_optional_value_that_cannot_be_read_is_never_silently_missing() -> None:
    penalties = rows(("a", DAY, "500"), ("a", DAY, "five"), columns="entity_id occurred_on fine_cny")
    records = read(registration=registration("a"), penalty=penalties)
    assert rejected(records) == {("penalty", "fine_cny cannot be read as float"): 1}
    assert records.rejections.rows("penalty")["fine_cny"].tolist() == ["five"]


def test_of_two_rows_with_one_record_id_the_first_known_stays() -> None:
    inspections = rows(
        ("x", "a", "2020-03-01", "3"), ("x", "a", "2020-02-01", "1"), columns=f"record_id {INSPECTION}"
    )
    records = read(registration=registration("a"), inspection=inspections)
    assert values(records, "inspection", "result_codes") == ["1"]
    assert rejected(records) == {("inspection", "record_id stands twice"): 1}


def test_of_two_rows_with_one_record_id_and_day_the_same_stays_in_any_order() -> None:
    inspections = rows(
        ("y", "a", "2020-04-01", "1"), ("y", "a", "2020-04-01", "4"), columns=f"record_id {INSPECTION}"
    )
    kept = [
        values(read(registration=registration("a"), inspection=one), "inspection", "result_codes")
        for one in (inspections, inspections.iloc[::-1])
    ]
    assert kept[0] == kept[1]
    assert len(kept[0]) == 1


def test_the_account_of_every_table_balances() -> None:
    inspections = rows(("a", DAY, "1"), ("a", DAY, "2"), ("z", DAY, "1"), columns=INSPECTION)
    records = read(registration=registration("a"), inspection=inspections)
    assert all(account.balances for account in records.account)
    counted = records.accounts().set_index("table").loc["inspection"]
    assert counted.to_dict() == {
        "source_rows": 3,
        "left_out": 0,
        "read": 3,
        "accepted": 1,
        "rejected": 2,
    }


def test_a_bad_row_does_not_push_out_a_good_one_with_its_id() -> None:
    inspections = rows(
        ("x", "a", "2020-02-01", None),
        ("x", "a", "2020-03-01", "3"),
        columns=f"record_id {INSPECTION}",
    )
    records = read(registration=registration("a"), inspection=inspections)
    assert values(records, "inspection", "result_codes") == ["3"]


def test_an_entity_is_registered_once() -> None:
    records = read(registration=registration("a", "a", known_on=["2020-02-01", "2020-01-01"]))
    assert values(records, "registration", "record_id") == ["r1"]
    assert rejected(records) == {("registration", "entity has a second record"): 1}


def test_known_before_it_happens_is_no_mistake() -> None:
    licences = rows(("a", "2021-06-01", "2020-12-01"), columns="entity_id occurred_on known_on")
    assert read(registration=registration("a"), licence=licences).rejections.total == 0


def test_the_day_of_an_end_stands_in_for_the_day_it_was_known() -> None:
    lists = rows(("a", DAY, "2021-01-01", True), columns="entity_id occurred_on ended_on repaired")
    records = read(registration=registration("a"), abnormal_list=lists)
    assert values(records, "abnormal_list", "end_known_on") == [dt.date(2021, 1, 1)]


def test_a_value_whose_day_of_knowledge_is_absent_is_refused() -> None:
    complaints = rows(("a", DAY, True), columns="entity_id occurred_on verified")
    with pytest.raises(
        SchemaError, match=r"has the column 'verified' but not 'closed_on'.*add 'closed_on' or"
    ):
        read(registration=registration("a"), complaint=complaints)


def test_unknown_tables_and_columns_are_listed() -> None:
    records = read(registration=registration("a", nmae="x"), penalties=registration("a"))
    assert records.ignored == ("penalties", "registration.nmae")


def test_without_registration_nothing_is_read() -> None:
    with pytest.raises(SourceError) as caught:
        read(registrations=registration("a"))
    assert str(caught.value) == (
        "Records need the table 'registration', which the dictionary of data frames does not have; add it, "
        "or name its source in a mapping. Did you mean 'registrations'?"
    )


def test_a_missing_column_is_named_with_its_table() -> None:
    said = r"^Table 'registration' \(frame .*\) lacks the column 'known_on'"
    with pytest.raises(SchemaError, match=said):
        read(registration=registration("a").drop(columns="known_on"))


def test_a_column_of_which_no_value_can_be_read_is_refused() -> None:
    with pytest.raises(SchemaError) as caught:
        read(registration=registration("a", "b", known_on=["31/12/2020", "30/12/2020"]))
    assert str(caught.value) == (
        "In table 'registration' (frame 'registration') known_on cannot be read as date: none of the 2 "
        "values fits, the first is '31/12/2020'; correct the column or map it."
    )


def test_a_registration_of_which_every_row_is_bad_is_refused() -> None:
    with pytest.raises(SchemaError, match=r"has no row left: record_id is missing; correct"):
        read(registration=registration("a", key_sector=["是"]).assign(record_id=[None]))


def test_strict_turns_rejections_into_an_error_with_their_counts() -> None:
    frames = {"registration": registration("a", "b", known_on=["2020-01-01", None])}
    assert read_records(frames).rejections.total == 1
    with pytest.raises(
        SchemaError, match=r"`strict=True`; 1 did: 1 of 'registration' \(known_on is missing\)"
    ):
        read_records(frames, strict=True)


def test_the_span_of_knowledge_is_over_all_tables() -> None:
    changes = rows(
        ("a", "2019-05-01", "name"), ("a", "2022-07-01", "name"), columns="entity_id occurred_on item"
    )
    records = read(registration=registration("a"), registration_change=changes)
    assert (records.first_known_on, records.last_known_on) == (dt.date(2019, 5, 1), dt.date(2022, 7, 1))


def test_an_empty_table_is_a_table() -> None:
    empty = pd.DataFrame(columns=["record_id", "entity_id", "occurred_on", "known_on"])
    records = read(registration=registration("a"), penalty=empty)
    assert values(records, "penalty", "fine_cny") == []


def test_rejected_rows_keep_what_they_came_with_in_order() -> None:
    frame = registration(
        "a", "b", "c", "d", known_on=["2020-01-01", "soon", "?", None], name=["A", "B", "C", "D"]
    )
    found = read(registration=frame).rejections.rows("registration")
    assert found[["name", "known_on", "rule"]].values.tolist()[:2] == [
        ["B", "soon", "known_on cannot be read as date"],
        ["C", "?", "known_on cannot be read as date"],
    ]
    assert found["rule"].tolist()[2] == "known_on is missing"


def test_every_row_is_clean_or_counted() -> None:
    frame = registration("a", "b", "b", "c", known_on=["2020-01-01", "2020-01-01", "2020-01-01", "soon"])
    records = read(registration=frame)
    assert len(values(records, "registration", "record_id")) + records.rejections.total == len(frame)


def test_two_records_do_not_see_each_other() -> None:
    one, two = read(registration=registration("a")), read(registration=registration("b"))
    assert values(one, "registration", "entity_id") == ["a"]
    assert values(two, "registration", "entity_id") == ["b"]
