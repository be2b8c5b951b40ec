"""The result of an audit: how many records fail which rule, who is responsible, and which they are."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from creditrisk.errors import SpecError, hint
from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisTable
from creditrisk.records.quality.failing import SCHEMA, Failing
from creditrisk.records.quality.intervals import NAME, wilson

_BY = ("dimension", "table", "source_org")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Audit:
    """How good records are, in six dimensions; `Records.audit` makes one.

    Parameters
    ----------
    as_of : datetime.date
        Only what was known strictly before this day was looked at.
    standard : Mapping of str to str
        `id`, `version`, `title_en`, `title_zh` and `basis` of the standard.
    table : pandas.DataFrame
        A row for each rule, table and responsible organisation: `dimension`, `table`, `source_org`, `rule`,
        `checked`, `failed`, `rate`, and its 95 % interval `lower`, `upper` (Wilson).
    records : pandas.DataFrame
        `dimension`, `table`, `source_org`, `checked` and `failed`: every record counted once a dimension.
    notes : tuple of str
        What was decided, and what could not be checked.
    failing : Failing
        The records that fail; see `failures`.
    held : mapping of str to ibis.Table, optional
        The rows that were looked at, clean and rejected; none if the audit was read from a folder.
    """

    as_of: dt.date
    standard: Mapping[str, str]
    table: pd.DataFrame
    records: pd.DataFrame
    notes: tuple[str, ...]
    failing: Failing = field(repr=False)
    held: Mapping[str, IbisTable] | None = field(default=None, repr=False)

    def summary(self, by: str | Sequence[str] = "dimension") -> pd.DataFrame:
        """Count records once for each dimension, whatever number of its rules they break.

        Parameters
        ----------
        by : str or sequence of str, default "dimension"
            Of `dimension`, `table` and `source_org`, those to tell apart; `dimension` always is.

        Returns
        -------
        pandas.DataFrame
            `checked`, `failed`, `rate`, `lower` and `upper`, indexed by `by`; of coverage, what was owed and
            what of it is missing.

        Raises
        ------
        SpecError
            If `by` names anything else.
        """
        asked = [by] if isinstance(by, str) else list(by)
        for name in asked:
            if name not in _BY:
                raise SpecError(f"A summary goes by {', '.join(_BY)}; got {name!r}.{hint(name, _BY)}")
        keys = asked if "dimension" in asked else ["dimension", *asked]
        ordered = self.records.assign(
            dimension=pd.Categorical(self.records["dimension"], categories=[str(one) for one in Dimension])
        )
        sums = ordered.groupby(keys, observed=True)[["checked", "failed"]].sum()
        if "dimension" in sums.index.names and len(keys) == 1:
            sums.index = pd.Index(sums.index.astype(object), name="dimension")
        return with_rates(sums)

    def failures(self, dimension: Dimension | str | None = None, table: str | None = None) -> pd.DataFrame:
        """Return the records that fail, one row for each rule that each fails.

        Parameters
        ----------
        dimension : Dimension or str, optional
            Only failures of this dimension.
        table : str, optional
            Only records of this table.

        Returns
        -------
        pandas.DataFrame
            `table`, `record_id`, `entity_id`, `source_org`, `dimension`, `rule` and `detail` (of what is
            missing: the year, the month), sorted by these. What was never delivered has no `record_id`.

        Raises
        ------
        SpecError
            If there is no such dimension.
        """
        parts = list(self.failing.pairs(to_dimension(dimension), table))
        found = pa.concat_tables([SCHEMA.empty_table(), *parts], promote_options="none")
        plain = pa.schema([pa.field(name, pa.string()) for name in SCHEMA.names])
        frame: pd.DataFrame = found.cast(plain).to_pandas(types_mapper={pa.string(): pd.StringDtype()}.get)
        return frame.sort_values(["table", "dimension", "rule", "record_id", "entity_id"], ignore_index=True)

    def rectified(self, earlier: "Audit") -> pd.DataFrame:
        """Return what became of the failures of an earlier audit, as Guangdong reports it.

        Parameters
        ----------
        earlier : Audit
            An audit of an earlier day; `load_audit` reads one.

        Returns
        -------
        pandas.DataFrame
            By dimension, with one failure for each record and rule: `failed` then; now still `failing`,
            `corrected` (the record no longer breaks the rule), `removed` (the record is no longer there) or
            `unchecked` (the rule or the table is not checked any more); `rate`, the share of corrected and
            removed among those that could be followed, and its 95 % interval `lower`, `upper` (Wilson).

        Raises
        ------
        SpecError
            If `earlier` is not earlier, or this audit was read from a folder.
        """
        from creditrisk.records.quality.rectified import rectified

        return rectified(earlier, self)

    def to_dict(self) -> dict[str, Any]:
        """Return the audit in plain values, without the failing records.

        Returns
        -------
        dict
            Day, standard, summary by dimension and by table, and notes.
        """
        return {
            "schema_version": 1,
            "as_of": self.as_of.isoformat(),
            "standard": dict(self.standard),
            "interval": NAME,
            "dimensions": plain_rows(self.summary()),
            "tables": plain_rows(self.summary(["dimension", "table"])),
            "notes": list(self.notes),
        }

    def write(self, folder: str | Path) -> None:
        """Write the audit: ``audit.json``, ``checks.parquet``, ``records.parquet`` and ``failures/``.

        Parameters
        ----------
        folder : str or Path
            Made if it does not exist; an earlier audit in it is replaced.

        Raises
        ------
        SourceError
            If the folder cannot be written to.
        """
        from creditrisk.records.quality.files import write_audit

        write_audit(self, folder)

    def _repr_html_(self) -> str:
        title = f"Audit of {self.as_of}, {self.standard['title_en']}"
        shown = self.summary().to_html(formatters=dict.fromkeys(("rate", "lower", "upper"), "{:.2%}".format))
        return f"<p>{escape(title)}</p>{shown}"


def with_rates(counts: pd.DataFrame) -> pd.DataFrame:
    """Add the rate of failures and its interval to counts.

    Parameters
    ----------
    counts : pandas.DataFrame
        With the columns `checked` and `failed`.

    Returns
    -------
    pandas.DataFrame
        The same with `rate`, `lower` and `upper`; missing where nothing was checked.

    Examples
    --------
    >>> with_rates(pd.DataFrame({"checked": [10], "failed": [1]}))["rate"].tolist()
    [0.1]
    """
    lower, upper = wilson(counts["failed"], counts["checked"])
    rate = counts["failed"] / counts["checked"].where(counts["checked"] > 0)
    return counts.assign(rate=rate.astype("float64"), lower=lower, upper=upper)


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame, its index with them, as JSON holds them."""
    rows = frame.reset_index().astype(object)
    return [
        {str(k): None if pd.isna(v) else getattr(v, "item", lambda v=v: v)() for k, v in row.items()}
        for row in rows.to_dict("records")
    ]


def to_dimension(dimension: Dimension | str | None) -> Dimension | None:
    """Return a dimension by its name.

    Parameters
    ----------
    dimension : Dimension or str, optional
        A dimension, its name, or none.

    Returns
    -------
    Dimension or None
        None for none.

    Raises
    ------
    SpecError
        If there is no such dimension.
    """
    if dimension is None or dimension in tuple(Dimension):
        return None if dimension is None else Dimension(dimension)
    names = [str(one) for one in Dimension]
    raise SpecError(f"There is no dimension {dimension!r}.{hint(str(dimension), names)}")
