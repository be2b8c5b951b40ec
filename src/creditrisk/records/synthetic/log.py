"""The growing records of the synthetic world, as arrays."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.records.schema import COMMON, Table
from creditrisk.records.tables import TABLES

Array = NDArray[Any]
Days = NDArray[np.datetime64]

NEVER = np.datetime64("NaT", "D")
DAY = np.timedelta64(1, "D")

_FACTOR = np.uint64(1_000_003)
_COMMON = {column.name for column in COMMON} | {"entity"}


class RecordLog:
    """Records of every type in the order in which they were added.

    A record points to its entity by position, and to another record by that record's row, -1 for none. Every
    call of `add` for one type names the same columns.
    """

    def __init__(self) -> None:
        self._batches: dict[str, list[dict[str, Array]]] = {}
        self._sizes: dict[str, int] = {}

    def add(
        self, table: str, entity: Array, occurred_on: Days, known_on: Days, **own: Array
    ) -> NDArray[np.int64]:
        """Append records of one type, but nothing twice: a second record on one matter is left out.

        Returns
        -------
        array of int, shape (n,)
            The row of each record; -1 for one that was left out.
        """
        new = {"entity": entity, "occurred_on": occurred_on, "known_on": known_on, **own}
        batches = self._batches.setdefault(table, [])
        kept = ~_repeats(TABLES[table], new, batches)
        if not kept.all():
            new = {name: values[kept] for name, values in new.items()}
        batches.append(new)
        first = self._sizes.get(table, 0)
        self._sizes[table] = first + len(new["entity"])
        return np.where(kept, first + np.cumsum(kept) - 1, -1)

    def columns(self, table: str) -> dict[str, Array] | None:
        """Return the arrays of one type by column, or None if nothing was added."""
        batches = self._batches.get(table)
        if not batches:
            return None
        if len(batches) > 1:
            batches[:] = [{name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}]
        return batches[0]


def new_year(year: int) -> np.datetime64:
    """Return 1 January of the year, in days."""
    return np.datetime64(f"{year:04d}-01-01", "D")


def month_ends(year: int) -> Days:
    """Return the last day of each month of the year."""
    firsts = np.arange(f"{year:04d}-02", f"{year + 1:04d}-02", dtype="datetime64[M]")
    return after(firsts.astype("datetime64[D]"), -1)


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


def _repeats(table: Table, new: dict[str, Array], batches: list[dict[str, Array]]) -> NDArray[np.bool_]:
    """Return which of the new records have the entity, day and matter of an earlier one."""
    size = len(new["entity"])
    for old in batches if size else []:
        near = (old["occurred_on"] >= new["occurred_on"].min()) & (
            old["occurred_on"] <= new["occurred_on"].max()
        )
        if near.any():
            new = {name: np.concatenate([old[name][near], values]) for name, values in new.items()}
    keys = pd.Series((new["entity"].astype(np.int64) << 32) + new["occurred_on"].astype(np.int64))
    repeats = np.array(keys.duplicated(keep=False))
    suspects = np.flatnonzero(repeats)
    if len(suspects):
        said = pd.util.hash_array(keys.to_numpy()[suspects])
        for name in table.matter or new:
            if name in new and name not in _COMMON:
                said = said * _FACTOR ^ _hashes(new[name][suspects])
        repeats[suspects] = pd.Series(said).duplicated()
    return np.asarray(repeats[len(keys) - size :])


def _hashes(values: Array) -> NDArray[np.uint64]:
    plain = {"M": np.int64, "U": object}.get(values.dtype.kind)
    return pd.util.hash_array(values if plain is None else values.astype(plain), categorize=False)
