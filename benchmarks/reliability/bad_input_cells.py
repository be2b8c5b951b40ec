"""Bad cells: one value that nobody expects, in one or in all rows of one column, in every format."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.reliability.bad_input_base import ROWS, good_frame, ids_of, open_database
from benchmarks.reliability.bad_input_case import Case, Damaged
from creditrisk.records.schema import Column, ColumnType
from creditrisk.records.tables import TABLES

TEXTS = {
    "million": "长" * 1_000_000,
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1+1",
    "at": "@SUM(1,1)",
    "minus": "-2+3",
    "drop": "'; DROP TABLE registration; --",
    "quote-drop": 'x"); DROP TABLE "registration"; --',
    "union": "' UNION SELECT * FROM information_schema.tables --",
    "nul": "a\x00b",
    "only-nul": "\x00",
    "escape": "\x1b[31mred\x1b[0m",
    "bell": "\x07\x08\x0b\x0c",
    "ctrl-z": "a\x1ab",
    "delete": "\x7f",
    "emoji": "😀👨‍👩‍👧‍👦🇨🇳",
    "rtl": "\u202eevil\u202c",
    "hebrew": "שלום",
    "bom": "\ufeffx",
    "zero-width": "\u200b\u200d",
    "wide-space": "\u3000",
    "no-break": "\u00a0",
    "nel": "a\x85b",
    "line-separator": "a\u2028b\u2029c",
    "space": "   ",
    "tab": "\t",
    "newline": "a\nb",
    "crlf": "a\r\nb",
    "cr": "a\rb",
    "quote": '"',
    "quotes": '""',
    "comma": ",",
    "semicolon": ";",
    "backslash": "\\",
    "percent": "%s%d{}{0}",
    "jndi": "${jndi:ldap://x/y}",
    "path": "../../../etc/passwd",
    "script": "<script>alert(1)</script>",
    "zalgo": "Z" + "\u0301" * 5000,
    "private": "\ue000\U0010fffd",
    "noncharacter": "\ufffe\uffff",
    "null": "NULL",
    "none": "None",
    "na": "N/A",
    "hash-na": "#N/A",
    "dash": "-",
    "wu": "无",
    "dotted-i": "İ",
    "sharp-s": "ß",
    "empty": "",
    "json": '{"a": [1, null]}',
    "like": "%_",
    "regex": "(a+)+$",
    "star": "*",
    "question": "?",
}
NUMBERS = {
    "negative": "-1",
    "minus-zero": "-0",
    "tiny-negative": "-1e-320",
    "1e400": "1e400",
    "-1e400": "-1e400",
    "1e308": "1.7976931348623157e308",
    "1e-400": "1e-400",
    "inf": "inf",
    "infinity": "-Infinity",
    "nan": "nan",
    "nan-code": "NaN(123)",
    "hex": "0x1F",
    "underscore": "1_000",
    "thousands": "1,000.00",
    "european": "1.000,00",
    "yen": "￥100",
    "yuan": "100元",
    "wan": "1.5万",
    "arabic": "١٢٣",
    "fullwidth": "１２３",
    "chinese": "一百",
    "digits": "9" * 400,
    "int64": str(2**63 - 1),
    "int64-over": str(2**63),
    "int64-under": str(-(2**63) - 1),
    "uint64": str(2**64 - 1),
    "int128": str(2**127),
    "exact": str(2**53),
    "inexact": str(2**53 + 1),
    "fraction": "3.7",
    "exponent": "1e3",
    "dot": "1.",
    "only-dot": ".",
    "padded": "  5 ",
    "plus": "+5",
    "minuses": "--5",
    "share": "5%",
    "unfinished": "1e",
    "long-fraction": "0." + "1" * 400,
    "boolean": "true",
    "spaced": "1 000",
    "apostrophe": "1'000",
    "decimal": "0.1000000000000000055511151231257827",
}
DATES = {
    "zeros": "0000-00-00",
    "year-0": "0000-01-01",
    "year-1": "0001-01-01",
    "1899": "1899-12-31",
    "1900": "1900-01-01",
    "max": "9999-12-31",
    "10000": "10000-01-01",
    "99999": "99999-01-01",
    "negative": "-0044-03-15",
    "feb-30": "2020-02-30",
    "feb-31": "2020-02-31",
    "feb-29": "2021-02-29",
    "month-13": "2020-13-01",
    "month-0": "2020-00-10",
    "day-0": "2020-01-00",
    "day-32": "2020-01-32",
    "short": "2020-1-1",
    "slashes": "2020/01/01",
    "mixed": "2020/01-01",
    "us": "01/02/2020",
    "british": "31/12/2020",
    "compact": "20200101",
    "excel": "43831",
    "excel-fraction": "43831.5",
    "zulu": "2020-01-01T00:00:00Z",
    "west": "2020-01-01T23:30:00-12:00",
    "east": "2020-01-01T00:30:00+14:00",
    "over-max": "9999-12-31T23:59:59-12:00",
    "hour-24": "2020-01-01 24:00:00",
    "hour-25": "2020-01-01 25:00:00",
    "leap-second": "2016-12-31 23:59:60",
    "chinese": "2020年1月1日",
    "numerals": "二〇二〇年一月一日",
    "week": "2020-W01-1",
    "ordinal": "2020-001",
    "epoch": "1577836800",
    "millis": "1577836800000",
    "today": "today",
    "now": "now",
    "infinity": "infinity",
    "minus-infinity": "-infinity",
    "epoch-word": "epoch",
    "bc": "2020-01-01 (BC)",
    "bc-bare": "2020-01-01 BC",
    "padded": "  2020-01-01 ",
    "nul": "2020-01-01\x00",
    "dashes": "2020–01–01",
    "fullwidth": "２０２０-０１-０１",
    "nanos": "2020-01-01T00:00:00.123456789",
    "two-digit": "20-01-01",
    "words": "1 January 2020",
    "zone-name": "2020-01-01 00:00:00 Asia/Shanghai",
    "unknown-zone": "2020-01-01 00:00:00 Mars/Base",
    "time-rubbish": "2020-01-01 rubbish",
    "t-only": "2020-01-01T",
    "future": "2999-01-01",
}
BAD = {
    **{f"text-{k}": v for k, v in TEXTS.items()},
    **{f"number-{k}": v for k, v in NUMBERS.items()},
    **{f"date-{k}": v for k, v in DATES.items()},
}
FORMATS = ("csv", "csv-gb18030", "parquet", "pandas", "polars", "arrow", "duckdb")
FITTING = {
    ColumnType.DATE: "date-",
    ColumnType.FLOAT: "number-",
    ColumnType.INTEGER: "number-",
    ColumnType.STRING: "text-",
    ColumnType.BOOLEAN: "",
}


def cases(rng: random.Random, number: int) -> Iterator[Case]:
    """Yield that many, no two alike: table, column, value, rows and format drawn at random.

    Three in four values are of the kind that the column should have, because those go deepest.
    """
    columns = [(table, column) for table in TABLES.values() for column in table.columns]
    seen: set[str] = set()
    while len(seen) < number:
        table, column = rng.choice(columns)
        if rng.random() < 0.4:
            table = TABLES["registration"]
            column = rng.choice(table.columns)
        kind = FITTING[column.type] if rng.random() < 0.75 else ""
        value = rng.choice([name for name in BAD if name.startswith(kind)])
        where = rng.choice(("one", "one", "two", "all"))
        format_ = rng.choice(FORMATS)
        name = f"cell/{format_}/{table.name}.{column.name}/{value}/{where}"
        if name not in seen:
            seen.add(name)
            yield Case(name=name, make=_maker(table.name, column, value, where, format_))


def _maker(table: str, column: Column, value: str, where: str, format_: str) -> Any:
    def make(folder: Path) -> Damaged:
        frame = good_frame(table, ROWS, column.name).astype(object)
        touched = {"one": [1], "two": [0, 2], "all": range(len(frame))}[where]
        for row in touched:
            frame.loc[row, column.name] = BAD[value]
        return damaged_frame(frame, table, column.name, format_, folder)

    return make


def damaged_frame(frame: pd.DataFrame, table: str, column: str, format_: str, folder: Path) -> Damaged:
    """Return a registry of which one table is damaged, in a format; the damaged column is text."""
    frames = {"registration": good_frame("registration")} | {
        table: frame.assign(**{column: frame[column].map(_text)})
    }
    rows: dict[str, int | None] = {name: len(one) for name, one in frames.items()}
    ids = {} if column == "record_id" else {table: ids_of(frame)}
    return Damaged(source=_SOURCES[format_](frames, folder), rows=rows, ids=ids)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _arrow(frames: dict[str, pd.DataFrame], folder: Path) -> dict[str, pa.Table]:
    return {
        name: pa.table({column: pa.array(frame[column].tolist()) for column in frame})
        for name, frame in frames.items()
    }


def _polars(frames: dict[str, pd.DataFrame], folder: Path) -> dict[str, pl.DataFrame]:
    return {name: pl.DataFrame(table) for name, table in _arrow(frames, folder).items()}


def _parquet(frames: dict[str, pd.DataFrame], folder: Path) -> Path:
    for name, table in _arrow(frames, folder).items():
        pq.write_table(table, folder / f"{name}.parquet")
    return folder


def _csv(frames: dict[str, pd.DataFrame], folder: Path) -> Path:
    for name, frame in frames.items():
        text = frame.to_csv(index=False, lineterminator="\n")
        (folder / f"{name}.csv").write_bytes(text.encode())
    return folder


def _gb18030(frames: dict[str, pd.DataFrame], folder: Path) -> Path:
    for name, frame in frames.items():
        text = frame.to_csv(index=False, lineterminator="\r\n")
        (folder / f"{name}.csv").write_bytes(text.encode("gb18030"))
    return folder


def _duckdb(frames: dict[str, pd.DataFrame], folder: Path) -> Path:
    path = folder / "bureau.duckdb"
    with open_database(path) as connection:
        for name, table in _arrow(frames, folder).items():
            connection.register("given", table)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')
            connection.unregister("given")
    return path


_SOURCES = {
    "csv": _csv,
    "csv-gb18030": _gb18030,
    "parquet": _parquet,
    "pandas": lambda frames, folder: frames,
    "polars": _polars,
    "arrow": _arrow,
    "duckdb": _duckdb,
}
