"""Columns that grow at their end, so that what came as many small pieces stands in one array."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Growing:
    """An array to which others are added.

    There is room for twice as many entries whenever it becomes too small; room that is never written to costs
    nothing. Entries are copied, so that the arrays they came from can be forgotten.

    Examples
    --------
    >>> column = Growing()
    >>> column.add(np.array([1, 2], np.int32))
    >>> column.add(np.array([3], np.int32))
    >>> column.values
    array([1, 2, 3], dtype=int32)
    """

    def __init__(self) -> None:
        self._room: NDArray[Any] = np.empty(0)
        self._size = 0

    def __len__(self) -> int:
        """Return how many entries there are."""
        return self._size

    @property
    def values(self) -> NDArray[Any]:
        """The entries; valid until others are added."""
        return self._room[: self._size]

    def add(self, entries: NDArray[Any]) -> None:
        """Add entries at the end; a type that cannot hold those before and these becomes one that can."""
        end = self._size + len(entries)
        kind = np.result_type(self._room, entries) if self._size else entries.dtype
        if end > len(self._room) or kind != self._room.dtype:
            grown = np.empty(max(end, 2 * self._size), kind)
            grown[: self._size] = self.values
            self._room = grown
        self._room[self._size : end] = entries
        self._size = end
