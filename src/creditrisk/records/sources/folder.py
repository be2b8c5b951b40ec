"""A folder of Parquet and CSV files as a source; the stem of a file is the name of its table."""

from dataclasses import dataclass, field
from glob import escape
from pathlib import Path

import ibis

from creditrisk.errors import SourceError
from creditrisk.records.engine import IbisConnection, IbisTable
from creditrisk.records.sources.csv_file import read_csv
from creditrisk.records.tables import TABLES

SUFFIXES = (".parquet", ".csv")


@dataclass(frozen=True, slots=True)
class FolderSource:
    """The Parquet and CSV files of a folder; sub-folders and other files are left alone."""

    path: Path
    files: dict[str, Path] = field(init=False)
    encodings: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """List the files."""
        found: dict[str, Path] = {}
        for file in self._listed():
            if file.suffix.lower() not in SUFFIXES:
                continue
            if not file.is_file():
                raise SourceError(
                    f"A table comes from one file; {file.name!r} in {self.title} is a folder or a broken "
                    "link, make it a file or rename it."
                )
            if file.stem in found:
                both = f"{found[file.stem].name!r} and {file.name!r}"
                raise SourceError(f"A table comes from one file; {self.title} has {both}, remove one.")
            found[file.stem] = file
        if not found:
            raise SourceError(f"Records are Parquet or CSV files; {self.title} has none, check the path.")
        object.__setattr__(self, "files", found)

    def _listed(self) -> list[Path]:
        try:
            return sorted(self.path.iterdir())
        except OSError as error:
            raise SourceError(f"The files of {self.title} cannot be listed: {error.strerror}.") from None

    @property
    def title(self) -> str:
        """What to call it in an error."""
        return f"folder {str(self.path)!r}"

    @property
    def names(self) -> tuple[str, ...]:
        """The stems of the files, sorted."""
        return tuple(sorted(self.files))

    @property
    def notes(self) -> tuple[str, ...]:
        """Encodings that were not UTF-8, and files named like a record type that are no table."""
        read = [
            f"File {self.files[name].name!r} was read as {encoding.upper()} text."
            for name, encoding in sorted(self.encodings.items())
            if not encoding.startswith("utf-8")
        ]
        passed = [
            f"{path.name!r} was passed over: records are Parquet or CSV files."
            for path in self._listed()
            if path.name.split(".")[0] in TABLES and path.suffix.lower() not in SUFFIXES
        ]
        return (*read, *passed)

    def place(self, name: str) -> str:
        """What to call one file in an error."""
        return f"file {self.files[name].name!r}"

    def table(self, name: str, connection: IbisConnection) -> IbisTable:
        """Return the contents of one file."""
        file = self.files[name]
        try:
            if file.suffix.lower() == ".csv":
                table = read_csv(file)
                self.encodings[name] = table.schema.metadata[b"encoding"].decode()
                return ibis.memtable(table)
            return connection.read_parquet(escape(str(file)), hive_partitioning=False)
        except OSError as error:
            said = f"File {file.name!r} cannot be read: {error.strerror or 'the system refuses'}; check it."
            raise SourceError(said) from None
