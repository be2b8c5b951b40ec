"""The fraction of a text inside DuckDB, PostgreSQL or Spark, bit for bit that of `text_fraction`.

Everything else that this library asks of an engine is portable. This is not: engines agree on what SHA-256
is, but not on what it is called and on how its digits become a number.
"""

import functools
import operator
from collections.abc import Callable, Mapping

import ibis
from ibis.common.exceptions import IbisError

from creditrisk.errors import SpecError
from creditrisk.records.engine import IbisTable, IbisValue
from creditrisk.records.text_fraction import DIGITS, WHOLE

type Fraction = Callable[[IbisValue], IbisValue]


def with_fractions(table: IbisTable, text: str, *, prefix: str, number: str) -> IbisTable:
    """Return a table with the fraction of each text of a column, computed by the engine that holds it.

    Parameters
    ----------
    table : ibis.Table
        On an engine of `FRACTIONS`; a table of no engine is computed by DuckDB.
    text : str
        The column.
    prefix : str
        What is put before each text.
    number : str
        Name of the new column.

    Returns
    -------
    ibis.Table
        Not yet computed; missing and empty texts have no number.

    Raises
    ------
    SpecError
        If the engine is another one.
    """
    there = FRACTIONS[_engine(table)]
    known = table[text].cast("string").nullif("")
    return table.mutate(**{number: there(ibis.literal(prefix) + known)})


def on_duckdb(text: IbisValue) -> IbisValue:
    """Return the fraction on DuckDB, which reads ``0x…`` as a number."""
    digits = _sha256_digits(text).substr(0, DIGITS)
    return (ibis.literal("0x") + digits).cast("int64").cast("float64") / WHOLE


def on_postgres(text: IbisValue) -> IbisValue:
    """Return the fraction on PostgreSQL, byte by byte."""
    digest = _sha256_bytes(_convert_to(text, "UTF8"))
    parts = [
        _get_byte(digest, place).cast("float64") / float(256 ** (place + 1)) for place in range(DIGITS // 2)
    ]
    return functools.reduce(operator.add, parts)


def on_spark(text: IbisValue) -> IbisValue:
    """Return the fraction on Spark, which writes a number of base 16 in base 10."""
    return _conv(_sha2(text, 256).substr(0, DIGITS), 16, 10).cast("float64") / WHOLE


FRACTIONS: Mapping[str, Fraction] = {"duckdb": on_duckdb, "postgres": on_postgres, "pyspark": on_spark}
"""By the name of the engine."""


def _engine(table: IbisTable) -> str:
    try:
        engine = str(table.get_backend().name)
    except IbisError:
        engine = "duckdb"
    if engine not in FRACTIONS:
        raise SpecError(
            f"Numbers of a draw are computed inside {', '.join(FRACTIONS)}; got a table of {engine}: fetch "
            "the ids, and compute their numbers by lot_numbers."
        )
    return engine


@ibis.udf.scalar.builtin(name="sha256")  # type: ignore[untyped-decorator]
def _sha256_digits(text: str) -> str:  # type: ignore[empty-body]
    """DuckDB: the digest of a text in hexadecimal digits."""


@ibis.udf.scalar.builtin(name="sha256")  # type: ignore[untyped-decorator]
def _sha256_bytes(text: bytes) -> bytes:  # type: ignore[empty-body]
    """PostgreSQL: the digest of bytes."""


@ibis.udf.scalar.builtin(name="convert_to")  # type: ignore[untyped-decorator]
def _convert_to(text: str, encoding: str) -> bytes:  # type: ignore[empty-body]
    """PostgreSQL: a text as bytes."""


@ibis.udf.scalar.builtin(name="get_byte")  # type: ignore[untyped-decorator]
def _get_byte(digest: bytes, place: int) -> int:  # type: ignore[empty-body]
    """PostgreSQL: one byte."""


@ibis.udf.scalar.builtin(name="sha2")  # type: ignore[untyped-decorator]
def _sha2(text: str, bits: int) -> str:  # type: ignore[empty-body]
    """Spark: the digest of a text in hexadecimal digits."""


@ibis.udf.scalar.builtin(name="conv")  # type: ignore[untyped-decorator]
def _conv(digits: str, base: int, to_base: int) -> str:  # type: ignore[empty-body]
    """Spark: a number written in another base."""
