"""CSV files: every value as text, in UTF-8 or else in GB 18030."""

import codecs
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc

from creditrisk.errors import SourceError
from creditrisk.records.engine import reason

ENCODINGS = ("utf-8-sig", "gb18030")
BLOCK = 1 << 20


def read_csv(path: Path) -> pa.Table:
    """Read a CSV file as text.

    Parameters
    ----------
    path : Path
        A file with a header, commas and double quotes.

    Returns
    -------
    pyarrow.Table
        All columns as strings, empty ones null.

    Raises
    ------
    SourceError
        If it is empty, in another encoding, or its rows differ in length.
    """
    if not path.stat().st_size:
        raise SourceError(f"File {path.name!r} is empty; a CSV file has at least a header.")
    encoding = _encoding(path)
    try:
        names = _header(path, encoding)
        return pc.read_csv(
            path,
            read_options=pc.ReadOptions(encoding=encoding, use_threads=False),
            parse_options=pc.ParseOptions(newlines_in_values=True),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        )
    except pa.ArrowInvalid as error:
        raise SourceError(f"File {path.name!r} cannot be read as CSV: {reason(error)}.") from None


def _header(path: Path, encoding: str) -> list[str]:
    reader = pc.open_csv(
        path,
        read_options=pc.ReadOptions(encoding=encoding, use_threads=False),
        parse_options=pc.ParseOptions(newlines_in_values=True),
    )
    with reader:
        return list(reader.schema.names)


def _encoding(path: Path) -> str:
    """Return the first encoding that every byte of the file fits."""
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while block := file.read(BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise SourceError(f"File {path.name!r} is neither UTF-8 nor GB 18030 text; save it as UTF-8.")
