"""Data frames of pandas, polars or Arrow as a source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from creditrisk.errors import SourceError
from creditrisk.records.engine import IbisConnection, IbisTable


@dataclass(frozen=True, slots=True)
class FrameSource:
    """Data frames by table name."""

    frames: Mapping[str, Any]

    @property
    def title(self) -> str:
        """What to call it in an error."""
        return "the dictionary of data frames"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the frames, sorted."""
        return tuple(sorted(self.frames))

    def place(self, name: str) -> str:
        """What to call one frame in an error."""
        return f"frame {name!r}"

    def table(self, name: str, connection: IbisConnection) -> IbisTable:
        """Return one frame."""
        return ibis.memtable(to_arrow(self.frames[name], name))


def to_arrow(frame: Any, name: str) -> pa.Table:
    """Turn a data frame into an Arrow table; its index is left out.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame, pyarrow.Table or the like
        Anything that speaks Arrow.
    name : str
        What to call it in an error.

    Returns
    -------
    pyarrow.Table
        The same columns; a pandas column of mixed types as text.

    Raises
    ------
    SourceError
        If it is no data frame.
    """
    if isinstance(frame, pd.DataFrame):
        return _from_pandas(frame, name)
    try:
        table = pa.table(frame)
    except (TypeError, ValueError):
        raise SourceError(
            f"Table {name!r} must be a pandas, polars or Arrow data frame; got {type(frame).__name__}."
        ) from None
    views = {field.name: pa.string() for field in table.schema if field.type == pa.string_view()}
    schema = pa.schema([pa.field(f.name, views.get(f.name, f.type)) for f in table.schema])
    return table.cast(schema)


def _from_pandas(frame: pd.DataFrame, name: str) -> pa.Table:
    repeated = frame.columns[frame.columns.duplicated()]
    if len(repeated):
        raise SourceError(f"Table {name!r} has the column {repeated[0]!r} twice; rename one.")
    columns = {str(column): _column(frame[column]) for column in frame.columns}
    return pa.table(columns)


def _column(values: pd.Series) -> pa.Array:
    try:
        array = pa.Array.from_pandas(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        array = pa.Array.from_pandas(values.where(values.isna(), values.astype(str)))
    return array.cast(pa.string()) if pa.types.is_null(array.type) else array
