"""The rows that broke a rule: set aside, counted and kept with the values they came with."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from creditrisk.errors import SpecError, hint
from creditrisk.records.engine import IbisTable, to_frame


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rejections:
    """The rejected rows of every table.

    Parameters
    ----------
    by_table : mapping of str to ibis.Table
        The rejected rows of each table that has some, all values as text, with the column `rule`.
    read : tuple of str
        The names of all tables that were read.

    Examples
    --------
    >>> Rejections(by_table={}, read=("registration",)).total
    0
    """

    by_table: Mapping[str, IbisTable]
    read: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many rows were set aside."""
        return int(self.counts()["rows"].sum())

    def counts(self) -> pd.DataFrame:
        """Count the rejected rows by table and rule.

        Returns
        -------
        pandas.DataFrame
            Columns `table`, `rule` and `rows`; a row is counted once, under the first rule it broke.
        """
        counted = [
            to_frame(rows.group_by("rule").agg(rows=rows.count())).assign(table=name)
            for name, rows in self.by_table.items()
        ]
        columns = ["table", "rule", "rows"]
        if not counted:
            return pd.DataFrame({"table": [], "rule": [], "rows": []}).astype({"rows": "int64"})
        together: pd.DataFrame = pd.concat(counted)[columns]
        return together.sort_values(["table", "rule"]).reset_index(drop=True)

    def rows(self, table: str) -> pd.DataFrame:
        """Return the rejected rows of one table.

        Parameters
        ----------
        table : str
            The name of a table that was read.

        Returns
        -------
        pandas.DataFrame
            The values as they came, as text, and the first broken `rule`; in the order of the source.

        Raises
        ------
        SpecError
            If no table of that name was read.
        """
        if table not in self.read:
            raise SpecError(f"No table {table!r} was read.{hint(table, self.read)}")
        if table not in self.by_table:
            return pd.DataFrame({"rule": []})
        return to_frame(self.by_table[table].order_by("source_row").drop("source_row"))

    def __repr__(self) -> str:
        """Say how many rows of which tables were set aside."""
        counts = self.counts().groupby("table")["rows"].sum()
        said = ", ".join(f"{rows} of {table}" for table, rows in counts.items())
        return f"Rejections({said or 'none'})"
