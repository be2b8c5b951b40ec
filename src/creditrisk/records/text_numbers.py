"""A number for each text of a column, computed by a function of this process on the engine that holds it."""

from collections.abc import Callable, Iterable

import ibis
import numpy as np
import pyarrow as pa
from ibis.common.exceptions import IbisError
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.records.engine import IbisTable

type Function = Callable[[Iterable[str]], NDArray[np.float64]]


def with_numbers(table: IbisTable, text: str, number: str, function: Function, name: str) -> IbisTable:
    """Return a table with one more column of numbers.

    The engine hands the texts over in batches, in its own order; the function must not care.

    Parameters
    ----------
    table : ibis.Table
        On DuckDB.
    text : str
        Column of texts.
    number : str
        Name of the new column.
    function : callable
        From texts to as many numbers.
    name : str
        What the engine shall call the function: another one for each function.

    Returns
    -------
    ibis.Table
        Not yet computed; missing texts have no number.

    Raises
    ------
    SpecError
        If the engine cannot run a function of this process.
    """
    _check_engine(table)

    @ibis.udf.scalar.pyarrow(name=name, signature=(("string",), "float64"))
    def numbers(texts):  # type: ignore[no-untyped-def]
        said = texts.to_pylist()
        known = [one is not None for one in said]
        found = np.full(len(said), np.nan)
        found[known] = function(one for one in said if one is not None)
        return pa.array(found, mask=~np.array(known, dtype=bool))

    return table.mutate(**{number: numbers(table[text].cast("string"))})


def _check_engine(table: IbisTable) -> None:
    try:
        engine = table.get_backend().name
    except IbisError:
        return
    if engine != "duckdb":
        raise SpecError(
            f"Functions of this process run inside DuckDB; got a table of {engine}: fetch the texts, and "
            "compute the numbers here."
        )
