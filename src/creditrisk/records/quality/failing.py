"""Failing records: kept compactly, and told one row for each record and rule only when asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from creditrisk.records.dimension import Dimension
from creditrisk.records.quality.measure import Measured

_WORD = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        ("table", _WORD),
        ("record_id", pa.string()),
        ("entity_id", pa.string()),
        ("source_org", _WORD),
        ("dimension", _WORD),
        ("rule", _WORD),
        ("detail", pa.string()),
    ]
)


class Failing(Protocol):
    """Whatever can tell which records fail."""

    def pairs(self, dimension: Dimension | None = None, table: str | None = None) -> Iterator[pa.Table]:
        """Yield the failing records, one row for each rule that each fails, in the columns of `SCHEMA`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FailingRows:
    """Failing records of an audit that was just made.

    Parameters
    ----------
    measured : tuple of Measured
        By table.
    missing : pandas.DataFrame
        What was not delivered (`Gaps.missing`).
    """

    measured: tuple[Measured, ...]
    missing: pd.DataFrame

    def pairs(self, dimension: Dimension | None = None, table: str | None = None) -> Iterator[pa.Table]:
        """Yield the failing records, one row for each rule that each fails."""
        if dimension in (None, Dimension.COVERAGE):
            yield self._gaps(table)
        for one in self.measured:
            if table in (None, one.table):
                yield from _by_rule(one, dimension)

    def _gaps(self, table: str | None) -> pa.Table:
        gaps = self.missing if table is None else self.missing[self.missing["table"] == table]
        said = gaps.assign(record_id=None, dimension=str(Dimension.COVERAGE))[SCHEMA.names]
        return pa.Table.from_pandas(said, schema=SCHEMA, preserve_index=False)


def _by_rule(measured: Measured, dimension: Dimension | None) -> Iterator[pa.Table]:
    rows = measured.failing
    for number, check in enumerate(measured.checks):
        if dimension not in (None, check.dimension):
            continue
        fails = rows[str(number)]
        if not pc.any(fails, min_count=0).as_py():
            continue
        found = rows.select(["record_id", "entity_id", "source_org"]).filter(fails)
        words = {"table": measured.table, "dimension": str(check.dimension), "rule": check.rule}
        columns = {name: found[name] for name in found.column_names}
        columns |= {name: _repeated(word, len(found)) for name, word in words.items()}
        columns["detail"] = pa.nulls(len(found), pa.string())
        yield pa.table(columns).select(SCHEMA.names).cast(SCHEMA)


def _repeated(word: str, times: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), [word])


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingFiles:
    """Failing records of an audit that was written to a folder.

    Parameters
    ----------
    folder : Path
        One Parquet file a table.
    """

    folder: Path

    def pairs(self, dimension: Dimension | None = None, table: str | None = None) -> Iterator[pa.Table]:
        """Yield the failing records, one row for each rule that each fails."""
        for file in sorted(self.folder.glob("*.parquet")):
            if table not in (None, file.stem):
                continue
            found = pq.read_table(file, schema=SCHEMA)
            if dimension is not None:
                found = found.filter(pc.equal(found["dimension"].cast(pa.string()), str(dimension)))
            yield found
