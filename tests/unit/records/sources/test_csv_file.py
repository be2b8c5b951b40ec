"""CSV files: text only, in UTF-8 or GB 18030."""

from pathlib import Path

import pytest

from creditrisk.errors import SourceError
from creditrisk.records.sources.csv_file import read_csv

TEXT = 'id,reason\n007,地址不符\n8,"两行\n原因, 其二"\n9,\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file shall be."""
    return tmp_path / "penalty.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_encoding_gives_the_same_text(path: Path, encoding: str) -> None:
    path.write_bytes(TEXT.encode(encoding))
    assert read_csv(path).to_pydict() == {
        "id": ["007", "8", "9"],
        "reason": ["地址不符", "两行\n原因, 其二", None],
    }


def test_a_character_across_two_blocks_is_one_character(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("creditrisk.records.sources.csv_file.BLOCK", 5)
    path.write_bytes(TEXT.encode())
    assert read_csv(path)["reason"][0].as_py() == "地址不符"


def test_a_header_alone_is_an_empty_table(path: Path) -> None:
    path.write_text("id,reason\n")
    assert read_csv(path).to_pydict() == {"id": [], "reason": []}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", r"File 'penalty\.csv' is empty; a CSV file has at least a header\."),
        (
            b"id\n\xff\xff\xff\n",
            r"File 'penalty\.csv' is neither UTF-8 nor GB 18030 text; save it as UTF-8\.",
        ),
        (b"id,reason\n1,2,3\n", r"File 'penalty\.csv' cannot be read as CSV: .*Expected 2 columns, got 3"),
    ],
)
def test_a_file_that_is_no_csv_is_named(path: Path, content: bytes, sentence: str) -> None:
    path.write_bytes(content)
    with pytest.raises(SourceError, match=sentence):
        read_csv(path)
