"""Arrays of codes as rows of bytes, and the sums that check characters are made of."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from creditrisk.errors import SpecError

type Bools = NDArray[np.bool_]
type Rows = NDArray[np.uint8]

FOREIGN = 1 << 20
_AT_A_TIME = 1 << 16


def arrow_texts(codes: Any) -> pa.LargeBinaryArray:
    """Return the codes as Arrow bytes; what is missing or not text is null.

    Parameters
    ----------
    codes : array-like of str, shape (n,)
        A list, or an array of NumPy, pandas, polars or Arrow.

    Returns
    -------
    pyarrow.LargeBinaryArray of length n
        UTF-8 bytes. Where the codes are not all plain text, those with other than ASCII characters are
        null too; no code has any.

    Raises
    ------
    SpecError
        If the codes are one text or a table, and not a column.
    """
    _check_column(codes)
    try:
        return _as_bytes(_as_arrow(codes))
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        each = np.asarray(codes, dtype=object)
        return pa.array(
            [code.encode() if isinstance(code, str) and code.isascii() else None for code in each],
            type=pa.large_binary(),
        )


def _as_arrow(codes: Any) -> pa.Array:
    if isinstance(codes, pa.Array):
        return codes
    if isinstance(codes, pa.ChunkedArray):
        return codes.combine_chunks()
    if isinstance(codes, np.ndarray) and codes.dtype.kind == "S":
        codes = codes.astype(str)
    if isinstance(codes, np.ndarray | list | tuple | pd.Series | pd.Index | pd.api.extensions.ExtensionArray):
        array = pa.array(codes, from_pandas=True)
        return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return pa.chunked_array(codes).combine_chunks()


def _as_bytes(texts: pa.Array) -> pa.LargeBinaryArray:
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    if pa.types.is_string_view(texts.type):
        texts = texts.cast(pa.large_string())
    if pa.types.is_large_binary(texts.type):
        return texts
    if (
        pa.types.is_string(texts.type)
        or pa.types.is_large_string(texts.type)
        or pa.types.is_binary(texts.type)
    ):
        return texts.cast(pa.large_binary())
    return pa.nulls(len(texts), pa.large_binary())


def where_valid(codes: Any, width: int, check: Callable[[Rows], Bools]) -> Bools:
    """Check the codes of one length.

    Parameters
    ----------
    codes : array-like of str, shape (n,)
        Codes, or what `arrow_texts` made of them.
    width : int
        The length of a code; every other code is invalid.
    check : callable
        Says of rows of bytes, shape (m, width), which are valid.

    Returns
    -------
    array of bool, shape (n,)
        Whether each code is valid.
    """
    texts = arrow_texts(codes)
    valid = np.zeros(len(texts), dtype=np.bool_)
    for start in range(0, len(texts), _AT_A_TIME):
        places, rows = _rows(texts.slice(start, _AT_A_TIME), width)
        if len(places):
            valid[start + places] = check(rows)
    return valid


def _rows(texts: pa.LargeBinaryArray, width: int) -> tuple[NDArray[np.intp], Rows]:
    """Return the places of the texts of one width, and their bytes."""
    _, offset_buffer, data_buffer = texts.buffers()
    if data_buffer is None or offset_buffer is None:
        return np.empty(0, dtype=np.intp), np.empty((0, width), dtype=np.uint8)
    offsets = np.frombuffer(offset_buffer, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    fits = np.diff(offsets) == width
    if texts.null_count:
        fits &= texts.is_valid().to_numpy(zero_copy_only=False)
    places = np.flatnonzero(fits)
    data = np.frombuffer(data_buffer, dtype=np.uint8)
    if len(places) == len(texts):
        return places, data[offsets[0] : offsets[-1]].reshape(-1, width)
    return places, data[offsets[places, None] + np.arange(width)]


def place_values(alphabets: Sequence[str], weights: Sequence[int]) -> NDArray[np.int32]:
    """Return what every byte adds to the sum at every place of a code.

    Parameters
    ----------
    alphabets : sequence of str
        The symbols that may stand at each place, in the order of their values.
    weights : sequence of int
        The weight of each place.

    Returns
    -------
    array of int, shape (places, 256)
        Value times weight, and `FOREIGN` for a byte that may not stand there.
    """
    table = np.full((len(weights), 256), FOREIGN, dtype=np.int32)
    for row, alphabet, weight in zip(table, alphabets, weights, strict=True):
        row[np.frombuffer(alphabet.encode(), dtype=np.uint8)] = weight * np.arange(len(alphabet))
    return table


def place_sums(rows: Rows, table: NDArray[np.int32]) -> NDArray[np.int32]:
    """Add up what the bytes of each row stand for.

    Parameters
    ----------
    rows : array of uint8, shape (n, places)
        Codes as bytes.
    table : array of int, shape (places, 256)
        What `place_values` made.

    Returns
    -------
    array of int, shape (n,)
        The sums; `FOREIGN` or more where a symbol may not stand at its place.
    """
    sums = np.zeros(len(rows), dtype=np.int32)
    for place, values in enumerate(table):
        sums += values[rows[:, place]]
    return sums


def one_row(text: str, table: NDArray[np.int32], what: str) -> Rows:
    """Return one text as a row of bytes.

    Parameters
    ----------
    text : str
        The symbols without their check character.
    table : array of int, shape (places, 256)
        What may stand at which place.
    what : str
        What the text is, for an error: ``"The body of a … is 14 digits"``.

    Returns
    -------
    array of uint8, shape (1, places)
        The bytes.

    Raises
    ------
    SpecError
        If the length is wrong or a symbol may not stand at its place.
    """
    rows = np.frombuffer(str(text).encode(), dtype=np.uint8)[None, :]
    if not isinstance(text, str) or rows.shape[1] != len(table) or place_sums(rows, table)[0] >= FOREIGN:
        raise SpecError(f"{what}; {text!r} came; write it without its check character, in capitals.")
    return rows


def by_distinct(codes: Any, find: Callable[[str], str | None]) -> NDArray[np.object_]:
    """Apply a function to every distinct code.

    Parameters
    ----------
    codes : array-like of str, shape (n,)
        Codes.
    find : callable
        Takes a code and returns a text or none.

    Returns
    -------
    array of object, shape (n,)
        What it found for each code; none where the code is missing or not text.
    """
    _check_column(codes)
    texts = np.empty(len(codes), dtype=object)
    texts[:] = [code if isinstance(code, str) else None for code in np.asarray(codes, dtype=object)]
    places, distinct = pd.factorize(texts)
    return np.array([*map(find, distinct), None], dtype=object)[places]


def _check_column(codes: Any) -> None:
    if isinstance(codes, str | bytes):
        raise SpecError(f"Codes come as an array; one text came, {codes!r}; put it into a list.")
    if getattr(codes, "ndim", 1) != 1:
        raise SpecError(f"Codes come as one column; {codes.ndim} dimensions came; take a single column.")
