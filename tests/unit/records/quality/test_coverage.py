"""What was owed and not delivered: tables, organisations, years, counts of the source systems."""

from pathlib import Path

import pandas as pd
import pytest
from tests.lib.audited import IDS, STANDARD, audit, penalties, registration

from creditrisk.errors import SourceError, SpecError
from creditrisk.records.quality.audit import Audit
from creditrisk.records.quality.reconcile import read_counts
from creditrisk.records.quality.standard import AuditStandard, TableStandard


def demanding(**demands: object) -> AuditStandard:
    return STANDARD.model_copy(update=demands)


def missing(found: Audit) -> list[tuple[str, str, str]]:
    frame = found.failures("coverage").fillna("")
    return [(row.table, row.entity_id or row.source_org, row.detail) for row in frame.itertuples()]


def test_an_absent_and_an_empty_table_and_a_mute_organisation() -> None:
    standard = demanding(
        expected=("registration", "licence", "penalty"),
        tables={"penalty": TableStandard(organisations=("bureau", "city"))},
    )
    found = audit(standard=standard, penalty=penalties())
    assert missing(found) == [("licence", "unknown", ""), ("penalty", "city", "")]
    assert found.summary().loc["coverage", ["checked", "failed"]].tolist() == [5, 2]
    early = audit("2023-02-01", standard=standard, penalty=penalties())
    assert ("penalty", "unknown", "") in missing(early)


def reports(*owed: tuple[int, int]) -> pd.DataFrame:
    """Return an annual report for pairs of entity (by place) and the year in which it is filed."""
    return pd.DataFrame(
        {
            "record_id": [f"a{entity}-{year}" for entity, year in owed],
            "entity_id": [IDS[entity] for entity, _ in owed],
            "occurred_on": [f"{year}-05-10" for _, year in owed],
            "known_on": [f"{year}-05-12" for _, year in owed],
            "year": [year - 1 for _, year in owed],
            "filed": True,
        }
    )


def test_every_entity_owes_a_record_for_every_year_it_was_registered() -> None:
    every = [(entity, year) for entity in range(3) for year in (2021, 2022, 2023)]
    owed = [one for one in every if one not in {(1, 2022), (2, 2023)}]
    found = audit("2024-02-02", annual_report=reports(*owed))
    assert missing(found) == [("annual_report", IDS[1], "2022"), ("annual_report", IDS[2], "2023")]
    rows = found.table[found.table["rule"] == "no record of the entity in the year"]
    assert rows[["checked", "failed"]].to_numpy().tolist() == [[9, 2]]


def test_a_year_counts_a_month_after_its_end_and_not_for_those_who_came_or_left_in_it() -> None:
    young = registration(occurred_on=["2015-01-01", "2022-06-01", "2015-01-01"])
    young["deregistered_on"] = [None, None, "2023-08-01"]
    young["deregistered_known_on"] = [None, None, "2023-08-03"]
    owed = reports((0, 2021), (0, 2022), (1, 2023), (2, 2021), (2, 2022))
    assert missing(audit("2024-02-02", registration=young, annual_report=owed)) == [
        ("annual_report", IDS[0], "2023")
    ]
    assert missing(audit("2024-01-31", registration=young, annual_report=owed)) == []


def test_stray_early_records_owe_nothing() -> None:
    owed = [(0, 2018), *((entity, year) for entity in range(3) for year in (2022, 2023))]
    assert missing(audit("2024-02-02", annual_report=reports(*owed))) == []


def counted(folder: Path, text: str) -> AuditStandard:
    file = folder / "counts.csv"
    file.write_text(text, encoding="utf-8-sig")
    return demanding(counts=str(file))


def test_counts_are_reconciled_by_month_and_organisation(tmp_path: Path) -> None:
    text = (
        "table,source_org,month,records\npenalty,bureau,2023-03,6\npenalty,bureau,2023-04,0\n"
        "penalty,city,2023-03,2\nlicence,city,2023-03,1\n"
    )
    found = audit(standard=counted(tmp_path, text), penalty=penalties())
    assert missing(found) == [
        ("licence", "city", "2023-03: 1 expected, 0 delivered"),
        ("penalty", "bureau", "2023-03: 6 expected, 4 delivered"),
        ("penalty", "city", "2023-03: 2 expected, 0 delivered"),
    ]
    rows = found.table[found.table["rule"] == "fewer records than the source system has"]
    assert rows[["checked", "failed"]].to_numpy().tolist() == [[1, 1], [6, 2], [2, 2]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("table,month,records\n", "lacks 'source_org'"),
        ("table,source_org,month,records\npenalti,a,2023-01,1\n", "Did you mean 'penalty'?"),
        ("table,source_org,month,records\npenalty,a,2023-13,1\n", "got '2023-13'"),
        ("table,source_org,month,records\npenalty,a,2023-01,-1\n", "got '-1'"),
        ("table,source_org,month,records\npenalty,a,2023-01,\n", "records is written as 120"),
    ],
)
def test_a_wrong_file_of_counts_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SpecError, match=r"^[^\n]*$") as error:
        read_counts(str(counted(tmp_path, text).counts))
    assert said in str(error.value)


def test_a_file_of_counts_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no file of counts"):
        read_counts(tmp_path / "counts.csv")
