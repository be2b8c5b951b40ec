"""The files that records come from, and their fingerprint: whether they are still what they were."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from creditrisk.errors import SourceError
from creditrisk.records.sources import Source, open_source
from creditrisk.records.sources.duckdb_file import DuckDBSource
from creditrisk.records.sources.folder import FolderSource

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFiles:
    """Files of records, and a mapping file if there is one.

    Parameters
    ----------
    source : Source
        A folder or a DuckDB file.
    mapping : Path or None
        The mapping.
    paths : dict of str to Path
        Every file by its name.
    """

    source: Source
    mapping: Path | None
    paths: dict[str, Path]

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of every file, by name.

        Returns
        -------
        dict of str to str
            Hexadecimal digits.

        Raises
        ------
        SourceError
            If a file cannot be read.
        """
        return {name: file_digest(path) for name, path in self.paths.items()}

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Return size and time of change of every file, by name: equal stamps mean equal files.

        Returns
        -------
        dict of str to (int, int)
            Bytes and nanoseconds.

        Raises
        ------
        SourceError
            If a file is no longer there.
        """
        return {name: _stamp(path) for name, path in self.paths.items()}


def input_files(records: str | Path, mapping: str | Path | None = None) -> InputFiles:
    """Return the files of a source of records.

    Parameters
    ----------
    records : str or Path
        A folder of Parquet and CSV files, or a ``.duckdb`` file.
    mapping : str or Path, optional
        A mapping file.

    Returns
    -------
    InputFiles
        Found, not read.

    Raises
    ------
    SourceError
        If it is anything else.
    """
    source = open_source(records) if isinstance(records, str | Path) else None
    if isinstance(source, FolderSource):
        paths = {path.name: path for path in source.files.values()}
    elif isinstance(source, DuckDBSource):
        paths = {source.path.name: source.path}
    else:
        raise SourceError(
            "Records are graded in slices from a folder or a DuckDB file; got "
            f"{type(records).__name__}: write them to a folder, or grade them in memory."
        )
    if mapping is not None:
        paths = paths | {f"mapping: {Path(mapping).name}": Path(mapping)}
    return InputFiles(source=source, mapping=None if mapping is None else Path(mapping), paths=paths)


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str
        Hexadecimal digits.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise SourceError(f"File {path.name!r} cannot be read: {error.strerror}; check it.") from None
    return digest.hexdigest()


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise SourceError(f"File {path.name!r} cannot be read: {error.strerror}; check it.") from None
    return found.st_size, found.st_mtime_ns
