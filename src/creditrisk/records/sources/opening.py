"""Which kind of source is meant."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from creditrisk.errors import SourceError
from creditrisk.records.sources.connection import ConnectionSource
from creditrisk.records.sources.duckdb_file import DuckDBSource
from creditrisk.records.sources.folder import FolderSource
from creditrisk.records.sources.frames import FrameSource
from creditrisk.records.sources.source import Source

DATABASES = (".duckdb", ".ddb", ".db")


def open_source(source: Any) -> Source:
    """Find out what kind of source is meant, and that it is there.

    Parameters
    ----------
    source : str, Path, mapping or ibis connection
        What was given to `read_records`.

    Returns
    -------
    Source
        The source.

    Raises
    ------
    SourceError
        If it is not there, or nothing that records can be read from.

    Examples
    --------
    >>> open_source({"registration": None}).names
    ('registration',)
    """
    if isinstance(source, Mapping):
        return FrameSource(source)
    if isinstance(source, str | Path):
        return _path(Path(source))
    if hasattr(source, "list_tables") and hasattr(source, "table"):
        return ConnectionSource(source)
    raise SourceError(
        "Records are read from a folder, a DuckDB file, data frames by table name or an Ibis connection; "
        f"got {type(source).__name__}."
    )


def _path(path: Path) -> Source:
    try:
        if path.is_dir():
            return FolderSource(path)
        there = path.exists()
    except OSError as error:
        raise SourceError(f"Path {str(path)[:200]!r} cannot be opened: {error.strerror}.") from None
    if not there:
        raise SourceError(f"There is no folder {str(path)[:200]!r}; check the path.")
    if path.suffix.lower() in DATABASES and path.is_file():
        return DuckDBSource(path)
    raise SourceError(
        f"Records are read from a folder or a DuckDB file; {str(path)!r} is another file, give its folder."
    )
