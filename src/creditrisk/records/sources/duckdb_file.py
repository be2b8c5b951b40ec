"""A DuckDB file as a source; it is opened for reading only."""

from dataclasses import dataclass, field
from pathlib import Path

import ibis
import sqlglot.expressions as sge

from creditrisk.errors import SourceError
from creditrisk.records.engine import IbisConnection, IbisTable, reason, table_names

MARK, MARK_AT = b"DUCK", 8


@dataclass(frozen=True, slots=True)
class DuckDBSource:
    """The tables and views of a DuckDB file."""

    path: Path
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Open the file and list its tables."""
        self._check()
        try:
            opened = ibis.duckdb.connect(self.path, read_only=True)
            names = table_names(opened)
            opened.disconnect()
        except Exception as error:
            said = f"File {self.path.name!r} cannot be read as a DuckDB file: {reason(error)}."
            raise SourceError(said) from None
        object.__setattr__(self, "names", names)

    def _check(self) -> None:
        """Refuse other databases, for which DuckDB would fetch a driver from the network."""
        try:
            with self.path.open("rb") as file:
                start = file.read(MARK_AT + len(MARK))
        except OSError as error:
            said = f"File {self.path.name!r} cannot be read: {error.strerror}; check it."
            raise SourceError(said) from None
        if start[MARK_AT:] != MARK:
            raise SourceError(
                f"File {self.path.name!r} cannot be read as a DuckDB file: it does not begin like one; give "
                "a DuckDB file or a folder."
            )

    @property
    def title(self) -> str:
        """What to call it in an error."""
        return f"file {self.path.name!r}"

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing had to be assumed."""
        return ()

    def place(self, name: str) -> str:
        """What to call one table in an error."""
        return f"{name!r} of {self.title}"

    def table(self, name: str, connection: IbisConnection) -> IbisTable:
        """Return one table, the file attached to `connection`."""
        connection.raw_sql(
            f"ATTACH IF NOT EXISTS {sge.convert(str(self.path)).sql()} AS attached (READ_ONLY)"
        )
        return connection.table(name, database=("attached", "main"))
