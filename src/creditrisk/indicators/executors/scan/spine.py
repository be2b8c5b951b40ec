"""The entities and the as-of dates to speak about, and at which place of the result each pair stands."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit
from numpy.typing import NDArray

from creditrisk.indicators.events import AS_OF
from creditrisk.indicators.executors.scan.span import FAR, Months
from creditrisk.indicators.executors.scan.texts import Keys, keys_of
from creditrisk.records.dates import add_months

EPOCH = dt.date(1970, 1, 1)
ROWS_A_PIECE = 2048
MOST_PASSED_OVER = 4


class Pieces(NamedTuple):
    """Rows of the result that are filled together: of one as-of date, and of entities near each other.

    Parameters
    ----------
    dates : ndarray of int32 of shape (n_pieces,)
        Number of the as-of date of each piece.
    firsts, ends : ndarray of int64 of shape (n_pieces,)
        A piece has the rows ``[first, end)``.
    entities : ndarray of int32 of shape (n_rows,)
        Number of the entity of each row; it grows inside a piece.
    """

    dates: NDArray[np.int32]
    firsts: NDArray[np.int64]
    ends: NDArray[np.int64]
    entities: NDArray[np.int32]


class Window(NamedTuple):
    """The as-of dates, and the days between which a record has to lie, by number of the date.

    Parameters
    ----------
    as_of, first, end : ndarray of int32 of shape (n_dates,)
        The date, the first day of its window, and the first day after it.
    """

    as_of: NDArray[np.int32]
    first: NDArray[np.int32]
    end: NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Spine:
    """Pairs of entity and as-of date, sorted by date (as given) and entity.

    Parameters
    ----------
    dates : tuple of date
        The as-of dates, without repeats.
    count : int
        How many entities there are.
    listed : callable
        Returns the entities, a pyarrow.StringArray, sorted, without repeats; called once, where needed.
    date_of, entity_of : ndarray of int32 of shape (n_rows,)
        Numbers of the date and the entity of each row of the result.
    lock : Lock
        Held while something is made that threads share.
    """

    dates: tuple[dt.date, ...]
    count: int
    listed: Callable[[], Any]
    date_of: NDArray[np.int32]
    entity_of: NDArray[np.int32]
    lock: Any = field(default_factory=Lock, repr=False)

    def __len__(self) -> int:
        """Return how many rows the result has."""
        return len(self.date_of)

    @property
    def entities(self) -> Any:
        """The entities, sorted, without repeats."""
        with self.lock:
            return self._entities

    @property
    def keys(self) -> Keys:
        """The entities, to be looked up."""
        self.prepare()
        return self._keys

    def prepare(self) -> None:
        """Make what several threads will ask for, once."""
        with self.lock:
            _ = self._keys, self._pieces

    def pieces(self, first: int, end: int) -> Pieces:
        """Return the rows of the entities ``[first, end)``, in which `first` has the number 0.

        A piece breaks off where many entities are passed over, so that nobody's records are read in vain.
        Pieces of the same entities follow each other, whatever their dates: their records are still at hand.
        """
        if end - first == self.count:
            self.prepare()
            return self._pieces
        return _pieces(self.date_of, self.entity_of - np.int32(first), end - first)

    @cached_property
    def _entities(self) -> Any:
        return self.listed()

    @cached_property
    def _keys(self) -> Keys:
        return keys_of(self._entities)

    @cached_property
    def _pieces(self) -> Pieces:
        return _pieces(self.date_of, self.entity_of, self.count)

    @cached_property
    def index(self) -> pd.MultiIndex:
        """The index of the result: (as_of, entity_id)."""
        days = pa.array(self.dates, pa.date32()).to_pandas(date_as_object=False)
        levels = [pd.Index(days), pd.Index(self.entities.to_pandas())]
        codes: Any = [self.date_of, self.entity_of]
        return pd.MultiIndex(levels, codes, names=[AS_OF, "entity_id"], verify_integrity=False)

    def window(self, months: Months | None) -> Window:
        """Return the window ``[as_of - first, as_of - last)`` of every date; all days if none is given."""
        as_of = _days(self.dates)
        first, end = np.full(len(as_of), -FAR - 1, np.int32), np.full(len(as_of), FAR + 1, np.int32)
        if months is not None:
            end = self._earlier(months[1])
            first = first if months[0] is None else self._earlier(months[0])
        return Window(as_of, first, end)

    def _earlier(self, months: int) -> NDArray[np.int32]:
        return _days([add_months(date, -months) for date in self.dates])


def one_date(day: dt.date, entities: Any) -> Spine:
    """Return the spine of sorted entities on one day."""
    return _one_date(day, len(entities), lambda: entities)


def one_date_in_any_order(day: dt.date, entities: Any) -> Spine:
    """Return the spine of entities on one day that are sorted by their bytes only when they are needed."""
    return _one_date(day, len(entities), lambda: entities.take(pc.sort_indices(entities)))


def _one_date(day: dt.date, count: int, listed: Callable[[], Any]) -> Spine:
    return Spine(
        dates=(day,),
        count=count,
        listed=listed,
        date_of=np.zeros(count, np.int32),
        entity_of=np.arange(count, dtype=np.int32),
    )


def cohort(entities: Any, days: Any) -> Spine:
    """Return the spine of pairs that are sorted by day and entity, each as an Arrow array."""
    listed = pc.unique(entities)
    listed = listed.take(pc.sort_indices(listed))
    dates = pc.unique(days)
    return Spine(
        dates=tuple(dates.to_pylist()),
        count=len(listed),
        listed=lambda: listed,
        date_of=pc.index_in(days, dates).to_numpy().astype(np.int32),
        entity_of=pc.index_in(entities, listed).to_numpy().astype(np.int32),
    )


def panel(
    dates: Sequence[dt.date], entities: Any, since: NDArray[np.int32], until: NDArray[np.int32]
) -> Spine:
    """Return the spine of several dates, each with the entities for which ``since < date <= until``."""
    present = [(since < day) & (day <= until) for day in _days(dates)]
    ever = np.logical_or.reduce(present)
    numbers = np.cumsum(ever, dtype=np.int32) - 1
    entities = entities.filter(pa.array(ever))
    return Spine(
        dates=tuple(dates),
        count=len(entities),
        listed=lambda: entities,
        date_of=np.repeat(np.arange(len(dates), dtype=np.int32), [int(own.sum()) for own in present]),
        entity_of=np.concatenate([numbers[own] for own in present]),
    )


def _pieces(dates: NDArray[np.int32], entities: NDArray[np.int32], count: int) -> Pieces:
    """Return the pieces of the rows whose entity is one of the first `count`."""
    firsts, ends = _cut(dates, entities, count)
    order = np.lexsort((dates[firsts], entities[firsts] // ROWS_A_PIECE))
    return Pieces(dates[firsts][order], firsts[order], ends[order], entities)


@njit(nogil=True, cache=True)
def _cut(dates, entities, count):  # type: ignore[no-untyped-def]
    """Return the first row of each piece and the one behind its last."""
    firsts, ends = np.empty(len(dates), np.int64), np.empty(len(dates), np.int64)
    pieces, rows, last = 0, 0, -1
    for row in range(len(dates)):
        if not 0 <= entities[row] < count:
            continue
        goes_on = rows % ROWS_A_PIECE != 0 and row == last + 1 and dates[row] == dates[last]
        if not goes_on or entities[row] - entities[last] > MOST_PASSED_OVER:
            firsts[pieces] = row
            pieces += 1
        ends[pieces - 1] = row + 1
        rows, last = rows + 1, row
    return firsts[:pieces].copy(), ends[:pieces].copy()


def _days(dates: Sequence[dt.date]) -> NDArray[np.int32]:
    return np.array([(date - EPOCH).days for date in dates], np.int32)
