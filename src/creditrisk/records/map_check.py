"""What a mapping makes of a source, before anything is assessed: what fits and what is missing."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

import ibis
import pandas as pd

from creditrisk.errors import CreditRiskError
from creditrisk.records.column_checks import ColumnCheck
from creditrisk.records.map_look import Look
from creditrisk.records.mapping import Mapping
from creditrisk.records.read import read_records
from creditrisk.records.sources import open_source
from creditrisk.records.sources.connection import ConnectionSource


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingCheck:
    """What a mapping makes of a source.

    Parameters
    ----------
    mapping, source : str
        What to call them.
    columns : DataFrame
        One row for each column of ours that is filled or should be: `table`, `column`, `source`, `status`
        (``"fits"``, ``"partly"``, ``"unreadable"``, ``"empty"``, ``"missing"``), `values`, `share` (that can
        be read), `sentinels`, `example` (that cannot), `note`.
    tables : DataFrame
        One row for each record type that is filled: `table`, `source`, `note` and, if the whole can be read,
        its account as from `Records.accounts`.
    rejections : DataFrame
        `table`, `rule` and `rows`, as from `Rejections.counts`; empty if the whole cannot be read.
    unused : DataFrame
        Tables and columns of the source that nobody asked for: `source`, `column` (empty for a table),
        `suggestion` (what it may be for us).
    available : dict of str to set of str
        The columns that each record type would have.
    indicators : DataFrame
        Indicators and groups that the gaps cost: `kind`, `id`, `name`, `title_en`, `title_zh`, `lacks`.
    system : str, optional
        The system that they belong to.
    measured : int, default 0
        How many indicators it has.
    problem : str, default ""
        Why the records cannot be read; empty if they can.
    """

    mapping: str
    source: str
    columns: pd.DataFrame
    tables: pd.DataFrame
    rejections: pd.DataFrame
    unused: pd.DataFrame
    available: dict[str, set[str]]
    indicators: pd.DataFrame = field(default_factory=pd.DataFrame)
    system: str | None = None
    measured: int = 0
    problem: str = ""

    @property
    def fits(self) -> bool:
        """Whether the records can be read."""
        return not self.problem

    @property
    def sentence(self) -> str:
        """What to know first."""
        if self.problem:
            return f"The mapping does not fit yet: {self.problem}"
        looks = int((self.columns["status"] != "fits").sum())
        said = (
            f"The mapping fits: {self.tables['accepted'].sum():,} of {self.tables['read'].sum():,} rows of "
            f"{len(self.tables)} tables would be accepted, {looks} of {len(self.columns)} columns need a look"
        )
        if self.system is None:
            return f"{said}."
        lost = int((self.indicators["kind"] == "indicator").sum())
        return f"{said}, and {lost} of the {self.measured} indicators of {self.system!r} cannot be computed."

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        frames = ("columns", "tables", "rejections", "unused", "indicators")
        return {
            "mapping": self.mapping,
            "source": self.source,
            "fits": self.fits,
            "sentence": self.sentence,
            "system": self.system,
        } | {name: _plain(getattr(self, name)) for name in frames}


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: Any = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return list(rows)


def check_tables(mapping: Mapping, source: Any) -> MappingCheck:
    """Check a mapping against a source.

    Parameters
    ----------
    mapping : Mapping
        The mapping.
    source : str, Path, mapping of str to data frame, or ibis connection
        As for `read_records`.

    Returns
    -------
    MappingCheck
        Without indicators; see `creditrisk.indicators.mapping_check.check_mapping`.

    Raises
    ------
    SourceError
        If the source is not there.
    """
    opened = open_source(source)
    engine = opened.connection if isinstance(opened, ConnectionSource) else ibis.duckdb.connect()
    look = Look(source=opened, engine=engine, mapping=mapping)
    checks, notes = look.columns()
    available = look.available(checks)
    filled = [(name, table.source) for name, table in mapping.tables.items()]
    filled += [(name, name) for name in look.plain]
    tables = pd.DataFrame(
        [(name, origin, notes.get(name, "")) for name, origin in filled], columns=["table", "source", "note"]
    )
    rejections, problem = pd.DataFrame(columns=["table", "rule", "rows"]), ""
    try:
        records = read_records(source, mapping=mapping)
    except CreditRiskError as error:
        problem = str(error)
    else:
        rejections = records.rejections.counts()
        tables = tables.merge(records.accounts(), on="table", how="left")
    return MappingCheck(
        mapping=mapping.name,
        source=opened.title,
        columns=pd.DataFrame(
            [asdict(check) for check in checks], columns=[one.name for one in fields(ColumnCheck)]
        ),
        tables=tables,
        rejections=rejections,
        unused=look.unused(),
        available=available,
        problem=problem,
    )
