"""A folder of files: what is read, and what is said of a file that cannot be."""

from pathlib import Path

import pytest
from tests.lib.registry import DAY, registration, rejected, rows, values

from creditrisk.errors import SourceError
from creditrisk.records.read import read_records


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a good registration."""
    registration("a").to_parquet(tmp_path / "registration.parquet")
    return tmp_path


def test_parquet_and_csv_stand_side_by_side_and_the_rest_is_left_alone(folder: Path) -> None:
    rows(("a", DAY, "3,E"), columns="entity_id occurred_on result_codes").to_csv(
        folder / "inspection.csv", index=False
    )
    registration("a").to_csv(folder / "extra.csv", index=False)
    (folder / "README.md").write_text("notes")
    (folder / "truth").mkdir()
    registration("a").to_parquet(folder / "truth" / "penalty.parquet")
    records = read_records(folder)
    assert sorted(records.tables) == ["inspection", "registration"]
    assert values(records, "inspection", "result_codes") == ["3,E"]
    assert records.ignored == ("extra",)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^There is no folder '.*registry'; check the path\.$"):
        read_records(tmp_path / "registry")


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^Records are Parquet or CSV files; folder '.*' has none"):
        read_records(str(tmp_path))


def test_a_file_is_no_folder(folder: Path) -> None:
    with pytest.raises(SourceError, match="is another file, give its folder"):
        read_records(folder / "registration.parquet")


def test_two_files_for_one_table_are_refused(folder: Path) -> None:
    registration("a").to_csv(folder / "registration.csv", index=False)
    with pytest.raises(SourceError, match=r"has 'registration\.csv' and 'registration\.parquet', remove one"):
        read_records(folder)


@pytest.mark.parametrize("damage", ["cut", "garbage", "empty", "pages"])
def test_a_corrupt_parquet_file_is_named(folder: Path, damage: str) -> None:
    file = folder / "penalty.parquet"
    registration(*[f"entity {number}" for number in range(500)]).to_parquet(file, compression="gzip")
    good = file.read_bytes()
    file.write_bytes(
        {
            "cut": good[: len(good) // 2],
            "garbage": b"PAR1" + b"?" * 100 + b"PAR1",
            "empty": b"",
            "pages": good[:50] + b"\xff" * 500 + good[550:],
        }[damage]
    )
    with pytest.raises(SourceError, match=r"^File 'penalty\.parquet' cannot be read: .*; write it again\.$"):
        read_records(folder)


def test_the_files_can_be_replaced_after_reading(folder: Path) -> None:
    records = read_records(folder)
    (folder / "registration.parquet").unlink()
    assert values(records, "registration", "entity_id") == ["a"]
    assert rejected(records) == {}


def test_a_folder_named_like_a_pattern_is_that_folder_alone(tmp_path: Path) -> None:
    for name, entities in {"town*": "a", "town-b": "bc", "known_on=2030-01-01": "d"}.items():
        (tmp_path / name).mkdir()
        registration(*entities).to_parquet(tmp_path / name / "registration.parquet")
    assert values(read_records(tmp_path / "town*"), "registration", "entity_id") == ["a"]
    assert values(read_records(tmp_path / "known_on=2030-01-01"), "registration", "known_on") == [DAY]


def test_a_table_that_is_a_folder_or_leads_nowhere_is_not_passed_over(folder: Path) -> None:
    (folder / "penalty.parquet").mkdir()
    with pytest.raises(SourceError, match=r"'penalty\.parquet' in folder .* is a folder or a broken link"):
        read_records(folder)
    (folder / "penalty.parquet").rmdir()
    (folder / "penalty.parquet").symlink_to(folder / "nowhere.parquet")
    with pytest.raises(SourceError, match=r"'penalty\.parquet' in folder .* is a folder or a broken link"):
        read_records(folder)


@pytest.mark.parametrize("path", ["x" * 5000, "a\0b", "https://example.org/registry", ""])
def test_a_path_that_cannot_be_one_is_refused(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError):
        read_records(path)


def test_what_was_assumed_or_passed_over_is_said(folder: Path) -> None:
    complaint = rows(("a", DAY, "地址不符"), columns="entity_id occurred_on channel")
    (folder / "complaint.csv").write_bytes(complaint.to_csv(index=False).encode("gb18030"))
    registration("a").to_csv(folder / "extra.csv", index=False)
    (folder / "penalty.xlsx").touch()
    (folder / "licence").mkdir()
    assert read_records(folder).notes == (
        "File 'complaint.csv' was read as GB18030 text.",
        "'licence' was passed over: records are Parquet or CSV files.",
        "'penalty.xlsx' was passed over: records are Parquet or CSV files.",
    )
