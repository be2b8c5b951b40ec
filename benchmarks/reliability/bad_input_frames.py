"""Data frames that are unusual, wrong, or no data frames at all."""

import dataclasses
import datetime as dt
import decimal
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from benchmarks.reliability.bad_input_base import ROWS, good_frame, ids_of
from benchmarks.reliability.bad_input_case import Case, Damaged

COLUMNS = (
    ("registration", "record_id"),
    ("registration", "entity_id"),
    ("registration", "known_on"),
    ("registration", "name"),
    ("penalty", "fine_cny"),
    ("penalty", "severity"),
    ("penalty", "occurred_on"),
    ("penalty", "revoked_on"),
    ("abnormal_list", "repaired"),
    ("abnormal_list", "reason"),
)


class Broken:
    """An object that cannot be shown."""

    def __str__(self) -> str:
        """Fail."""
        raise RuntimeError("no text\nfor this")

    __repr__ = __str__


def cases(rng: random.Random, number: int) -> Iterator[Case]:
    """Yield whole frames first, then columns of every kind of value, in random order."""
    wholes = [
        Case(name=f"frame/whole/{name}/{table}", make=_whole(name, table))
        for name in WHOLES
        for table in ("registration", "penalty")
    ]
    columns = [
        Case(name=f"frame/{kind}/{table}.{column}/{name}", make=_column(table, column, kind, name))
        for kind, makers in (("pandas", PANDAS), ("polars", POLARS))
        for name in makers
        for table, column in COLUMNS
    ]
    rng.shuffle(columns)
    yield from [*wholes, *columns][:number]


