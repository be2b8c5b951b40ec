"""The account of every table that was read: no row is lost."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of the rows of one table.

    Parameters
    ----------
    table : str
        The record type.
    source_rows : int
        Rows that the source has.
    left_out : int
        Rows that the mapping leaves out, by its `where` or `distinct_by`.
    accepted, rejected : int
        Clean rows, and rows that broke a rule.

    Examples
    --------
    >>> Account(table="penalty", source_rows=10, left_out=2, accepted=7, rejected=1).read
    8
    """

    table: str
    source_rows: int
    left_out: int
    accepted: int
    rejected: int

    @property
    def read(self) -> int:
        """Rows that were to be read."""
        return self.source_rows - self.left_out

    @property
    def balances(self) -> bool:
        """Whether every row that was to be read is accepted or rejected."""
        return self.read == self.accepted + self.rejected


def accounts_frame(accounts: Iterable[Account]) -> pd.DataFrame:
    """Return accounts as a table.

    Parameters
    ----------
    accounts : iterable of Account
        One for each table that was read.

    Returns
    -------
    pandas.DataFrame
        Columns `table`, `source_rows`, `left_out`, `read`, `accepted` and `rejected`.
    """
    columns = ["table", "source_rows", "left_out", "read", "accepted", "rejected"]
    return pd.DataFrame([asdict(one) | {"read": one.read} for one in accounts], columns=columns)
