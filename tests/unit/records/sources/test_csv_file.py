"""CSV files: text only, in UTF-8, GB 18030 or marked UTF-16; nothing is guessed, no row swallowed."""

from pathlib import Path

import pytest

from creditrisk.errors import SourceError
from creditrisk.records.sources.csv_file import read_csv

TEXT = 'id,reason\n007,地址不符\n8,"两行\n原因, 其二"\n9,\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file shall be."""
    return tmp_path / "penalty.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
def test_every_encoding_gives_the_same_text_and_is_named(path: Path, encoding: str) -> None:
    path.write_bytes(TEXT.encode(encoding))
    table = read_csv(path)
    assert table.to_pydict() == {
        "id": ["007", "8", "9"],
        "reason": ["地址不符", "两行\n原因, 其二", None],
    }
    assert table.schema.metadata == {b"encoding": encoding.encode()}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_value_longer_than_a_block_is_one_value(path: Path, encoding: str) -> None:
    long = "长" * 700_000
    path.write_text(f"id,reason\n1,{long}\n2,b\n", encoding=encoding)
    assert read_csv(path)["reason"].to_pylist() == [long, "b"]


@pytest.mark.parametrize("end", ["", "\n", "\r", "\r\n", "\n\n"])
def test_a_header_alone_is_an_empty_table(path: Path, end: str) -> None:
    path.write_bytes(f"id,reason{end}".encode())
    assert read_csv(path).to_pydict() == {"id": [], "reason": []}


def test_columns_without_a_name_are_numbered(path: Path) -> None:
    path.write_text("id,,\n1,,x\n")
    assert read_csv(path).to_pydict() == {"id": ["1"], "unnamed 2": [None], "unnamed 3": ["x"]}


def test_a_quote_inside_a_value_is_part_of_it(path: Path) -> None:
    path.write_text('id,reason\n1,5" pipe\n2,"say ""no"""\n')
    assert read_csv(path)["reason"].to_pylist() == ['5" pipe', 'say "no"']


@pytest.mark.parametrize(
    ("content", "line"), [('1,"a\n2,b\n3,c\n', 2), ('1,a\n2,"b"c\n3,d\n', 3), ('1,a\n2,"b\n3,c"d\n', 4)]
)
def test_a_quote_that_does_not_close_swallows_no_rows(path: Path, content: str, line: int) -> None:
    path.write_text(f"id,reason\n{content}")
    with pytest.raises(
        SourceError, match=rf"has a value in line {line} that a double quote opens and none closes"
    ):
        read_csv(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", r"File 'penalty\.csv' is empty; a CSV file has at least a header\."),
        (b"\n\n", r"File 'penalty\.csv' holds no CSV header; add one\."),
        (b"id,id\n1,2\n", r"File 'penalty\.csv' has the column 'id' twice; rename one\."),
        (b"id,ID\n1,2\n", r"has the column 'id' and 'ID', one name to an engine; rename one\."),
        ("id,reason\n".encode("utf-16-le"), r"begins with bytes that are no text, as UTF-16"),
        (
            b"id,reason\n1,2\n1,2,3\n",
            r"in file 'penalty\.csv' the header \(row 1\) has 2, row 3 has 3, correct it\.",
        ),
    ],
)
def test_a_file_that_is_no_csv_is_named(path: Path, content: bytes, sentence: str) -> None:
    path.write_bytes(content)
    with pytest.raises(SourceError, match=sentence):
        read_csv(path)
