"""An Ibis connection as a source: DuckDB, PostgreSQL, Spark and others."""

from dataclasses import dataclass

import ibis

from creditrisk.errors import SourceError
from creditrisk.records.engine import IbisConnection, IbisTable, reason, table_names


@dataclass(frozen=True, slots=True)
class ConnectionSource:
    """The tables of a connection; they are copied, the connection is only read."""

    connection: IbisConnection

    @property
    def title(self) -> str:
        """What to call it in an error."""
        return f"the {self.connection.name} connection"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its tables, sorted."""
        return table_names(self.connection)

    def place(self, name: str) -> str:
        """What to call one table in an error."""
        return f"{name!r} of {self.title}"

    def table(self, name: str, connection: IbisConnection) -> IbisTable:
        """Copy one table."""
        try:
            return ibis.memtable(self.connection.table(name).to_pyarrow())
        except Exception as error:
            raise SourceError(f"Table {self.place(name)} cannot be read: {reason(error)}.") from None
