"""The number by which an entity is drawn: computed from its id and a published seed, by anyone.

The number of an id is::

    SHA-256 of the seed, a line feed and the id, in UTF-8: its first 12 hexadecimal digits, divided by 16**12

It depends on nothing else: not on the order of the entities, not on who else is there, not on the machine.
``printf '%s\\n%s' SEED ID | sha256sum`` prints it, and databases compute it where the entities are.
The seed is published after the list of entities is closed, or drawn in public; then nobody can choose it to
spare or to hit somebody.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SchemaError, SpecError, hint, shown
from creditrisk.records.text_fraction import fraction

if TYPE_CHECKING:
    from creditrisk.records.engine import IbisTable

type Seed = int | str

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
        If the seed is no text of one line and 1 to 64 bytes, or an id is empty.

    Examples
    --------
    >>> lot_numbers(["91110108551385082Q", "91350100M000100Y43"], seed="2024-06-01").round(6).tolist()
    [0.549312, 0.498814]
    """
    key = _key(seed)
    return np.fromiter((_number(key, str(one)) for one in entity_ids), dtype=np.float64)


def with_lot_numbers(table: "IbisTable", seed: Seed, *, entity_id: str = "entity_id") -> "IbisTable":
    """Return a table of a database with the permanent random number of each entity, computed there.

    The numbers are those of `lot_numbers`, bit for bit: the order and the chunks in which the engine reads
    its rows change nothing.

    Parameters
    ----------
    table : ibis.Table
        On DuckDB, PostgreSQL or Spark, such as ratings that do not fit into memory.
    seed : int or str
        The published seed.
    entity_id : str, default "entity_id"
        The column of ids.

    Returns
    -------
    ibis.Table
        With the column `number`, missing for a missing or an empty id.

    Raises
    ------
    SchemaError
        If the table has no such column.
    SpecError
        If the seed is no text of one line and 1 to 64 bytes, or the engine is another one.

    Examples
    --------
    >>> import ibis
    >>> database = ibis.duckdb.connect()
    >>> _ = database.raw_sql("CREATE VIEW ids AS SELECT '91110108551385082Q' AS entity_id")
    >>> numbered = with_lot_numbers(database.table("ids"), "2024-06-01")
    >>> round(numbered.number.to_pyarrow()[0].as_py(), 6)
    0.549312
    """
    from creditrisk.records.fractions_on_engines import with_fractions

    if entity_id not in table.columns:
        raise SchemaError(
            f"Entities are numbered by their id; the table has no column {shown(entity_id)}."
            f"{hint(entity_id, table.columns)}"
        )
    return with_fractions(table, entity_id, prefix=_key(seed), number="number")


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
        If the seed is no text of one line and 1 to 64 bytes.
    """
    return fraction(_key(seed))


def _key(seed: Seed) -> str:
    """Return the seed and the line feed that parts it from an id."""
    if isinstance(seed, bool) or not isinstance(seed, int | str | np.integer):
        raise SpecError(f"A published seed is a whole number or a text; got {shown(seed)}: give one.")
    text = str(seed)
    size = len(text.encode(errors="replace"))
    if not 1 <= size <= _LONGEST_SEED:
        raise SpecError(f"A seed is a text of 1 to {_LONGEST_SEED} bytes; got {size}: change it.")
    if not text.isprintable():
        raise SpecError(f"A seed is one line of letters and signs; got {shown(text)}: change it.")
    return f"{text}\n"


def _number(key: str, entity_id: str) -> float:
    if not entity_id:
        raise SpecError("An entity is drawn by its id; got an empty one: give every entity an id.")
    return fraction(key + entity_id)
