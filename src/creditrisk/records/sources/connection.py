"""An Ibis connection as a source: DuckDB, PostgreSQL, Spark and others."""

from dataclasses import dataclass

from creditrisk.errors import SourceError
from creditrisk.records.engine import IbisConnection, IbisTable, reason, table_names


@dataclass(frozen=True, slots=True)
class ConnectionSource:
    """The tables of a connection, which stay where they are."""

    connection: IbisConnection

    @property
    def title(self) -> str:
        """What to call it in an error."""
        return f"the {self.connection.name} connection"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its tables, sorted."""
        try:
            return table_names(self.connection)
        except Exception as error:
            said = f"The tables of {self.title} cannot be listed: {reason(error)}; open it again."
            raise SourceError(said) from None

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing had to be assumed."""
        return ()

    def place(self, name: str) -> str:
        """What to call one table in an error."""
        return f"{name!r} of {self.title}"

    def table(self, name: str, connection: IbisConnection) -> IbisTable:
        """Return one table."""
        try:
            return self.connection.table(name)
        except Exception as error:
            raise SourceError(f"Table {self.place(name)} cannot be read: {reason(error)}.") from None
