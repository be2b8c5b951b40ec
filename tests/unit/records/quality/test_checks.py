"""Each check of records on a registry that is clean but for one thing."""

import pandas as pd
import pytest
from tests.lib.audited import IDS, NAMES, STANDARD, audit, failing, penalties, registration

from creditrisk.records.quality.standard import TableStandard

INSPECTIONS = pd.DataFrame(
    {
        "record_id": ["i0", "i1"],
        "entity_id": IDS[:2],
        "occurred_on": "2023-02-01",
        "known_on": "2023-02-03",
        "published_on": "2023-02-10",
        "result_codes": "3",
        "channel": "random",
        "department": "d",
        "source_org": "bureau",
    }
)


def spoiled(column: str, value: object, row: int = 1, **more: object) -> pd.DataFrame:
    frame = penalties(**more)
    frame[column] = frame[column].astype(object)
    frame.loc[row, column] = value
    return frame


def test_the_clean_registry_is_clean() -> None:
    found = audit(penalty=penalties(), inspection=INSPECTIONS)
    assert found.failures().empty
    assert found.summary()["failed"].sum() == 0
    assert set(found.summary().index) == {
        "coverage",
        "timeliness",
        "completeness",
        "accuracy",
        "redundancy",
        "relatedness",
    }


@pytest.mark.parametrize(
    ("column", "value", "dimension", "rule"),
    [
        ("known_on", "2023-03-20", "timeliness", "known more than 7 working days after it arose"),
        ("published_on", "2023-04-10", "timeliness", "not published within 20 working days"),
        ("published_on", None, "timeliness", "not published within 20 working days"),
        ("doc_no", None, "completeness", "doc_no is missing"),
        ("known_on", None, "completeness", "known_on is missing"),
        ("occurred_on", "2023-03-30", "accuracy", "occurred_on is later than known_on"),
        ("published_on", "2023-03-01", "accuracy", "published_on is earlier than the record arose"),
        ("fine_cny", -5.0, "accuracy", "fine_cny is below 0"),
        ("fine_cny", "much", "accuracy", "fine_cny cannot be read as float"),
        ("entity_name", "乙公司", "accuracy", "entity_name is not a registered name"),
        ("entity_id", "91110108551385082A", "accuracy", "entity_id is not a valid USCC"),
        ("entity_id", "91510100MA00000820", "relatedness", "entity not registered"),
        ("doc_no", " 川监〔２０２３〕 0 号", "redundancy", "doc_no stands twice for the entity"),
        ("record_id", "p0", "redundancy", "record_id stands twice"),
    ],
)
def test_one_fault_is_found_in_its_dimension(column: str, value: object, dimension: str, rule: str) -> None:
    found = failing(audit(penalty=spoiled(column, value)))
    ids = found[dimension, rule]
    assert ("p0" if column == "record_id" else "p1") in ids
    assert len(ids) == (2 if rule.startswith("doc_no stands") else 1)


def test_what_is_produced_later_is_due_later() -> None:
    late = spoiled("known_on", "2023-03-20")
    assert ("timeliness", "known more than 7 working days after it arose") in failing(audit(penalty=late))
    late["produced_on"] = pd.to_datetime(late["occurred_on"])
    late.loc[1, "produced_on"] = pd.Timestamp("2023-03-16")
    late.loc[1, "published_on"] = pd.Timestamp("2023-03-21")
    assert failing(audit(penalty=late)) == {}


def test_what_is_not_yet_due_is_not_checked_for_publication() -> None:
    frame = penalties(published_on=pd.NaT).assign(published_on=["2023-03-05", None, None, None])
    early = audit("2023-03-27", penalty=frame)
    rule = "not published within 20 working days"
    checked = early.table.set_index("rule").loc[rule]
    assert (checked["checked"], checked["failed"]) == (1, 0)
    assert failing(audit("2023-04-06", penalty=frame)) == {}  # the 5th, Tomb-Sweeping Day, does not count
    assert failing(audit("2023-04-07", penalty=frame)) == {("timeliness", rule): ["p1"]}


def test_publication_is_not_judged_where_it_is_never_said() -> None:
    found = audit(penalty=penalties().drop(columns="published_on"))
    assert found.failures().empty
    assert "No record of `penalty` has published_on" in " ".join(found.notes)


def test_a_column_may_be_made_mandatory() -> None:
    standard = STANDARD.model_copy(update={"tables": {"penalty": TableStandard(mandatory=("case_name",))}})
    assert failing(audit(standard=standard, penalty=penalties())) == {
        ("completeness", "case_name is missing"): ["p0", "p1", "p2", "p3"]
    }


def test_a_standard_may_allow_what_lies_ahead() -> None:
    ahead = spoiled("occurred_on", "2023-03-30", produced_on="2023-03-01", published_on="2023-03-25")
    assert ("accuracy", "occurred_on is later than known_on") in failing(audit(penalty=ahead))
    allowed = {"penalty": TableStandard(ahead_days=30, timely=False)}
    assert failing(audit(standard=STANDARD.model_copy(update={"tables": allowed}), penalty=ahead)) == {}


