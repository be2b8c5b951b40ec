"""What every source can do: name its tables, and hand one over."""

from typing import Protocol

from creditrisk.records.engine import IbisConnection, IbisTable


class Source(Protocol):
    """A place with tables."""

    @property
    def title(self) -> str:
        """What to call it in an error, such as ``"folder 'registry'"``."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its tables, sorted."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What had to be assumed in reading it, and what was passed over, a sentence each."""

    def place(self, name: str) -> str:
        """What to call one of its tables in an error, such as ``"file 'penalty.csv'"``."""

    def table(self, name: str, connection: IbisConnection) -> IbisTable:
        """Return one table as an expression that `connection` can run."""
