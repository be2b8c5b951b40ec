"""Questions that have no answer, put to good records: days, spans, definitions, cohorts and command lines."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.reliability.bad_input_base import good_frame
from benchmarks.reliability.bad_input_command import run_command_line
from benchmarks.reliability.bad_input_judge import Verdict, judge_error, last_lines
from creditrisk.errors import CreditRiskError
from creditrisk.records.read import read_records
from creditrisk.records.records import Records

DAYS: dict[str, Any] = {
    "zeros": "0000-00-00",
    "feb-30": "2024-02-30",
    "empty": "",
    "word": "tomorrow",
    "none": None,
    "number": 20240101,
    "float": 2024.5,
    "nan": float("nan"),
    "nat": pd.NaT,
    "list": ["2024-01-01"],
    "year-1": "0001-01-01",
    "year-9999": "9999-12-31",
    "date-max": dt.date.max,
    "date-min": dt.date.min,
    "far": np.datetime64("99999-01-01"),
    "bytes": b"2024-01-01",
    "excel": "45292",
    "slashes": "2024/01/01",
    "zone": "2024-01-01T00:00:00Z",
    "padded": " 2024-01-01 ",
    "inf": float("inf"),
    "true": True,
    "tuple": (2024, 1, 1),
    "dict": {},
    "early": "1899-01-01",
    "nul": "2024-01-01\x00",
    "compact": "20240101",
    "frame-empty": pd.DataFrame(),
    "frame-columns": pd.DataFrame({"entity_id": ["e1"]}),
    "frame-nat": pd.DataFrame({"entity_id": ["e1"], "as_of": [pd.NaT]}),
    "frame-unknown": pd.DataFrame({"entity_id": ["zz"], "as_of": ["2024-01-01"]}),
    "frame-twice": pd.DataFrame({"entity_id": ["e1", "e1"], "as_of": ["2024-01-01"] * 2}),
    "frame-bad-day": pd.DataFrame({"entity_id": ["e1"], "as_of": ["31/12/2023"]}),
    "frame-sql": pd.DataFrame({"entity_id": ["'; DROP TABLE registration; --"], "as_of": ["2024-01-01"]}),
    "frame-lists": pd.DataFrame({"entity_id": [["e1"]], "as_of": ["2024-01-01"]}),
    "frame-list-days": pd.DataFrame({"entity_id": ["e1"], "as_of": [["2024-01-01"]]}),
    "frame-nul": pd.DataFrame({"entity_id": ["a\x00"], "as_of": ["2024-01-01"]}),
    "frame-labels-twice": pd.DataFrame(
        [["e1", "e1", "2024-01-01"]], columns=["entity_id", "entity_id", "as_of"]
    ),
    "frame-max": pd.DataFrame({"entity_id": ["e1"], "as_of": [dt.date.max]}),
    "frame-surrogate": pd.DataFrame(
        {"entity_id": pd.Series(["\ud800"], dtype=object), "as_of": ["2024-01-01"]}
    ),
}
SPANS: dict[str, Any] = {
    "zero": 0,
    "minus": -1,
    "huge": 10**9,
    "huger": 10**30,
    "float": 1.5,
    "text": "12",
    "none": None,
    "true": True,
    "nan": float("nan"),
    "long": 120_000,
}
DEFINITIONS: dict[str, Any] = {
    "unknown": "violatoin",
    "number": 3,
    "path": "no/such.toml",
    "folder": ".",
    "nul": "a\x00.toml",
    "long": "x" * 5000,
    "bytes": b"violation",
    "list": ["violation"],
    "dict": {"name": "x"},
    "newline": "a\nb",
    "upper": "VIOLATION",
}
LINES: dict[str, list[str]] = {
    "no-folder": ["assess", "{}/none", "--as-of", "2024-01-01", "--out", "{}/out"],
    "bad-day": ["assess", "{}", "--as-of", "2024-02-30", "--out", "{}/out"],
    "no-system": ["assess", "{}", "--as-of", "2024-01-01", "--out", "{}/out", "--system", "generall"],
    "bad-shares": ["assess", "{}", "--as-of", "2024-01-01", "--out", "{}/out", "--shares", "A=2,B=x"],
    "no-mapping": ["assess", "{}", "--as-of", "2024-01-01", "--out", "{}/out", "--mapping", "{}/none.toml"],
    "csv-as-mapping": [
        "assess",
        "{}",
        "--as-of",
        "2024-01-01",
        "--out",
        "{}/out",
        "--mapping",
        "{}/registration.csv",
    ],
    "nothing-inspected": ["assess", "{}", "--as-of", "2024-01-01", "--out", "{}/out"],
    "out-is-a-file": ["assess", "{}", "--as-of", "2024-01-01", "--out", "{}/registration.csv"],
    "simulate-none": ["simulate", "{}/sim", "--entities", "0"],
    "simulate-minus": ["simulate", "{}/sim", "--entities", "-5"],
    "compare-nothing": ["compare-truth", "{}/none", "{}/none.parquet"],
    "compare-csv": ["compare-truth", "{}/registration.csv", "{}/registration.csv"],
    "audit-day": ["audit", "{}", "--as-of", "0000-00-00"],
    "audit-folder": ["audit", "{}/none", "--as-of", "2024-01-01"],
    "map-check-nothing": ["map-check", "{}/none.toml", "{}"],
    "map-check-csv": ["map-check", "{}/registration.csv", "{}"],
}

type Question = Callable[[Path], Verdict]


def questions(rng: random.Random, number: int) -> Iterator[tuple[str, Question]]:
    """Yield the questions in random order, each with its name."""
    found: list[tuple[str, Question]] = [
        *(
            (f"question/as-of/{name}", _asked(lambda r, day=day: r.as_of(day).spine.to_pyarrow()))
            for name, day in DAYS.items()
        ),
        *(
            (f"question/outcomes/{name}", _asked(lambda r, day=day: r.outcomes(day)))
            for name, day in DAYS.items()
        ),
        *(
            (f"question/known-by/{name}", _asked(lambda r, day=day: r.outcomes("2020-01-02", known_by=day)))
            for name, day in DAYS.items()
            if not name.startswith("frame")
        ),
        *(
            (f"question/months/{name}", _asked(lambda r, span=span: r.outcomes("2020-01-02", months=span)))
            for name, span in SPANS.items()
        ),
        *(
            (f"question/definition/{name}", _asked(lambda r, d=d: r.outcomes("2020-01-02", definition=d)))
            for name, d in DEFINITIONS.items()
        ),
        *(
            (f"question/rejections/{name}", _asked(lambda r, n=n: r.rejections.rows(n)))
            for name, n in {**SPANS, **DEFINITIONS}.items()
        ),
        *(
            (f"question/mapping/{name}", _mapped(thing))
            for name, thing in {**SPANS, **DEFINITIONS}.items()
            if thing is not None
        ),
        *((f"question/command-line/{name}", _typed(line)) for name, line in LINES.items()),
    ]
    rng.shuffle(found)
    yield from found[:number]


@cache
def _records() -> Records:
    return read_records({name: good_frame(name) for name in ("registration", "inspection", "penalty")})


def _asked(ask: Callable[[Records], Any]) -> Question:
    return lambda folder: _answered(lambda: ask(_records()))


def _mapped(thing: Any) -> Question:
    return lambda folder: _answered(
        lambda: read_records({"registration": good_frame("registration")}, mapping=thing)
    )


def _answered(ask: Callable[[], Any]) -> Verdict:
    try:
        ask()
    except CreditRiskError as error:
        return judge_error(error)
    except Exception as error:
        return Verdict(kind="traceback", note=last_lines(error))
    return Verdict(kind="accounted")


def _typed(line: list[str]) -> Question:
    def ask(folder: Path) -> Verdict:
        good_frame("registration").to_csv(folder / "registration.csv", index=False)
        return run_command_line([part.format(folder) for part in line])

    return ask
