"""CSV files: every value as text, in UTF-8, GB 18030 or marked UTF-16."""

import codecs
import io
import mmap
import re
from pathlib import Path
from typing import IO, cast

import pyarrow as pa
import pyarrow.csv as pc

from creditrisk.errors import SourceError
from creditrisk.records.sources.encodings import text_encoding
from creditrisk.records.sources.names import column_names

BLOCKS = (1 << 20, 1 << 25, (1 << 31) - 1)
PLAIN = rb'[^",\r\n][^,\r\n]*+'
QUOTED = rb'"(?:[^"]++|"")*+"'
WELL_QUOTED = re.compile(rb"(?:(?:%b|%b|)[,\r\n])*+(?:%b|%b|)" % (QUOTED, PLAIN, QUOTED, PLAIN))


def read_csv(path: Path) -> pa.Table:
    """Read a CSV file as text.

    Parameters
    ----------
    path : Path
        A file with a header, commas and double quotes.

    Returns
    -------
    pyarrow.Table
        All columns as strings, empty values null; the metadata of its schema say in which `encoding` it was.

    Raises
    ------
    SourceError
        If it is empty or in another encoding, a quote does not close, its rows differ in length, or two
        columns have one name.
    """
    if not path.stat().st_size:
        raise SourceError(f"File {path.name!r} is empty; a CSV file has at least a header.")
    encoding = text_encoding(path)
    if not encoding.startswith("utf-8"):
        table = _parse(path, _as_utf8(path, encoding))
    else:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            table = _parse(path, content)
    return table.replace_schema_metadata({"encoding": encoding})


def _as_utf8(path: Path, encoding: str) -> bytes:
    """Return the text in UTF-8; Arrow's own decoder stumbles over characters that lie across two blocks."""
    decoder = codecs.getincrementaldecoder(encoding)()
    content = bytearray()
    with path.open("rb") as file:
        while block := file.read(BLOCKS[0]):
            content += decoder.decode(block).encode()
    return bytes(content)


def _parse(path: Path, content: bytes | mmap.mmap) -> pa.Table:
    _check_quotes(path, content)
    if content.find(b"\n") < 0 and content.find(b"\r") < 0:
        content = content[:] + b"\n"
    for block in BLOCKS:
        ragged: list[pc.InvalidRow] = []
        try:
            return _table(path, content, block, ragged)
        except pa.ArrowInvalid as error:
            if ragged:
                raise SourceError(_ragged_sentence(path, ragged[0])) from None
            if "straddling" not in str(error):
                raise SourceError(f"File {path.name!r} holds no CSV header; add one.") from None
    raise SourceError(f"File {path.name!r} has a value of more than 2 GB; shorten it.")


def _table(path: Path, content: bytes | mmap.mmap, block: int, ragged: list[pc.InvalidRow]) -> pa.Table:
    def note(row: pc.InvalidRow) -> str:
        ragged.append(row)
        return "error"

    read = pc.ReadOptions(use_threads=False, block_size=block)
    parse = pc.ParseOptions(newlines_in_values=True, invalid_row_handler=note)
    with pc.open_csv(_start(content), read_options=read, parse_options=parse) as reader:
        raw = reader.schema.names
    names = column_names(raw, f"File {path.name!r}")
    convert = pc.ConvertOptions(
        column_types=dict.fromkeys(raw, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    table = pc.read_csv(_start(content), read_options=read, parse_options=parse, convert_options=convert)
    return table.rename_columns(names)


def _start(content: bytes | mmap.mmap) -> IO[bytes]:
    """Return the content as a file read from its beginning, which Arrow does not close."""
    if isinstance(content, bytes):
        return io.BytesIO(content)
    content.seek(0)
    return cast(IO[bytes], content)


def _check_quotes(path: Path, content: bytes | mmap.mmap) -> None:
    """Refuse a quote that opens a value and does not close it: all rows up to the next would be one value."""
    if content.find(b'"') < 0:
        return
    fits = WELL_QUOTED.match(content, 3 if content[:3] == b"\xef\xbb\xbf" else 0)
    end = fits.end() if fits else 0
    if end < len(content):
        line = content[:end].count(b"\n") + 1
        raise SourceError(
            f"File {path.name!r} has a value in line {line} that a double quote opens and none closes; write "
            'a quote inside a quoted value as "".'
        )


def _ragged_sentence(path: Path, row: pc.InvalidRow) -> str:
    return (
        f"Every row of a CSV file has as many values as its header; in file {path.name!r} the header (row 1) "
        f"has {row.expected_columns}, row {row.number} has {row.actual_columns}, correct it."
    )
