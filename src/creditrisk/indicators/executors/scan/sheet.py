"""The columns of one record type: asked of the engine by one query, and put in the order of the entities."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creditrisk.indicators.executors.scan.grouping import aimed, owners_of, put
from creditrisk.indicators.executors.scan.growing import Growing
from creditrisk.indicators.executors.scan.kernels import Ids
from creditrisk.indicators.executors.scan.span import FAR, Months, Span
from creditrisk.indicators.executors.scan.spine import Spine
from creditrisk.indicators.executors.scan.texts import (
    GrowingTexts,
    Texts,
    hashes_of,
    places_of,
    texts_of,
)
from creditrisk.indicators.executors.scan.threads import ahead
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue, batches_of

Array = NDArray[Any]
ENTITY = "entity_id"
RECORD = "record_id"
ENGINE = Lock()
BATCHES_AHEAD = 16


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """The columns and rows that the measures of one record type need, each once.

    Parameters
    ----------
    table : ibis.Table
        The records.
    base : Span
        When they count, as far as that is the same for all measures.
    spine : Spine
        The as-of dates.
    columns : dict of str to ibis expression
        What was asked for so far, by the name under which it will stand in the sheet.
    ordered, keys : set of str
        The columns of texts whose numbers have to grow as the texts do; those that are only told apart.
    """

    table: IbisTable
    base: Span
    spine: Spine
    columns: dict[str, IbisValue] = field(default_factory=dict)
    ordered: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    _names: dict[Any, str] = field(default_factory=dict)
    _needed: dict[tuple[str, str | None, str], int] = field(default_factory=dict)

    def ask(self, value: IbisValue) -> str:
        """Ask for a column and return its name in the sheet."""
        return self._ask("", value)

    def ask_ordered(self, text: IbisValue) -> str:
        """Ask for a column of texts whose numbers grow as the texts do, and return its name."""
        name = self._ask("ordered", text)
        self.ordered.add(name)
        return name

    def ask_keys(self, value: IbisValue) -> str:
        """Ask for a column whose values are only to be told apart, and return its name."""
        name = self._ask("keys", value)
        self.keys.add(name)
        return name

    def ask_ids(self) -> None:
        """Ask for the ids of the records."""
        self.columns[RECORD] = self.table[RECORD]

    def need(self, since: str, until: str | None, dated: str, window: Months | None) -> None:
        """Say which rows count, by columns that were asked for; no others are fetched."""
        first = int(self.spine.window(window).first.min())
        known = self._needed.get((since, until, dated), first)
        self._needed[since, until, dated] = min(first, known)

    def query(self, *conditions: IbisBoolean) -> IbisTable:
        """Return the rows that meet conditions and count on any as-of date, with all columns."""
        counts = [self._counts(*key, first) for key, first in self._needed.items()]
        return self.table.filter(reduce(or_, counts), *conditions).select(ENTITY, **self.columns)

    def _ask(self, use: str, value: IbisValue) -> str:
        name = self._names.setdefault((use, value.op()), f"column_{len(self._names)}")
        self.columns[name] = value
        return name

    def _counts(self, since: str, until: str | None, dated: str, first: int) -> IbisBoolean:
        as_of = self.spine.window(None).as_of
        counts = [self.columns[since] < int(as_of.max())]
        if until is not None:
            counts.append(self.columns[until] >= int(as_of.min()))
        if first > -FAR:
            counts.append(self.columns[dated] >= first)
        return reduce(and_, counts)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Columns in the order of the entities.

    Parameters
    ----------
    heads : ndarray of int64 of shape (n_entities + 1,)
        Entity e has the records ``[heads[e], heads[e + 1])``.
    owners : ndarray of int32 of shape (n_records,)
        Number of the entity of each record.
    columns : mapping of str to ndarray
        Days as int32, numbers as float64 with NaN where missing, of texts which of `texts` it is, keys as
        uint64.
    texts : mapping of str to pyarrow.Array
        The different texts of a column.
    ids : mapping of str to Ids
        The texts of each record, of columns of keys and of the ids of the records.
    """

    heads: NDArray[np.int64]
    owners: NDArray[np.int32]
    columns: Mapping[str, Array]
    texts: Mapping[str, Any]
    ids: Mapping[str, Ids]


def fetch(request: Request, first: int, end: int) -> Sheet:
    """Run the query for the records of some entities.

    Parameters
    ----------
    request : Request
        What to fetch.
    first, end : int
        Numbers of the first entity, and of the first one behind the last.

    Returns
    -------
    Sheet
        With the entity `first` as its entity 0.
    """
    spine, conditions = request.spine, []
    whole = end - first == spine.count
    if not whole:
        entity = request.table[ENTITY]
        conditions = [entity >= spine.entities[first].as_py(), entity <= spine.entities[end - 1].as_py()]
    places, arrived = _fetched(request, request.query(*conditions))
    if not whole:
        np.subtract(places, first, out=places, where=places >= 0)
    aim = aimed(places, end - first)
    columns, texts, ids = {}, {}, {}
    for name, own in arrived.items():
        if isinstance(own, Texts):
            ids[name] = Ids(put(np.arange(len(places), dtype=np.int32), aim), own.starts, own.bytes)
            if name in request.keys:
                columns[name] = put(hashes_of(own), aim)
        elif isinstance(own, list):
            numbers, texts[name] = _numbered(own, ordered=name in request.ordered)
            columns[name] = put(numbers, aim)
        else:
            columns[name] = put(own.view(np.uint64) if name in request.keys else own, aim)
    return Sheet(aim.heads, owners_of(aim.heads), columns, texts, ids)


def _fetched(request: Request, query: IbisTable) -> tuple[Array, dict[str, Any]]:
    """Run a query; return the entity of each row, -1 if it is not in the spine, and its columns.

    A column is an array, texts if all of them are needed, or a list of arrays in which a few are numbered.
    """
    columns: dict[str, Any] = {name: Growing() for name in request.columns}
    for name, value in request.columns.items():
        if value.type().is_string():
            columns[name] = GrowingTexts() if name == RECORD or name in request.keys else []
    places = Growing()
    with ENGINE:
        for batch in ahead(batches_of(query), most=BATCHES_AHEAD):
            places.add(places_of(texts_of(batch[ENTITY]), request.spine.keys))
            for name, column in columns.items():
                if isinstance(column, Growing):
                    column.add(batch[name].to_numpy(zero_copy_only=False))
                elif isinstance(column, GrowingTexts):
                    column.add(texts_of(batch[name]))
                else:
                    column.append(batch[name].dictionary_encode())
    kept = {name: own if isinstance(own, list) else own.values for name, own in columns.items()}
    return places.values, kept


def _numbered(chunks: list[Any], *, ordered: bool) -> tuple[Array, Any]:
    """Return which of its different texts each text of a column is, NaN if none, and the different ones."""
    column = pa.chunked_array(chunks).unify_dictionaries().combine_chunks()
    numbers, different = column.indices, column.dictionary
    if ordered:
        order = pc.sort_indices(different)
        numbers, different = pc.sort_indices(order).cast(pa.int32()).take(numbers), different.take(order)
    return numbers.cast(pa.float64()).to_numpy(zero_copy_only=False), different
