"""Texts of records without a loop over the records: numbered ones, and ones chosen from a list."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_ZERO = ord("0")


def numbered(head: str, numbers: NDArray[np.int64], *, digits: int = 8) -> pa.LargeStringArray:
    """Return one text for each number: the head and the number with leading zeros.

    Parameters
    ----------
    head : str
        How every text begins.
    numbers : array of int, shape (n,)
        Numbers from 0.
    digits : int, default 8
        How many digits each text ends in.

    Returns
    -------
    LargeStringArray, shape (n,)
        The texts.

    Examples
    --------
    >>> numbered("penalty-", np.array([7, 12]), digits=4).to_pylist()
    ['penalty-0007', 'penalty-0012']
    """
    start = np.frombuffer(head.encode(), dtype=np.uint8)
    text = np.empty((len(numbers), len(start) + digits), dtype=np.uint8)
    text[:, : len(start)] = start
    rest = np.asarray(numbers)
    for place in range(text.shape[1] - 1, len(start) - 1, -1):
        rest, digit = np.divmod(rest, 10)
        text[:, place] = digit + _ZERO
    ends = np.arange(len(numbers) + 1, dtype=np.int64) * text.shape[1]
    return pa.LargeStringArray.from_buffers(len(numbers), pa.py_buffer(ends), pa.py_buffer(text))


def record_ids(table: str, size: int) -> pa.LargeStringArray:
    """Return the ids of the records of a table in their order.

    Examples
    --------
    >>> record_ids("recall", 2).to_pylist()
    ['recall-00000001', 'recall-00000002']
    """
    return numbered(f"{table}-", np.arange(1, size + 1))


def chosen(texts: Sequence[str] | pa.Array, positions: NDArray[np.int64]) -> pa.LargeStringArray:
    """Return the text at each position, and none where the position is negative.

    Parameters
    ----------
    texts : sequence of str or Arrow array
        What there is to choose from.
    positions : array of int, shape (n,)
        Which one, from 0.

    Returns
    -------
    LargeStringArray, shape (n,)
        The texts.

    Examples
    --------
    >>> chosen(["court", "tax office"], np.array([1, -1, 0])).to_pylist()
    ['tax office', None, 'court']
    """
    stored = pa.array(texts, type=pa.large_string()) if not isinstance(texts, pa.Array) else texts
    return stored.take(pa.array(positions, mask=np.asarray(positions) < 0))
