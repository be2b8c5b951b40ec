"""Rejections can be counted, read and asked for."""

from pathlib import Path

import pandas as pd
import pytest
from tests.lib.registry import DAY, read, registration, rows

from creditrisk.errors import SchemaError, SourceError, SpecError
from creditrisk.records.read import read_records
from creditrisk.records.rejections import Rejections


def test_no_rejections_are_an_empty_count() -> None:
    rejections = read(registration=registration("a")).rejections
    assert rejections.counts().columns.tolist() == ["table", "rule", "rows"]
    assert rejections.total == 0
    assert rejections.rows("registration").empty
    assert repr(rejections) == "Rejections(none)"


def test_a_row_is_counted_once_under_its_first_rule() -> None:
    days = ["2020-01-01", None]
    rejections = read(registration=registration("a", "b", known_on=days, occurred_on=days)).rejections
    assert rejections.counts().values.tolist() == [["registration", "occurred_on is missing", 1]]
    assert repr(rejections) == "Rejections(1 of registration)"


def test_a_table_that_was_not_read_is_refused() -> None:
    rejections = Rejections(by_table={}, read=("registration",))
    with pytest.raises(SpecError, match=r"No table 'registratoin' was read\. Did you mean 'registration'\?"):
        rejections.rows("registratoin")


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    """Return a registry with one bad row of each of two tables, and one table without any."""
    fines = ["=cmd|' /C calc'!A0", "500", "-1"]
    return {
        "registration": registration("a", "b", known_on=[DAY, None]),
        "penalty": rows(*(("a", DAY, fine) for fine in fines), columns="entity_id occurred_on fine_cny"),
        "licence": rows(("a", DAY), columns="entity_id occurred_on"),
    }


def test_rejected_rows_are_kept_in_parquet_as_they_came(
    frames: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    rejections = read_records(frames).rejections
    rejections.write(tmp_path / "new" / "rejections")
    kept = {file.stem: pd.read_parquet(file) for file in (tmp_path / "new" / "rejections").iterdir()}
    assert sorted(kept) == ["penalty", "registration"]
    assert kept["penalty"]["fine_cny"].tolist() == ["=cmd|' /C calc'!A0", "-1"]
    assert sum(map(len, kept.values())) == rejections.total == 3


def test_a_folder_that_is_a_file_is_refused(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SourceError, match=r"cannot be written to .*; choose another folder\.$"):
        read_records(frames).rejections.write(tmp_path / "file")


def test_strict_raises_where_one_row_of_any_table_is_bad(frames: dict[str, pd.DataFrame]) -> None:
    with pytest.raises(SchemaError, match=r"3 did: 1 of 'penalty' .*1 of 'penalty' .*1 of 'registration'"):
        read_records(frames, strict=True)
    good = {"registration": registration("a"), "licence": frames["licence"]}
    assert read_records(good, strict=True).rejections.total == 0