@pytest.mark.parametrize("name", ["甲公司", " 甲 公司", "甲公司　"])
def test_width_and_spaces_of_a_name_do_not_matter(name: str) -> None:
    assert failing(audit(penalty=penalties(entity_name=name))) == {}


def test_latin_names_are_compared_in_half_width_and_capitals() -> None:
    frame = penalties(entity_name="ＡＢｃ（Chengdu）")
    named = registration(name=["abc(chengdu)", *NAMES[1:]])
    assert failing(audit(penalty=frame, registration=named)) == {}


def test_a_former_name_is_a_registered_name() -> None:
    change = pd.DataFrame(
        {
            "record_id": ["c0"],
            "entity_id": IDS[0],
            "occurred_on": "2022-01-10",
            "known_on": "2022-01-10",
            "item": "name",
            "before": "旧名",
            "after": NAMES[0],
        }
    )
    frame = penalties(entity_name="旧名")
    assert len(failing(audit(penalty=frame))["accuracy", "entity_name is not a registered name"]) == 4
    assert failing(audit(penalty=frame, registration_change=change)) == {}


def test_codes_of_regions_and_industries_exist() -> None:
    found = audit(registration=registration(region=["510104", "999999", None], industry=["F52", "ZZ", "C13"]))
    assert failing(found, "registration") == {
        ("accuracy", "region is not a code of GB/T 2260"): ["r1"],
        ("accuracy", "industry is not a code of GB/T 4754"): ["r1"],
        ("completeness", "region is missing"): ["r2"],
    }


def test_ids_that_are_no_uscc_are_not_checked_as_such_and_the_audit_says_so() -> None:
    ids = ["a", "b", IDS[2]]
    found = audit(registration=registration(entity_id=ids), penalty=penalties(entity_id="a"))
    assert found.failures("accuracy", "registration").empty
    assert found.notes[0] == ("Entity ids are not checked as USCC: 1 of 3 registered ids have 18 characters.")
    asked = audit(
        standard=STANDARD.model_copy(update={"ids": "uscc"}), registration=registration(entity_id=ids)
    )
    assert failing(asked, "registration") == {("accuracy", "entity_id is not a valid USCC"): ["r0", "r1"]}


def test_the_same_content_and_nearly_the_same_content_under_another_id() -> None:
    frame = penalties()
    same = frame.loc[[0]].assign(record_id="copy")
    near = frame.loc[[2]].assign(record_id="near", doc_no="另一号", authority="city bureau")
    found = failing(audit(penalty=pd.concat([frame, same, near])))
    assert found["redundancy", "same content as another record"] == ["copy", "p0"]
    matter = (
        "another record of the entity and day agrees in act_type, fine_cny, confiscated_cny, goods_value_cny"
    )
    assert found["redundancy", matter] == ["copy", "near", "p0", "p2"]
    assert found["redundancy", "doc_no stands twice for the entity"] == ["copy", "p0"]


def test_links_lead_to_records_of_the_same_entity() -> None:
    frame = penalties(inspection_id=["i0", "i1", "i9", None])
    found = failing(audit(penalty=frame, inspection=INSPECTIONS))
    assert found == {
        ("relatedness", "inspection_id refers to a record of another entity"): ["p1"],
        ("relatedness", "inspection_id refers to no record"): ["p2"],
    }


def test_a_link_to_a_record_type_that_was_not_delivered_is_a_note() -> None:
    found = audit(penalty=penalties(inspection_id="i9"))
    assert found.failures().empty
    assert any("`inspection_id` of `penalty` was not checked" in note for note in found.notes)


def test_a_link_whose_table_stands_in_a_column() -> None:
    repair = pd.DataFrame(
        {
            "record_id": ["s0", "s1", "s2", "s3"],
            "entity_id": [IDS[0], IDS[0], IDS[1], IDS[0]],
            "occurred_on": "2023-09-01",
            "known_on": "2023-09-02",
            "repaired_table": ["penalty", "inspection", "penalty", "moon"],
            "repaired_record_id": ["p0", "p0", "p1", "p0"],
        }
    )
    found = failing(audit(penalty=penalties(), inspection=INSPECTIONS, repair=repair), "repair")
    assert found == {
        ("relatedness", "repaired_record_id refers to no record"): ["s1", "s3"],
        ("relatedness", "repaired_record_id refers to a record of another entity"): ["s2"],
    }


def test_an_audit_sees_only_what_was_known_before_its_day() -> None:
    frame = spoiled("doc_no", None, row=3)
    assert audit("2023-03-24", penalty=frame).failures().empty
    assert not audit("2023-03-25", penalty=frame).failures("completeness").empty


def test_a_rejected_row_is_checked_for_everything_else_as_well() -> None:
    frame = spoiled("fine_cny", -5.0)
    frame.loc[1, "doc_no"] = None
    found = failing(audit(penalty=frame))
    assert set(found) == {("accuracy", "fine_cny is below 0"), ("completeness", "doc_no is missing")}
