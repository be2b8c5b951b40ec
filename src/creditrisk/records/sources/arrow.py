"""From a data frame of any kind to an Arrow table whose every column an engine can read.

What no engine reads alike becomes text: nested values, unions, intervals, mixed objects. Types that are only
stored in a special way (dictionaries, views, runs, half floats) become the plain type of the same values. A
moment with a time zone becomes the time on the clock there: its day does not depend on where this runs.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from creditrisk.errors import SourceError
from creditrisk.records.sources.names import column_names

FIT = (
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_float32,
    pa.types.is_float64,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_binary,
    pa.types.is_date,
    pa.types.is_timestamp,
    pa.types.is_time,
)


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
        The same columns; values of mixed types and nested values as text.

    Raises
    ------
    SourceError
        If it is no data frame, two columns have one name, or a value is no text that can be written.
    """
    title = f"Frame {name[:100]!r}"
    if isinstance(frame, pd.DataFrame):
        labels: Iterable[object] = frame.columns
        columns = [frame.iloc[:, number] for number in range(frame.shape[1])]
    else:
        table = _table(frame, name)
        labels, columns = table.column_names, table.columns
    names = column_names(list(labels), title)
    return pa.table({one: _usable(values, one, title) for one, values in zip(names, columns, strict=True)})


def _table(frame: Any, name: str) -> pa.Table:
    try:
        return pa.table(frame)
    except Exception:
        raise SourceError(
            f"Table {name[:100]!r} must be a pandas, polars or Arrow data frame; got {type(frame).__name__}."
        ) from None


def _usable(values: Any, column: str, title: str) -> pa.ChunkedArray:
    """Return a column as an array of a type that fits, else as text."""
    try:
        array = _plain(_array(values))
        if _fits(array):
            return array
    except Exception:  # what Arrow cannot hold in a type of its own is text
        pass
    try:
        return pa.chunked_array([_text(_objects(values))])
    except Exception as error:
        raise SourceError(
            f"{title} has values of type {_type_of(values)} in column {column[:100]!r} that cannot be "
            f"written as text ({type(error).__name__}); convert the column."
        ) from None


def _array(values: Any) -> pa.ChunkedArray:
    if not isinstance(values, pd.Series):
        return values
    if isinstance(values.dtype, pd.SparseDtype):
        values = values.astype(values.dtype.subtype)
    if values.dtype == object and np.datetime64 in set(map(type, values)):
        values = values.map(_moment)  # beside other NumPy values Arrow 26 ends the process
    array = pa.Array.from_pandas(values)
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def _moment(value: Any) -> Any:
    return pd.Timestamp(value) if isinstance(value, np.datetime64) else value


def _plain(array: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the same values in the plain type of their kind."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return _plain(array.cast(kind.value_type))
    if pa.types.is_run_end_encoded(kind):
        decoded = [pc.run_end_decode(chunk) for chunk in array.chunks]
        return _plain(pa.chunked_array(decoded, kind.value_type))
    if pa.types.is_string_view(kind) or pa.types.is_null(kind):
        return array.cast(pa.string())
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        return pc.local_timestamp(array)
    if pa.types.is_float16(kind):
        return array.cast(pa.float32())
    if pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind) or pa.types.is_fixed_size_binary(kind):
        return array.cast(pa.binary())
    return array


def _fits(array: pa.ChunkedArray) -> bool:
    if pa.types.is_decimal128(array.type):
        return bool(array.type.scale >= 0)
    return any(is_kind(array.type) for is_kind in FIT)


def _objects(values: Any) -> list[Any]:
    return list(values) if isinstance(values, pd.Series) else values.to_pylist()


def _text(values: list[Any]) -> pa.Array:
    return pa.array([None if _absent(value) else str(value) for value in values], pa.string())


def _absent(value: Any) -> bool:
    return (
        value is None
        or value is pd.NaT
        or value is pd.NA
        or (isinstance(value, float | complex) and value != value)
    )


def _type_of(values: Any) -> str:
    return str(getattr(values, "dtype", None) or getattr(values, "type", type(values).__name__))
