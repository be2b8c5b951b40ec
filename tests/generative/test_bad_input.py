"""Whatever comes in, it is refused in one sentence or every row of it is accepted or rejected.

The assertion itself is the benchmark's; its twins at the end show that it sees a reader that loses rows,
alters them or mumbles.
"""

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from benchmarks.reliability.bad_input_base import good_frame, write_registration
from benchmarks.reliability.bad_input_case import Damaged, csv_table
from benchmarks.reliability.bad_input_judge import judge
from hypothesis import given, settings
from hypothesis import strategies as st

from creditrisk.errors import SourceError
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.rejections import Rejections

COLUMNS = ("record_id", "entity_id", "occurred_on", "known_on", "fine_cny", "severity")
LIKELY = st.sampled_from(
    ["e1", "2020-01-01", "2020-02-30", "1", "-1", "1e400", "nan", "", " ", "\x00", '"', ",", "长"]
)
CELLS = st.one_of(
    st.none(),
    LIKELY,
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.booleans(),
    st.binary(max_size=4),
    st.decimals(),
    st.timedeltas(),
    st.lists(st.integers(), max_size=2),
)
PLACES = st.integers(0, 10_000)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("cut"), PLACES, st.just(b"")),
        st.tuples(st.just("remove"), PLACES, st.binary(min_size=1, max_size=20)),
        st.tuples(
            st.just("insert"),
            PLACES,
            st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"\xff", b'"\n"', b",,"]),
        ),
        st.tuples(st.just("insert"), PLACES, st.binary(max_size=4)),
    ),
    max_size=4,
)


def frames() -> st.SearchStrategy[pd.DataFrame]:
    """Draw penalties of which every cell may be anything."""
    row = st.tuples(
        *(st.one_of(st.just(good_frame("penalty", 1, *COLUMNS)[name][0]), CELLS) for name in COLUMNS)
    )
    return st.lists(row, max_size=6).map(lambda rows: pd.DataFrame(rows, columns=COLUMNS, dtype=object))


def judged(penalties: pd.DataFrame) -> Any:
    """Judge a registry with these penalties."""
    source = {"registration": good_frame("registration"), "penalty": penalties}
    return judge(Damaged(source=source, rows={"penalty": len(penalties)}))


def judged_csv(rows: list[list[str]], encoding: str, edits: list[tuple[str, int, bytes]]) -> Any:
    """Judge a folder with a CSV file of these rows, edited byte by byte."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([list(COLUMNS), *rows])
    content = text.getvalue().encode(encoding, errors="replace")
    for kind, place, piece in edits:
        at = place % (len(content) + 1)
        skipped = len(piece) if kind == "remove" else 0
        content = (
            content[:at]
            if kind == "cut"
            else content[:at] + (b"" if skipped else piece) + content[at + skipped :]
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_registration(folder)
        (folder / "penalty.csv").write_bytes(content)
        number, ids = csv_table(content)
        return judge(Damaged(source=folder, rows={"penalty": number}, ids={"penalty": ids} if ids else {}))


TEXTS = st.lists(st.lists(st.one_of(LIKELY, st.text(max_size=8)), min_size=6, max_size=6), max_size=6)
ENCODINGS = st.sampled_from(["utf-8", "gb18030", "utf-8-sig", "utf-16", "latin-1", "big5"])


@given(penalties=frames())
def test_every_row_of_a_frame_is_accounted_for(penalties: pd.DataFrame) -> None:
    verdict = judged(penalties)
    assert verdict.good, verdict


@given(rows=TEXTS, encoding=ENCODINGS, edits=EDITS)
def test_every_row_of_a_file_is_accounted_for(
    rows: list[list[str]], encoding: str, edits: list[tuple[str, int, bytes]]
) -> None:
    verdict = judged_csv(rows, encoding, edits)
    assert verdict.good, verdict


@pytest.mark.slow
@settings(max_examples=60)
@given(penalties=frames())
def test_every_row_of_many_frames_is_accounted_for(penalties: pd.DataFrame) -> None:
    verdict = judged(penalties)
    assert verdict.good, verdict


@pytest.mark.slow
@settings(max_examples=120)
@given(rows=TEXTS, encoding=ENCODINGS, edits=EDITS)
def test_every_row_of_many_files_is_accounted_for(
    rows: list[list[str]], encoding: str, edits: list[tuple[str, int, bytes]]
) -> None:
    verdict = judged_csv(rows, encoding, edits)
    assert verdict.good, verdict


def _loses_a_row(source: Any, mapping: Any = None) -> Records:
    records = read_records(source, mapping=mapping)
    kept = records.tables["penalty"].filter(records.tables["penalty"].record_id != "penalty-0")
    return replace(records, tables={**records.tables, "penalty": kept})


def _changes_a_row(source: Any, mapping: Any = None) -> Records:
    records = read_records(source, mapping=mapping)
    penalty = records.tables["penalty"]
    other = penalty.mutate(record_id=penalty.record_id.replace("penalty-0", "penalty-1"))
    return replace(records, tables={**records.tables, "penalty": other})


def _forgets_rejections(source: Any, mapping: Any = None) -> Records:
    records = read_records(source, mapping=mapping)
    return replace(records, rejections=Rejections(by_table={}, read=tuple(records.tables)))


def _passes_over_a_table(source: Any, mapping: Any = None) -> Records:
    return read_records({"registration": source["registration"]}, mapping=mapping)


def _falls_over(source: Any, mapping: Any = None) -> Records:
    raise ValueError("invalid literal")


def _mumbles(source: Any, mapping: Any = None) -> Records:
    raise SourceError("cannot read:\nTraceback of a library")


def _raises_at_length(source: Any, mapping: Any = None) -> Records:
    raise SourceError("x" * 1_000_000 + ".")


@pytest.mark.parametrize(
    ("reader", "kind"),
    [
        (_loses_a_row, "unaccounted"),
        (_changes_a_row, "unaccounted"),
        (_forgets_rejections, "unaccounted"),
        (_passes_over_a_table, "unaccounted"),
        (_falls_over, "traceback"),
        (_mumbles, "sentence"),
        (_raises_at_length, "sentence"),
    ],
)
def test_a_reader_that_does_otherwise_is_caught(reader: Callable[..., Records], kind: str) -> None:
    penalties = good_frame("penalty", 5, "fine_cny").assign(fine_cny=[1.0, 2.0, 3.0, 4.0, -1.0])
    source = {"registration": good_frame("registration"), "penalty": penalties}
    damaged = Damaged(source=source, rows={"penalty": 5}, ids={"penalty": penalties["record_id"].tolist()})
    assert judge(damaged).kind == "accounted"
    assert judge(damaged, reader).kind == kind
