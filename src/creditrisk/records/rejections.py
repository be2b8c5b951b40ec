"""The rows that broke a rule: set aside, counted and kept with the values they came with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from creditrisk.errors import SourceError, SpecError, hint, shown
from creditrisk.records.broken import RULE
from creditrisk.records.conform import RAW, ROW
from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisTable, to_frame


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rejections:
    """The rejected rows of every table.

    Parameters
    ----------
    by_table : mapping of str to ibis.Table
        The rejected rows of each table that has some: the values that could be read under the names of the
        record type, those of the source as text under ``raw_...``, the first broken `rule`, and all `rules`.
    read : tuple of str
        The names of all tables that were read.
    dimensions : mapping of str to Dimension
        What each rule is about.

    Examples
    --------
    >>> Rejections(by_table={}, read=("registration",)).total
    0
    """

    by_table: Mapping[str, IbisTable]
    read: tuple[str, ...]
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)

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
        rows = self.typed(table)
        if rows is None:
            return pd.DataFrame({RULE: []})
        order = ROW if ROW in rows.columns else "record_id"
        raw = {name.removeprefix(RAW): rows[name] for name in rows.columns if name.startswith(RAW)}
        return to_frame(rows.order_by(order).select(**raw, **{_free(RULE, raw): rows[RULE]}))

    def typed(self, table: str) -> IbisTable | None:
        """Return the rejected rows of one table with whatever could be read of them.

        Parameters
        ----------
        table : str
            The name of a table that was read.

        Returns
        -------
        ibis.Table or None
            The columns of the record type that the source delivers, null where they cannot be read; the
            first broken `rule`; all broken `rules`, each followed by ``"; "``. None if no row was rejected.

        Raises
        ------
        SpecError
            If no table of that name was read.
        """
        if table not in self.read:
            raise SpecError(f"No table {shown(table)} was read.{hint(table, self.read)}")
        return self.by_table.get(table)

    def dimension(self, rule: str) -> Dimension:
        """Return what a rule is about.

        Parameters
        ----------
        rule : str
            As `counts` names it.

        Returns
        -------
        Dimension
            One of the six.

        Raises
        ------
        SpecError
            If there is no such rule.
        """
        if rule not in self.dimensions:
            raise SpecError(f"There is no rule {rule!r}.{hint(rule, self.dimensions)}")
        return self.dimensions[rule]

    def write(self, folder: str | Path) -> None:
        """Keep the rejected rows: one Parquet file for each table that has some.

        Parameters
        ----------
        folder : str or Path
            Made if it does not exist.

        Raises
        ------
        SourceError
            If the folder cannot be written to.
        """
        target = Path(folder)
        try:
            target.mkdir(parents=True, exist_ok=True)
            for name in self.by_table:
                self.rows(name).to_parquet(target / f"{name}.parquet", index=False)
        except OSError as error:
            raise SourceError(
                f"Rejected rows are written into a folder; {str(target)!r} cannot be written to "
                f"({error.strerror}); choose another folder."
            ) from error

    def __repr__(self) -> str:
        """Say how many rows of which tables were set aside."""
        counts = self.counts().groupby("table")["rows"].sum()
        said = ", ".join(f"{rows} of {table}" for table, rows in counts.items())
        return f"Rejections({said or 'none'})"


def _free(name: str, taken: Mapping[str, object]) -> str:
    """Return the name, with a stroke for every column of the source that has it already."""
    return name if name not in taken else _free(f"{name}_", taken)
