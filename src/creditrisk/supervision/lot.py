"""The number by which an entity is drawn: computed from its id and a published seed, by anyone.

The number of an id is::

    blake2b(id as UTF-8, key = seed as UTF-8, digest of 8 bytes) as a big-endian integer, its highest 53 bits,
    divided by 2**53

It depends on nothing else: not on the order of the entities, not on who else is there, not on the machine.
The seed is published after the list of entities is closed, or drawn in public; then nobody can choose it to
spare or to hit somebody.
"""

import math
from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SchemaError, SpecError, hint, shown

if TYPE_CHECKING:
    from creditrisk.records.engine import IbisTable

type Seed = int | str

_BITS = 53
_LONGEST_SEED = 64


def lot_numbers(entity_ids: Iterable[object], seed: Seed) -> NDArray[np.float64]:
    """Return the permanent random number of each entity, from 0 up to but not including 1.

    Parameters
    ----------
    entity_ids : iterable of str
        Whom; ids of another type are taken as their text.
    seed : int or str
        The published seed; ``7`` and ``"7"`` are the same.

    Returns
    -------
    ndarray of float, (entities,)
        One number an entity, evenly spread for a seed that nobody chose.

    Raises
    ------
    SpecError
        If the seed is no text of 1 to 64 bytes, or an id is empty.

    Examples
    --------
    >>> lot_numbers(["91110108551385082Q", "91350100M000100Y43"], seed="2024-06-01").round(6).tolist()
    [0.082492, 0.101751]
    """
    key = _key(seed)
    return np.fromiter((_number(str(one), key) for one in entity_ids), dtype=np.float64)


def with_lot_numbers(table: "IbisTable", seed: Seed, *, entity_id: str = "entity_id") -> "IbisTable":
    """Return a table of a database with the permanent random number of each entity, computed there.

    The numbers are those of `lot_numbers`, bit for bit: the order and the chunks in which the engine reads
    its rows change nothing.

    Parameters
    ----------
    table : ibis.Table
        On DuckDB, such as Parquet files of ratings that do not fit into memory.
    seed : int or str
        The published seed.
    entity_id : str, default "entity_id"
        The column of ids.

    Returns
    -------
    ibis.Table
        With the column `number`.

    Raises
    ------
    SchemaError
        If the table has no such column.
    SpecError
        If the seed is no text of 1 to 64 bytes, or the engine is another one.

    Examples
    --------
    >>> import ibis
    >>> database = ibis.duckdb.connect()
    >>> _ = database.raw_sql("CREATE VIEW ids AS SELECT '91110108551385082Q' AS entity_id")
    >>> numbered = with_lot_numbers(database.table("ids"), "2024-06-01")
    >>> round(numbered.number.to_pyarrow()[0].as_py(), 6)
    0.082492
    """
    from creditrisk.records.text_numbers import with_numbers

    if entity_id not in table.columns:
        raise SchemaError(
            f"Entities are numbered by their id; the table has no column {shown(entity_id)}."
            f"{hint(entity_id, table.columns)}"
        )
    key = _key(seed)
    name = f"creditrisk_lot_{key.hex()}"
    return with_numbers(table, entity_id, "number", lambda ids: lot_numbers(ids, key.decode()), name)


def lot_start(seed: Seed) -> float:
    """Return the number of the seed alone, that of the empty id: where a systematic draw begins.

    Parameters
    ----------
    seed : int or str
        The published seed.

    Returns
    -------
    float
        From 0 up to but not including 1.

    Raises
    ------
    SpecError
        If the seed is no text of 1 to 64 bytes.
    """
    return _hashed("", _key(seed))


def _key(seed: Seed) -> bytes:
    if isinstance(seed, bool) or not isinstance(seed, int | str | np.integer):
        raise SpecError(f"A published seed is a whole number or a text; got {shown(seed)}: give one.")
    key = str(seed).encode()
    if not 1 <= len(key) <= _LONGEST_SEED:
        raise SpecError(f"A seed is a text of 1 to {_LONGEST_SEED} bytes; got {len(key)}: change it.")
    return key


def _number(entity_id: str, key: bytes) -> float:
    if not entity_id:
        raise SpecError("An entity is drawn by its id; got an empty one: give every entity an id.")
    return _hashed(entity_id, key)


def _hashed(text: str, key: bytes) -> float:
    digest = blake2b(text.encode(), key=key, digest_size=8).digest()
    return math.ldexp(int.from_bytes(digest) >> (64 - _BITS), -_BITS)
