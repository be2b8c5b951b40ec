"""One damaged input: how it is made, and what is known of it without the reader."""

import contextlib
import csv
import hashlib
import io
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
LONGEST_FIELD = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """An input as the reader gets it.

    Parameters
    ----------
    source : object
        What `read_records` is called with.
    rows : mapping of str to int or None
        How many rows each table has, counted without the reader; None where a refusal is the only right
        answer, because nobody can say what the rows are.
    ids : mapping of str to list of str, default {}
        The record ids of a table, where they are as they were.
    mapping : Path, optional
        A mapping to read it with.
    """

    source: Any
    rows: Mapping[str, int | None]
    ids: Mapping[str, list[str]] = field(default_factory=dict)
    mapping: Path | None = None

    def digest(self) -> str:
        """Return a hash that two different inputs do not share."""
        parts = [repr(type(self.source)).encode(), *_contents(self.source)]
        if self.mapping:
            parts.append(self.mapping.read_bytes())
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A recipe for a damaged input.

    Parameters
    ----------
    name : str
        What is broken, such as ``"cell/csv/penalty/fine_cny/1e400"``.
    make : callable
        Makes it in an empty folder.
    """

    name: str
    make: Callable[[Path], Damaged]

    @property
    def family(self) -> str:
        """The first part of its name."""
        return self.name.split("/", 1)[0]


def _contents(source: Any) -> Iterable[bytes]:
    if isinstance(source, Path) and source.is_dir():
        for file in sorted(source.rglob("*")):
            yield file.name.encode(errors="surrogateescape")
            yield file.read_bytes() if file.is_file() else b"no file"
    elif isinstance(source, Path) and source.is_file():
        yield source.read_bytes()
    elif isinstance(source, Mapping):
        for name, frame in source.items():
            yield repr(name).encode(errors="surrogatepass")
            yield _pickled(frame)
    else:
        yield repr(source).encode(errors="surrogatepass")


def _pickled(frame: Any) -> bytes:
    try:
        return pickle.dumps(frame)
    except Exception:
        return repr(type(frame)).encode()


def csv_table(content: bytes) -> tuple[int | None, list[str] | None]:
    """Count the rows of a CSV file with Python's own parser, and read its record ids.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    int or None
        Rows without the header and blank lines; None where it is no CSV text, or its quotes are broken.
    list of str or None
        The values of `record_id`; None where there is no such column in every row.
    """
    text = _decoded(content)
    if text is None:
        return None, None
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        header, *rows = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line] or [
            []
        ]
    except csv.Error:
        return None, None
    finally:
        csv.field_size_limit(before)
    if header.count("record_id") != 1 or any(len(row) != len(header) for row in rows):
        return len(rows), None
    return len(rows), [row[header.index("record_id")] for row in rows]


def _decoded(content: bytes) -> str | None:
    for encoding in next(([name] for bom, name in BOMS if content.startswith(bom)), ["utf-8", "gb18030"]):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return None