def _column(table: str, column: str, kind: str, name: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        frame = good_frame(table, ROWS, column)
        ids = {} if column == "record_id" else {table: ids_of(frame)}
        rows: dict[str, int | None] = {table: len(frame)}
        frames: dict[str, Any] = {"registration": good_frame("registration")}
        if kind == "pandas":
            frames[table] = frame.assign(**{column: PANDAS[name](len(frame))})
        else:
            frames[table] = pl.from_pandas(frame).with_columns(POLARS[name](len(frame)).alias(column))
        return Damaged(source=frames, rows=rows, ids=ids)

    return make


def _whole(name: str, table: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        frame = good_frame(table)
        given = WHOLES[name](frame)
        frames = {"registration": good_frame("registration")} | {table: given}
        rows: dict[str, int | None] = {table: len(frame)}
        if name.startswith("empty"):
            rows = {table: 0}
        if name.startswith("twice"):
            rows = {table: 2 * len(frame)}
        return Damaged(source=frames, rows=rows)

    return make


def _objects(*values: Any) -> Callable[[int], pd.Series]:
    return lambda number: pd.Series((list(values) * number)[:number], dtype=object)


def _typed(kind: Any, *values: Any) -> Callable[[int], pd.Series]:
    return lambda number: pd.Series((list(values) * number)[:number], dtype=kind)


def _index(index: pd.Index) -> Callable[[int], pd.Series]:
    return lambda number: pd.Series(index.repeat(number)[:number])


DAY = dt.date(2020, 1, 1)
NAMES = np.array(["a"], dtype=object)
PANDAS: dict[str, Callable[[int], pd.Series]] = {
    "category": _typed("category", "a", "b", None),
    "category-dates": _typed("category", DAY, None),
    "category-numbers": _typed("category", 1.5, 2.5),
    "Int64": _typed("Int64", 1, None),
    "UInt8": _typed("UInt8", 1, 255),
    "Float32": _typed("Float32", 1.5, None),
    "boolean": _typed("boolean", True, None),
    "string": _typed("string", "2020-01-01", None),
    "string-python": _typed(pd.StringDtype("python"), "x", None),
    "arrow-list": _typed(pd.ArrowDtype(pa.list_(pa.int64())), [1], None),
    "arrow-decimal": _typed(pd.ArrowDtype(pa.decimal128(10, 2)), decimal.Decimal("1.5"), None),
    "arrow-date": _typed(pd.ArrowDtype(pa.date32()), DAY, None),
    "arrow-zone": _typed(
        pd.ArrowDtype(pa.timestamp("us", "Asia/Shanghai")), pd.Timestamp("2020-01-01", tz="Asia/Shanghai")
    ),
    "sparse": _typed(pd.SparseDtype("float64"), 0.0, 1.5),
    "sparse-int": _typed(pd.SparseDtype("int64", 0), 0, 1),
    "complex": _typed("complex128", 1 + 2j, 0),
    "zone": _index(pd.DatetimeIndex(["2020-01-01"], tz="Asia/Shanghai")),
    "zone-dst": _index(pd.DatetimeIndex(["2020-10-25 00:30"], tz="Europe/London")),
    "nat": _index(pd.DatetimeIndex([pd.NaT])),
    "period-day": _index(pd.period_range("2020-01-01", periods=1, freq="D")),
    "period-year": _index(pd.period_range("2020", periods=1, freq="Y")),
    "interval": _index(pd.interval_range(0, 1)),
    "timedelta": _index(pd.to_timedelta(["1 day"])),
    "float16": _typed("float16", 1.5),
    "uint64": _typed("uint64", 2**64 - 1),
    "float-nan": _typed("float64", np.nan, 1.0),
    "float-inf": _typed("float64", np.inf, -np.inf),
    "minus-zero": _typed("float64", -0.0),
    "seconds": _typed("datetime64[s]", "2020-01-01"),
    "far-past": _typed("datetime64[s]", np.datetime64("-4000-01-01"), np.datetime64("2020-01-01")),
    "far-future": _typed("datetime64[s]", np.datetime64("99999-01-01"), np.datetime64("2020-01-01")),
    "mixed": _objects(1, "a", None, 2.5, DAY),
    "mixed-dates": _objects(DAY, "2020-01-02", pd.Timestamp("2020-01-03"), dt.datetime(2020, 1, 4), pd.NaT),
    "mixed-zones": _objects(pd.Timestamp("2020-01-01", tz="UTC"), pd.Timestamp("2020-01-01")),
    "two-zones": _objects(
        pd.Timestamp("2020-01-01", tz="UTC"), pd.Timestamp("2020-01-01", tz="Asia/Shanghai")
    ),
    "bytes": _objects(b"\xff", b"a"),
    "bytes-and-text": _objects(b"a", "a"),
    "lists": _objects([1], [], None),
    "dicts": _objects({"a": 1}, {"b": [1]}),
    "sets": _objects({1}, frozenset()),
    "tuples": _objects((1, "a"), ()),
    "arrays": _objects(np.arange(3), NAMES),
    "frames": _objects(pd.DataFrame({"a": [1]})),
    "series": _objects(pd.Series([1])),
    "decimals": _objects(decimal.Decimal("1.5"), decimal.Decimal("NaN"), decimal.Decimal("Infinity")),
    "decimal-scales": _objects(decimal.Decimal(10**37), decimal.Decimal("1E-37")),
    "huge": _objects(10**400, 1),
    "too-huge": _objects(10**5000, 1),
    "negative-huge": _objects(-(2**63) - 1, 0),
    "complexes": _objects(1j, 2),
    "booleans": _objects(True, "true", 1, 0.0),
    "surrogate": _objects("\ud800", "a"),
    "surrogate-pair": _objects("\ud83d\ude00", "a"),
    "million": _objects("长" * 1_000_000, "a"),
    "nul": _objects("a\x00b", "\x00"),
    "broken": _objects(Broken(), 1),
    "functions": _objects(print, len),
    "types": _objects(int, str),
    "classes": _objects(object()),
    "exceptions": _objects(ValueError("x\ny")),
    "NA": _objects(pd.NA, None, np.nan, pd.NaT),
    "all-none": _objects(None),
    "ellipsis": _objects(..., NotImplemented),
    "times": _objects(dt.time(12), None),
    "deltas": _objects(dt.timedelta(1), np.timedelta64(1, "D")),
    "numpy": _objects(np.datetime64("2020-01-01"), np.float32(1.5), np.str_("a"), np.bool_(True)),
    "date-9999": _objects(dt.date(9999, 12, 31), dt.date(1, 1, 1)),
    "generators": _objects(iter(()), range(3)),
}
POLARS: dict[str, Callable[[int], pl.Series]] = {
    "categorical": lambda n: pl.Series(["a"] * n, dtype=pl.Categorical),
    "enum": lambda n: pl.Series(["a"] * n, dtype=pl.Enum(["a", "b"])),
    "null": lambda n: pl.Series([None] * n),
    "list": lambda n: pl.Series([[1, None]] * n),
    "array": lambda n: pl.Series([[1, 2]] * n, dtype=pl.Array(pl.Int64, 2)),
    "struct": lambda n: pl.Series([{"a": 1}] * n),
    "duration": lambda n: pl.Series([dt.timedelta(1)] * n),
    "time": lambda n: pl.Series([dt.time(12)] * n),
    "decimal": lambda n: pl.Series([decimal.Decimal("1.5")] * n),
    "binary": lambda n: pl.Series([b"\xff"] * n),
    "int128": lambda n: pl.Series([2**100] * n, dtype=pl.Int128),
    "object": lambda n: pl.Series([object()] * n, dtype=pl.Object),
    "zone": lambda n: pl.Series([dt.datetime(2020, 1, 1)] * n).dt.replace_time_zone("Asia/Shanghai"),
    "nan": lambda n: pl.Series([float("nan")] * n),
    "date": lambda n: pl.Series([DAY] * n),
    "uint64": lambda n: pl.Series([2**64 - 1] * n, dtype=pl.UInt64),
    "text": lambda n: pl.Series(["\x00😀"] * n),
    "boolean": lambda n: pl.Series([True] * n),
}
WHOLES: dict[str, Callable[[pd.DataFrame], Any]] = {
    "multiindex-columns": lambda f: f.set_axis(pd.MultiIndex.from_product([["x"], f.columns]), axis=1),
    "multiindex-rows": lambda f: f.set_index(["record_id", "entity_id"]),
    "index-named-so": lambda f: f.set_index("record_id", drop=False),
    "labels-int": lambda f: f.set_axis(range(f.shape[1]), axis=1),
    "labels-mixed": lambda f: f.assign(x=1).rename(columns={"x": 3}),
    "labels-none": lambda f: f.assign(x=1).rename(columns={"x": None}),
    "labels-nan": lambda f: f.assign(x=1, y=2).rename(columns={"x": np.nan, "y": pd.NA}),
    "labels-dates": lambda f: f.assign(x=1).rename(columns={"x": pd.Timestamp("2020-01-01")}),
    "labels-bytes": lambda f: f.assign(x=1).rename(columns={"x": b"\xff"}),
    "labels-broken": lambda f: f.set_axis([*f.columns[:-1], Broken()], axis=1),
    "labels-surrogate": lambda f: f.set_axis(pd.Index([*f.columns[:-1], "\ud800"], dtype=object), axis=1),
    "labels-twice": lambda f: pd.concat([f, f[["known_on"]]], axis=1),
    "labels-case": lambda f: f.assign(Known_On=1),
    "labels-blank": lambda f: f.assign(**{"": 1, " ": 2}),
    "labels-nul": lambda f: f.assign(**{"a\x00b": 1}),
    "labels-sql": lambda f: f.assign(**{'x"; DROP TABLE registration; --': 1}),
    "labels-long": lambda f: f.assign(**{"x" * 100_000: 1}),
    "labels-own": lambda f: f.assign(source_row=1, rule="x", rules="y", as_of="z", window_end=1),
    "wide": lambda f: pd.concat([f, pd.DataFrame(np.zeros((len(f), 3000))).add_prefix("w")], axis=1),
    "index-twice": lambda f: f.set_axis([0] * len(f)),
    "index-text": lambda f: f.set_axis([f"r{i}" for i in range(len(f))]),
    "empty-rows": lambda f: f.iloc[:0],
    "empty-typed": lambda f: f.iloc[:0].astype("float64"),
    "empty-columns": lambda f: pd.DataFrame(),
    "empty-all": lambda f: pd.DataFrame(index=range(5)),
    "empty-arrow": lambda f: pa.Table.from_pandas(f, preserve_index=False).slice(0, 0),
    "empty-polars": lambda f: pl.DataFrame(schema=dict.fromkeys(f.columns, pl.Null)),
    "twice": lambda f: pd.concat([f, f]),
    "twice-reset": lambda f: pd.concat([f, f], ignore_index=True),
    "arrow-chunks": lambda f: pa.concat_tables(
        [pa.Table.from_pandas(f.iloc[i : i + 1], preserve_index=False) for i in range(len(f))]
    ),
    "arrow-batch": lambda f: pa.RecordBatch.from_pandas(f, preserve_index=False),
    "arrow-reader": lambda f: pa.Table.from_pandas(f, preserve_index=False).to_reader(),
    "arrow-names-twice": lambda f: pa.Table.from_pandas(f, preserve_index=False).append_column(
        "known_on", pa.nulls(len(f))
    ),
    "arrow-struct": lambda f: pa.Table.from_pandas(f).to_struct_array(),
    "arrow-unaligned": lambda f: pa.Table.from_pandas(pd.concat([f, f]), preserve_index=False).slice(len(f)),
    "polars-lazy": lambda f: pl.from_pandas(f).lazy(),
    "polars-series": lambda f: pl.from_pandas(f)["record_id"],
    "series": lambda f: f["record_id"],
    "index": lambda f: f.index,
    "numpy": lambda f: f.to_numpy(),
    "records": lambda f: f.to_records(),
    "dict": lambda f: f.to_dict("list"),
    "list": lambda f: f.to_dict("records"),
    "none": lambda f: None,
    "text": lambda f: f.to_csv(),
    "bytes": lambda f: b"PAR1",
    "number": lambda f: 3,
    "nan": lambda f: np.nan,
    "class": lambda f: pd.DataFrame,
    "groups": lambda f: f.groupby("entity_id"),
    "path": lambda f: Path("penalty.csv"),
    "nested": lambda f: {"penalty": f},
    "dataclass": lambda f: dataclasses.make_dataclass("F", ["x"])(f),
    "duckdb": lambda f: duckdb.connect().sql("SELECT 1 AS record_id"),
    "generator": lambda f: iter(f.columns),
    "styler": lambda f: type("Frame", (), {"columns": f.columns})(),
    "stream": lambda f: type("S", (), {"__arrow_c_stream__": lambda self, schema=None: 1})(),
    "subclass": lambda f: type("Mine", (pd.DataFrame,), {})(f),
    "transposed": lambda f: f.T,
    "shuffled-columns": lambda f: f[sorted(f.columns)],
    "sparse": lambda f: f.assign(x=pd.arrays.SparseArray([0] * len(f))),
}
