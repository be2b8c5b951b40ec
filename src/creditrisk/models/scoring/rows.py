"""Rows as the kernels read them: numbers side by side, texts as codes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.models.effects.group import level_names
from creditrisk.models.scoring.lookup import Designs, Reader, columns_of, names_of, readers_of
from creditrisk.models.scoring.scorer import Rows

SMALL = (np.float32, np.float16, np.bool_, np.int8, np.int16, np.uint8, np.uint16)


def rows_of_frame(X: pd.DataFrame, designs: Designs) -> tuple[Rows, type[np.floating[Any]]]:
    """Return what reads rows of a DataFrame, and the type of their numbers.

    Parameters
    ----------
    X : DataFrame of shape (n_entities, n_columns)
        Must hold every column of the models.
    designs : tuple of two Design
        Of the violation model and of the loss model.

    Returns
    -------
    tuple of callable and type
        float32 if every number is one or a small whole number, else float64.
    """
    columns, texts = columns_of(designs)
    numbers = X[list(columns)]
    if any(not _is_number(dtype) for dtype in numbers.dtypes):
        numbers = numbers.apply(pd.to_numeric)
    narrow = all(isinstance(dtype, np.dtype) and dtype.type in SMALL for dtype in numbers.dtypes)
    dtype = np.float32 if narrow else np.float64
    names = [names_of(designs, text) for text in texts]
    readers = [readers_of(designs)[text] for text in texts]

    def read(here: slice) -> tuple[NDArray[Any], NDArray[np.int32]]:
        part = numbers.iloc[here].to_numpy(dtype=dtype, na_value=np.nan)
        return _plain(part), _codes(X.iloc[here], readers, names)

    return read, dtype


def rows_of_matrix(matrix: NDArray[Any]) -> Rows:
    """Return what reads rows of a matrix of numbers, in the order of `columns_of`."""

    def read(here: slice) -> tuple[NDArray[Any], NDArray[np.int32]]:
        part = _plain(matrix[here])
        return part, np.empty((len(part), 0), dtype=np.int32)

    return read


def _plain(part: NDArray[Any]) -> NDArray[Any]:
    """Return the same numbers as one kind of array, since kernels are compiled anew for each kind."""
    return np.require(part, requirements=["C", "W"])


def _is_number(dtype: Any) -> bool:
    return bool(pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_bool_dtype(dtype))


def _codes(
    X: pd.DataFrame, readers: Sequence[tuple[str, Reader]], names: Sequence[Sequence[str]]
) -> NDArray[np.int32]:
    codes = np.empty((len(X), len(readers)), dtype=np.int32)
    for g, ((column, read), known) in enumerate(zip(readers, names, strict=True)):
        place, distinct = pd.factorize(X[column].to_numpy(dtype=object), use_na_sentinel=False)
        found = pd.Index(known).get_indexer(pd.Index(level_names(read(distinct))))
        codes[:, g] = np.where(found < 0, len(known) - 1, found)[place]
    return codes
