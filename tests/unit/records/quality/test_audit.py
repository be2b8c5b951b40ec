import json
from pathlib import Path

import pandas as pd
import pytest
from tests.lib.audited import IDS, audit, penalties

from creditrisk.errors import DateError, SourceError, SpecError
from creditrisk.records.quality import load_audit
from creditrisk.records.quality.audit import Audit


def faulty() -> pd.DataFrame:
    """Return penalties of two organisations: p1 lacks two values, p2 comes late, p3 is an orphan."""
    frame = penalties(source_org=["a", "a", "b", None])
    frame.loc[1, ["doc_no", "act_type"]] = None
    frame.loc[2, "known_on"] = pd.Timestamp("2023-04-20")
    frame.loc[2, "published_on"] = pd.Timestamp("2023-04-20")
    frame.loc[3, "entity_id"] = "91510100MA00000820"
    return frame


@pytest.fixture(scope="module")
def found() -> Audit:
    return audit(penalty=faulty())


def test_a_row_for_every_rule_table_and_organisation(found: Audit) -> None:
    table = found.table.set_index(["table", "source_org", "rule"])
    assert not table.index.duplicated().any()
    row = table.loc[("penalty", "a", "doc_no is missing")]
    assert (row["checked"], row["failed"], row["rate"]) == (2, 1, 0.5)
    assert row["lower"] < 0.5 < row["upper"]
    assert table.loc[("penalty", "unknown", "entity not registered"), "failed"] == 1
    assert (found.table["failed"] <= found.table["checked"]).all()


def test_a_record_counts_once_a_dimension(found: Audit) -> None:
    assert found.table.query("dimension == 'completeness'")["failed"].sum() == 2
    assert found.summary().loc["completeness", "failed"] == 1
    assert list(found.summary().index)[:3] == ["coverage", "timeliness", "completeness"]
    by_org = found.summary(["table", "source_org"])
    assert by_org.loc[("completeness", "penalty", "a"), "failed"] == 1


def test_failures_by_dimension_and_table(found: Audit) -> None:
    assert len(found.failures()) == found.table["failed"].sum()
    assert found.failures("timeliness")["record_id"].unique().tolist() == ["p2"]
    assert found.failures(table="registration").empty
    assert found.failures("relatedness").iloc[0][["entity_id", "source_org"]].tolist() == [
        "91510100MA00000820",
        "unknown",
    ]


def test_what_cannot_be_asked_is_said_in_a_sentence(found: Audit) -> None:
    with pytest.raises(SpecError, match="Did you mean 'timeliness'"):
        found.failures("timelines")
    with pytest.raises(SpecError, match="A summary goes by"):
        found.summary("rule")
    with pytest.raises(DateError, match="Nothing was known before"):
        audit("2015-03-04")


def test_it_can_be_written_and_read_again(found: Audit, tmp_path: Path) -> None:
    found.write(tmp_path / "audit")
    found.write(tmp_path / "audit")
    again = load_audit(tmp_path / "audit")
    pd.testing.assert_frame_equal(again.table, found.table)
    pd.testing.assert_frame_equal(again.failures(), found.failures())
    pd.testing.assert_frame_equal(again.failures("accuracy"), found.failures("accuracy"))
    pd.testing.assert_frame_equal(again.summary(), found.summary())
    assert (again.as_of, again.notes, again.standard) == (found.as_of, found.notes, found.standard)
    json.dumps(found.to_dict(), allow_nan=False)


def test_what_is_no_audit_is_said_in_a_sentence(found: Audit, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="check the path"):
        load_audit(tmp_path)
    found.write(tmp_path)
    (tmp_path / "checks.parquet").write_bytes(b"PAR1")
    with pytest.raises(SourceError, match="is damaged"):
        load_audit(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(SourceError, match="choose another folder"):
        found.write(tmp_path / "file")


def test_what_became_of_failures(found: Audit, tmp_path: Path) -> None:
    now = faulty()
    now.loc[1, "doc_no"] = "川监〔2023〕1号"
    now = now.drop(index=3)
    later = audit("2024-06-01", penalty=now)
    became = later.rectified(found)
    fates = ["failed", "failing", "corrected", "removed", "unchecked"]
    assert became.loc["completeness", fates].tolist() == [2, 1, 1, 0, 0]
    assert became.loc["timeliness", fates].tolist() == [2, 2, 0, 0, 0]
    assert became.loc["relatedness", fates].tolist() == [1, 0, 0, 1, 0]
    assert became["rate"].dropna().tolist() == [0.0, 0.5, 1.0]
    found.write(tmp_path)
    pd.testing.assert_frame_equal(later.rectified(load_audit(tmp_path)), became)


def test_rules_that_are_not_checked_any_more_leave_the_rate(found: Audit) -> None:
    became = audit("2024-06-01").rectified(found)
    assert became.loc["timeliness", ["failed", "unchecked"]].tolist() == [2, 2]
    assert became["rate"].isna().all()


def test_rectification_needs_an_earlier_audit_and_records(found: Audit, tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="exchange them"):
        found.rectified(found)
    later = audit("2024-06-01")
    later.write(tmp_path)
    with pytest.raises(SpecError, match="audit anew"):
        load_audit(tmp_path).rectified(found)


def test_a_notebook_shows_the_summary(found: Audit) -> None:
    assert "timeliness" in found._repr_html_()
    assert IDS[0] not in repr(found)
