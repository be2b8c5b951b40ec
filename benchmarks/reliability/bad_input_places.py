"""Places that are no source, names that are no names, and questions that have no answer."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pandas as pd

from benchmarks.reliability.bad_input_base import good_frame, open_database, write_registration
from benchmarks.reliability.bad_input_case import Case, Damaged

NAMES = {
    "empty": "",
    "space": " ",
    "padded": "penalty ",
    "upper": "PENALTY",
    "quote": "it's",
    "quotes": '"',
    "drop": 'x"; DROP TABLE registration; --',
    "semicolon": "a;b",
    "dot": "a.b",
    "main": "main.penalty",
    "star": "*",
    "glob": "[a-z]",
    "emoji": "😀",
    "chinese": "行政处罚",
    "rtl": "\u202eytlanep",
    "newline": "a\nb",
    "escape": "\x1b[31m",
    "long": "x" * 240,
    "select": "select",
    "source": "source_registration",
    "checked": "checked_registration",
    "rejected": "rejected_registration",
    "registration-2": "registration_2",
    "percent": "%s",
    "braces": "{0}",
    "dash": "-rf",
    "tilde": "~",
    "formula": "=cmd|' /C calc'!A0",
    "sqlite": "sqlite_master",
    "information": "information_schema",
    "hash": "#",
    "backslash": "a\\b",
    "question": "a?b",
    "colon": "a:b",
    "zero-width": "pen\u200balty",
    "nul": "a\x00b",
}
QUERIES = {
    "nested": "SELECT *, [1] AS name2, {'a': 1} AS reason2 FROM given",
    "enum": "SELECT * REPLACE (entity_id::ENUM('a', 'b') AS entity_id) FROM given WHERE false",
    "hugeint": "SELECT * REPLACE (1::HUGEINT AS record_id) FROM given",
    "uuid": "SELECT * REPLACE (uuid() AS record_id) FROM given",
    "interval": "SELECT * REPLACE (INTERVAL 1 DAY AS known_on) FROM given",
    "infinity": "SELECT * REPLACE ('infinity'::DATE AS known_on) FROM given",
    "infinity-time": "SELECT * REPLACE ('-infinity'::TIMESTAMP AS known_on) FROM given",
    "timetz": "SELECT * REPLACE ('12:00:00+08'::TIMETZ AS known_on) FROM given",
    "zone": "SELECT * REPLACE ('2020-01-01 00:00:00+08'::TIMESTAMPTZ AS known_on) FROM given",
    "nanos": "SELECT * REPLACE ('2020-01-01'::TIMESTAMP_NS AS known_on) FROM given",
    "blob": "SELECT * REPLACE ('\\xAA'::BLOB AS entity_id) FROM given",
    "bit": "SELECT * REPLACE ('101'::BIT AS entity_id) FROM given",
    "union": "SELECT * REPLACE (union_value(n := 1) AS name) FROM given",
    "map": "SELECT * REPLACE (map {'a': 1} AS name) FROM given",
    "year-5881580": "SELECT * REPLACE ('5881580-07-10'::DATE AS known_on) FROM given",
    "bc": "SELECT * REPLACE ('0044-03-15 (BC)'::DATE AS known_on) FROM given",
    "decimal": "SELECT * REPLACE (1.5::DECIMAL(38, 10) AS registered_capital_cny) FROM given",
    "nan": "SELECT * REPLACE ('nan'::DOUBLE AS registered_capital_cny) FROM given",
    "null": "SELECT * REPLACE (NULL AS known_on) FROM given",
    "none": "SELECT * FROM given WHERE false",
    "twice": "SELECT * FROM given UNION ALL SELECT * FROM given",
    "json": "SELECT * REPLACE ('{\"a\": 1}'::JSON AS name) FROM given",
    "time": "SELECT * REPLACE ('12:00'::TIME AS known_on) FROM given",
    "bigint": "SELECT * REPLACE (20200101 AS known_on) FROM given",
}


def cases(rng: random.Random, number: int) -> Iterator[Case]:
    """Yield the places in random order."""
    found = [
        *(Case(name=f"place/{name}", make=make) for name, make in PLACES.items()),
        *(Case(name=f"place/file-name/{name}", make=_file_name(name)) for name in NAMES),
        *(Case(name=f"place/folder-name/{name}", make=_folder_name(name)) for name in NAMES),
        *(Case(name=f"place/table-name/{name}", make=_table_name(name)) for name in NAMES),
        *(Case(name=f"place/column-name/{name}", make=_column_name(name)) for name in NAMES),
        *(
            Case(name=f"place/{how}/{name}", make=_query(name, how))
            for name in QUERIES
            for how in ("duckdb-table", "duckdb-view", "connection", "connection-view")
        ),
    ]
    rng.shuffle(found)
    yield from found[:number]


def _given(source: Any, **rows: int | None) -> Damaged:
    return Damaged(source=source, rows=rows)


def _file_name(name: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        write_registration(folder)
        try:
            good_frame("penalty").to_csv(folder / f"{NAMES[name].replace('/', '_')}.csv", index=False)
        except (OSError, ValueError):
            (folder / f"unnamable-{name}.csv").touch()
        return _given(folder, registration=3)

    return make


def _folder_name(name: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        inner = folder / f"x{NAMES[name].replace(chr(0), '').replace('/', '_')}"
        for place in (inner, folder / "xa", folder / "xyz"):
            place.mkdir(exist_ok=True)
            good_frame("penalty", 2 if place == inner else 9).to_parquet(place / "penalty.parquet")
            write_registration(place)
        return _given(inner, registration=3, penalty=2)

    return make


def _table_name(name: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        return _given(
            {"registration": good_frame("registration"), NAMES[name]: good_frame("penalty")}, registration=3
        )

    return make


def _column_name(name: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        good_frame("registration").assign(**{NAMES[name]: "x"}).to_parquet(folder / "registration.parquet")
        return _given(folder, registration=3)

    return make


def _query(name: str, how: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        path = folder / "bureau.duckdb"
        with open_database(path) as connection:
            connection.register("good", good_frame("registration", 3, "name", "registered_capital_cny"))
            connection.execute("CREATE TABLE given AS SELECT * FROM good")
            kind = "VIEW" if how.endswith("view") else "TABLE"
            connection.execute(f"CREATE {kind} registration AS {QUERIES[name]}")
            rows = connection.sql("SELECT count(*) FROM registration").fetchall()[0]
        source = path if how.startswith("duckdb") else ibis.duckdb.connect(path)
        return _given(source, registration=rows[0])

    return make


def _link(folder: Path) -> Damaged:
    write_registration(folder)
    (folder / "penalty.csv").symlink_to(folder / "nowhere.csv")
    return _given(folder, penalty=None)


def _loop(folder: Path) -> Damaged:
    (folder / "registration.csv").symlink_to(folder / "registration.csv")
    return _given(folder, registration=None)


def _good_link(folder: Path) -> Damaged:
    (folder / "held").mkdir()
    write_registration(folder / "held")
    (folder / "registration.parquet").symlink_to(folder / "held" / "registration.parquet")
    return _given(folder, registration=3)


def _subfolder(folder: Path) -> Damaged:
    write_registration(folder)
    (folder / "penalty.parquet").mkdir()
    good_frame("penalty").to_parquet(folder / "penalty.parquet" / "part-0.parquet")
    return _given(folder, penalty=None)


def _pipe(folder: Path) -> Damaged:
    write_registration(folder)
    os.mkfifo(folder / "penalty.csv")
    return _given(folder, penalty=None)


def _forbidden(folder: Path) -> Damaged:
    write_registration(folder)
    (folder / "registration.parquet").chmod(0)
    return _given(folder, registration=3)


def _suffixes(folder: Path) -> Damaged:
    good_frame("registration").to_csv(folder / "registration.CSV", index=False)
    good_frame("penalty").to_parquet(folder / "penalty.PARQUET")
    return _given(folder, registration=3, penalty=5)


def _wrong_suffix(write: Callable[[pd.DataFrame, Path], Any]) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        write(good_frame("registration"), folder)
        return _given(folder, registration=None)

    return make


def _sqlite(folder: Path) -> Damaged:
    (folder / "bureau.db").write_bytes(b"SQLite format 3\x00" + b"\x00" * 4080)
    return _given(folder / "bureau.db", registration=None)


def _database_folder(folder: Path) -> Damaged:
    (folder / "bureau.duckdb").mkdir()
    return _given(folder / "bureau.duckdb", registration=None)


def _bad_view(folder: Path) -> Damaged:
    path = folder / "bureau.duckdb"
    with open_database(path) as connection:
        connection.execute("CREATE TABLE gone (known_on DATE)")
        connection.execute("CREATE VIEW registration AS SELECT * FROM gone")
        connection.execute("DROP TABLE gone")
    return _given(path, registration=None)


def _held_open(folder: Path) -> Damaged:
    path = folder / "bureau.duckdb"
    with open_database(path) as connection:
        connection.execute("CREATE TABLE registration (known_on DATE)")
    (folder / "bureau.duckdb.wal").write_bytes(b"\xff" * 100)
    return _given(path, registration=None)


def _closed(folder: Path) -> Damaged:
    connection = ibis.duckdb.connect()
    connection.disconnect()
    return _given(connection, registration=None)


def _thing(thing: Any) -> Callable[[Path], Damaged]:
    return lambda folder: _given(thing, registration=None)


PLACES: dict[str, Callable[[Path], Damaged]] = {
    "broken-link": _link,
    "loop": _loop,
    "link": _good_link,
    "subfolder": _subfolder,
    "pipe": _pipe,
    "forbidden": _forbidden,
    "suffixes": _suffixes,
    "sqlite": _sqlite,
    "database-folder": _database_folder,
    "bad-view": _bad_view,
    "bad-wal": _held_open,
    "closed-connection": _closed,
    "parquet-as-csv": _wrong_suffix(lambda f, d: f.to_parquet(d / "registration.csv")),
    "csv-as-parquet": _wrong_suffix(lambda f, d: f.to_csv(d / "registration.parquet")),
    "json-as-csv": _wrong_suffix(lambda f, d: f.to_json(d / "registration.csv")),
    "pickle-as-parquet": _wrong_suffix(lambda f, d: f.to_pickle(d / "registration.parquet")),
    "gzip-csv": _wrong_suffix(lambda f, d: f.to_csv(d / "registration.csv", compression="gzip")),
    "zip-csv": _wrong_suffix(lambda f, d: f.to_csv(d / "registration.csv", compression="zip")),
    "html-as-csv": _wrong_suffix(lambda f, d: (d / "registration.csv").write_text(f.to_html())),
    "txt": _wrong_suffix(lambda f, d: f.to_csv(d / "registration.txt")),
    "tsv": _wrong_suffix(lambda f, d: f.to_csv(d / "registration.csv", sep="\t")),
    "database-as-parquet": _wrong_suffix(
        lambda f, d: duckdb.connect(str(d / "registration.parquet")).close()
    ),
    "empty-folder": lambda folder: _given(folder, registration=None),
    "no-folder": lambda folder: _given(folder / "none", registration=None),
    "text-none": _thing("no/such/folder"),
    "text-nul": _thing("a\x00b"),
    "text-long": _thing("x" * 5000),
    "text-url": _thing("https://example.org/records"),
    "text-postgres": _thing("postgresql://u:p@h/d"),
    "text-star": _thing("*"),
    "text-newline": _thing("a\nb"),
    "text-surrogate": _thing("\ud800"),
    "device": _thing(Path("/dev/null")),
    "none": _thing(None),
    "number": _thing(3),
    "bytes": _thing(b"folder"),
    "list": _thing([]),
    "empty-dict": _thing({}),
    "dict-int": _thing({1: None}),
    "dict-none": _thing({None: 1}),
    "dict-mixed": _thing({"registration": None, 1: None}),
    "frame": lambda folder: _given(good_frame("registration"), registration=None),
    "set": _thing({"registration"}),
    "class": _thing(dict),
    "object": _thing(object()),
    "nan": _thing(float("nan")),
}
