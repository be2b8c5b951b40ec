"""Parquet and DuckDB files that are cut, flipped and emptied, and columns of types that no record has."""

import datetime as dt
import decimal
import random
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.reliability.bad_input_base import ROWS, good_frame, ids_of, open_database, write_registration
from benchmarks.reliability.bad_input_case import Case, Damaged
from creditrisk.records.tables import TABLES

CODECS = ("none", "snappy", "gzip", "zstd", "brotli", "lz4")
DAMAGED = ("registration", "penalty", "inspection")
COLUMNS = (
    ("registration", "record_id"),
    ("registration", "entity_id"),
    ("registration", "known_on"),
    ("registration", "registered_capital_cny"),
    ("registration", "key_sector"),
    ("penalty", "fine_cny"),
    ("penalty", "severity"),
    ("penalty", "occurred_on"),
    ("penalty", "act_type"),
    ("inspection", "result_codes"),
)

type Maker = Callable[[int], pa.Array]


def cases(rng: random.Random, number: int) -> Iterator[Case]:
    """Yield half as many odd types, all of them if there are fewer, and damaged files for the rest."""
    typed = [
        Case(name=f"parquet/type-{kind}/{table}.{column}/{where}", make=_typed(table, column, kind, where))
        for kind in TYPES
        for table, column in COLUMNS
        for where in ("file", "frame")
    ]
    rng.shuffle(typed)
    yield from typed[: number // 2]
    for i in range(number - min(len(typed), number // 2)):
        damage, seed = list(DAMAGES)[i % len(DAMAGES)], rng.randrange(1 << 30)
        kind = "duckdb" if i % 5 == 4 else "parquet"
        yield Case(name=f"{kind}/{damage}/{seed}", make=_damaged(kind, damage, seed))


def _typed(table: str, column: str, kind: str, where: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        frame = good_frame(table, ROWS, column)
        good = pa.Table.from_pandas(frame, preserve_index=False)
        odd = TYPES[kind](len(frame))
        damaged = good.set_column(good.column_names.index(column), column, odd)
        ids = {} if column == "record_id" else {table: ids_of(frame)}
        rows: dict[str, int | None] = {table: len(frame)}
        if where == "frame":
            frames = {"registration": good_frame("registration")} | {table: damaged}
            return Damaged(source=frames, rows=rows, ids=ids)
        try:
            pq.write_table(damaged, folder / f"{table}.parquet")
        except (pa.ArrowNotImplementedError, pa.ArrowInvalid, OSError):
            pq.write_table(_storable(damaged, column), folder / f"{table}.parquet")
        if table != "registration":
            write_registration(folder)
        return Damaged(source=folder, rows=rows, ids=ids)

    return make


def _storable(table: pa.Table, column: str) -> pa.Table:
    """Wrap what Parquet has no type for into a list of its text."""
    texts = [[type(table[column].type).__name__]] * len(table)
    return table.set_column(table.column_names.index(column), column, pa.array(texts))


def _damaged(kind: str, damage: str, seed: int) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        rng = random.Random(seed)
        table = rng.choice(DAMAGED)
        number = rng.choice((5, 5, 400))
        frame = good_frame(table, number)
        rows: dict[str, int | None] = {table: len(frame)}
        if kind == "duckdb":
            path = folder / "bureau.duckdb"
            with open_database(path) as connection:
                for name in {"registration", table}:
                    connection.register("given", good_frame(name, number))
                    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
            path.write_bytes(DAMAGES[damage](path.read_bytes(), rng))
            return Damaged(source=path, rows=rows)
        if table != "registration":
            write_registration(folder)
        path = folder / f"{table}.parquet"
        pq.write_table(
            pa.Table.from_pandas(frame, preserve_index=False),
            path,
            compression=rng.choice(CODECS),
            row_group_size=rng.choice((1, 100)),
            use_dictionary=rng.random() < 0.5,
            data_page_version=rng.choice(("1.0", "2.0")),
            write_page_checksum=rng.random() < 0.5,
        )
        path.write_bytes(DAMAGES[damage](path.read_bytes(), rng))
        return Damaged(source=folder, rows=rows)

    return make


def _cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content))]


def _cut_at_the_end(content: bytes, rng: random.Random) -> bytes:
    return content[: -rng.randrange(1, 64)]


def _cut_at_the_beginning(content: bytes, rng: random.Random) -> bytes:
    return content[rng.randrange(1, len(content)) :]


def _flip(near_end: bool) -> Callable[[bytes, random.Random], bytes]:
    def damage(content: bytes, rng: random.Random) -> bytes:
        changed = bytearray(content)
        first = max(0, len(changed) - 1500) if near_end else 0
        for _ in range(rng.choice((1, 1, 4, 32))):
            changed[rng.randrange(first, len(changed))] = rng.randrange(256)
        return bytes(changed)

    return damage


def _blank(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content))
    size = rng.choice((8, 64, 512, 4096))
    return content[:start] + rng.choice((b"\0", b"\xff")) * size + content[start + size :]


def _foot(content: bytes, rng: random.Random) -> bytes:
    length = rng.choice((0, 1, 2**31 - 1, 2**32 - 1, len(content)))
    return content[:-8] + length.to_bytes(4, "little") + rng.choice((b"PAR1", b"PARE", b"1RAP"))


