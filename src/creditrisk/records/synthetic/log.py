"""The growing records of the synthetic world, as arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Days = NDArray[np.datetime64]

NEVER = np.datetime64("NaT", "D")
DAY = np.timedelta64(1, "D")


class RecordLog:
    """Records of every type in the order in which they were added.

    A record points to its entity by position. Every call of `add` for one type names the same columns.
    """

    def __init__(self) -> None:
        self._columns: dict[str, dict[str, Array]] = {}

    def add(self, table: str, entity: Array, occurred_on: Days, known_on: Days, **own: Array) -> None:
        """Append records of one type."""
        new = {"entity": entity, "occurred_on": occurred_on, "known_on": known_on, **own}
        old = self._columns.get(table)
        self._columns[table] = (
            new if old is None else {name: np.concatenate([old[name], new[name]]) for name in old}
        )

    def columns(self, table: str) -> dict[str, Array] | None:
        """Return the arrays of one type by column, or None if nothing was added."""
        return self._columns.get(table)


def new_year(year: int) -> np.datetime64:
    """Return 1 January of the year, in days."""
    return np.datetime64(f"{year:04d}-01-01", "D")


def after(day: Days | np.datetime64, number: NDArray[np.int64] | int) -> Days:
    """Return the dates that many days later, or earlier if negative."""
    return np.asarray(day + number * DAY)


def days(
    rng: np.random.Generator, year: int, size: int, *, start: tuple[int, int], end: tuple[int, int]
) -> Days:
    """Draw days of the year, uniformly from `start` to `end` (month, day), both included."""
    first, last = (np.datetime64(f"{year:04d}-{month:02d}-{day:02d}", "D") for month, day in (start, end))
    return after(first, rng.integers(0, int((last - first) / DAY) + 1, size))


def later(rng: np.random.Generator, day: Days, low: int, high: int) -> Days:
    """Return days that follow by `low` to `high` days, both included."""
    return after(day, rng.integers(low, high + 1, len(day)))
