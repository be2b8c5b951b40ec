"""Arrays as columns of the canonical types."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from creditrisk.records.schema import Column, ColumnType, Table
from creditrisk.records.synthetic.texts import numbered

_DTYPES: dict[ColumnType, Any] = {
    ColumnType.DATE: "datetime64[us]",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.INTEGER: "Int64",
    ColumnType.FLOAT: "float64",
    ColumnType.STRING: "str",
}


def text_of(table: Table, name: str, values: Any) -> Any:
    """Return a text such as person-00000007 for each number in a column of texts, none for -1."""
    if name == "entity" or isinstance(values, pa.Array) or values.dtype.kind != "i":
        return values
    if table.column(name).type is not ColumnType.STRING:
        return values
    texts = numbered(f"{name.removesuffix('_id')}-", np.maximum(values, 0))
    return pc.if_else(pa.array(values >= 0), texts, pa.scalar(None, pa.large_string()))


def typed(column: Column, values: Any, size: int) -> "pd.Series[Any]":
    """Return the values in the type of the column, dates as ``datetime64[us]``; None for an empty column."""
    if values is None:
        return _empty(column, size)
    if column.type is not ColumnType.STRING:
        series: pd.Series[Any] = pd.Series(values).astype(_DTYPES[column.type])
        return series
    texts = values if isinstance(values, pa.Array) else pa.array(values, pa.large_string(), from_pandas=True)
    return pd.Series(pd.array(texts, dtype="str"))


def _empty(column: Column, size: int) -> "pd.Series[Any]":
    match column.type:
        case ColumnType.STRING:
            return pd.Series(pd.array(pa.nulls(size, pa.large_string()), dtype="str"))
        case ColumnType.DATE:
            return pd.Series(np.full(size, np.datetime64("NaT", "us")))
        case ColumnType.FLOAT:
            return pd.Series(np.full(size, np.nan))
        case ColumnType.INTEGER:
            nothing = np.zeros(size, dtype=np.int64), np.ones(size, dtype=bool)
            return pd.Series(pd.arrays.IntegerArray(*nothing))
        case ColumnType.BOOLEAN:
            return pd.Series(pd.arrays.BooleanArray(np.zeros(size, dtype=bool), np.ones(size, dtype=bool)))