def _other(content: bytes, rng: random.Random) -> bytes:
    return rng.choice(
        (b"", b"PAR1", b"PAR1PAR1", b"a,b\n1,2\n", b"\0" * 5000, content * 2, rng.randbytes(3000))
    )


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cut": _cut,
    "flip": _flip(near_end=False),
    "cut-end": _cut_at_the_end,
    "flip-footer": _flip(near_end=True),
    "cut-beginning": _cut_at_the_beginning,
    "blank": _blank,
    "foot": _foot,
    "flip-footer-again": _flip(near_end=True),
    "other": _other,
}


def _repeated(value: Any, kind: pa.DataType | None = None) -> Maker:
    return lambda number: pa.array([value, None] * number, kind)[:number]


def _days(*days: int) -> Maker:
    return lambda number: pa.array((days * number)[:number], pa.int32()).view(pa.date32())


def _moments(unit: str, zone: str | None, *values: int) -> Maker:
    return lambda number: pa.array((values * number)[:number], pa.int64()).view(pa.timestamp(unit, zone))


def _empty(number: int) -> pa.Array:
    return pa.nulls(number)


def _union(number: int) -> pa.Array:
    kinds = pa.array([i % 2 for i in range(number)], pa.int8())
    return pa.UnionArray.from_sparse(kinds, [pa.array(range(number)), pa.array(["x"] * number)])


def _dictionary(number: int) -> pa.Array:
    return pa.array(["2020-01-01", "x", None] * number)[:number].dictionary_encode()


DAY = dt.date(2020, 1, 1)
NOON = 1_577_880_000
TYPES: dict[str, Maker] = {
    "null": _empty,
    "boolean": _repeated(True),
    "int8": _repeated(-1, pa.int8()),
    "uint64": _repeated(2**64 - 1, pa.uint64()),
    "int64": _repeated(-(2**63)),
    "half": lambda n: pa.array(np.full(n, 1.5, np.float16)),
    "float-nan": _repeated(float("nan")),
    "float-inf": _repeated(float("inf")),
    "float-minus-inf": _repeated(float("-inf")),
    "float-id": _repeated(60609.0),
    "float-huge": _repeated(1e308),
    "decimal": _repeated(decimal.Decimal("1.50")),
    "decimal-wide": _repeated(decimal.Decimal(10**37)),
    "decimal256": _repeated(decimal.Decimal(10**70)),
    "decimal-negative-scale": _repeated(decimal.Decimal("1E+5"), pa.decimal128(10, -3)),
    "date": _repeated(DAY),
    "date64": _repeated(DAY, pa.date64()),
    "day-zero": _days(0, -719_162, -719_163),
    "day-max": _days(2_932_896, 2_932_897, 0),
    "day-extreme": _days(2**31 - 1, -(2**31), 0),
    "seconds": _moments("s", None, NOON, 0),
    "millis": _moments("ms", None, NOON * 1000),
    "micros-extreme": _moments("us", None, 2**63 - 1, -(2**63) + 1, 0),
    "nanos": _moments("ns", None, NOON * 10**9, -1),
    "nanos-extreme": _moments("ns", None, 2**63 - 1, -(2**63) + 1, 0),
    "zone-utc": _moments("us", "UTC", NOON * 10**6),
    "zone-shanghai": _moments("us", "Asia/Shanghai", NOON * 10**6, 0),
    "zone-offset": _moments("ms", "+05:30", 0),
    "zone-nowhere": _moments("us", "Mars/Base", 0),
    "zone-extreme": _moments("us", "Pacific/Kiritimati", 253_402_300_799_999_999, 0),
    "seconds-extreme": _moments("s", None, 2**40, 0),
    "time32": _repeated(dt.time(12), pa.time32("s")),
    "time64": _repeated(dt.time(12)),
    "duration": _repeated(dt.timedelta(days=400)),
    "interval": _repeated(pa.MonthDayNano([1, 2, 3])),
    "binary": _repeated(b"\xff\x00"),
    "binary-text": _repeated(b"2020-01-01"),
    "large-binary": _repeated(b"a", pa.large_binary()),
    "fixed-binary": _repeated(b"abcd", pa.binary(4)),
    "binary-view": _repeated(b"\xff", pa.binary_view()),
    "large-string": _repeated("2020-01-01", pa.large_string()),
    "string-view": _repeated("x", pa.string_view()),
    "dictionary": _dictionary,
    "dictionary-int": lambda n: pa.array([1, 2, None] * n)[:n].dictionary_encode(),
    "list": _repeated([1, None]),
    "list-empty": _repeated([]),
    "large-list": _repeated(["a"], pa.large_list(pa.string())),
    "fixed-list": _repeated([1.0, 2.0], pa.list_(pa.float64(), 2)),
    "list-of-dates": _repeated([DAY]),
    "struct": _repeated({"a": 1, "b": "x"}),
    "struct-deep": _repeated({"a": {"b": [{"c": DAY}]}}),
    "map": _repeated([("a", 1)], pa.map_(pa.string(), pa.int64())),
    "uuid": lambda n: pa.array([uuid.UUID(int=i).bytes for i in range(n)], pa.uuid()),
    "json": lambda n: pa.ExtensionArray.from_storage(pa.json_(), pa.array(['{"a": 1}'] * n)),
    "bool8": lambda n: pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1] * n, pa.int8())),
    "union": _union,
    "runs": lambda n: pc.run_end_encode(pa.array(["x"] * n)),
    "list-view": _repeated(["a"], pa.list_view(pa.string())),
}
assert set(DAMAGED) <= set(TABLES)
