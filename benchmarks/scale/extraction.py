"""45 indicators of a million entities: the scan and Ibis against DuckDB SQL, polars and pandas by hand.

    python -m benchmarks.scale.extraction [--quick] [--entities 1000000] [--events 20000000] [--small]

Every side reads the same Parquet files and is timed from there to the finished table, sorted by entity: the
best of three runs (pandas: one), each side in a process of its own. Compiled functions are loaded before the
clock starts. All results are compared, to a relative 1e-9. Then 8 million entities with 100 million records,
by the scan and by Ibis, unless `--small`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.scale.extraction_peers.names import names
from benchmarks.scale.extraction_records import write_records
from benchmarks.table import Bar, print_bars, print_json, print_table

DAY = "2025-01-01"
PANEL = (
    "2023-04-01",
    "2023-07-01",
    "2023-10-01",
    "2024-01-01",
    "2024-04-01",
    "2024-07-01",
    "2024-10-01",
    DAY,
)
PEERS = {"DuckDB SQL": "duckdb", "polars lazy": "polars", "pandas": "pandas"}

Figures = dict[str, float]


def once(method: str, folder: Path, days: Sequence[str], out: Path, *more: str) -> Figures:
    """Run one method in a process of its own; its results are left in a folder.

    Parameters
    ----------
    method : str
        One of `benchmarks.scale.extraction_once.METHODS`.
    folder : Path
        With the records.
    days : sequence of str
        The as-of dates.
    out : Path
        Where the results go.
    *more : str
        Further arguments.

    Returns
    -------
    dict of str to float
        Seconds, CPU seconds and peak memory in GB.
    """
    out.mkdir()
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.scale.extraction_once"]
    command += [method, str(folder), *days, "--out", str(out), *more]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def differences(one: pd.DataFrame, other: pd.DataFrame) -> int:
    """Return how many values differ by more than rounding, rows that only one side has included."""
    if not one.index.equals(other.index):
        return max(len(one), len(other)) * len(names())
    close = np.isclose(one.to_numpy(), other.to_numpy(), rtol=1e-9, atol=1e-9, equal_nan=True)
    return int((~close).sum())


def compare(folder: Path) -> dict[str, int]:
    """Return the differences of every result from hand-written SQL."""
    truth = pd.read_parquet(folder / "duckdb" / "0.parquet")
    found = {
        name: differences(pd.read_parquet(folder / name / "0.parquet"), truth)
        for name in ("scan", "ibis", "polars", "pandas")
    }
    panel = pd.read_parquet(folder / "panel" / "0.parquet")
    found["panel"] = sum(
        differences(panel.xs(pd.Timestamp(day)), pd.read_parquet(folder / "queries" / f"{number}.parquet"))
        for number, day in enumerate(PANEL)
    )
    return found


def bars_of(figures: dict[str, Figures], different: dict[str, int]) -> dict[str, Bar]:
    """Return what the figures have to reach."""
    seconds = {name: own["seconds"] for name, own in figures.items()}
    return {
        "Ibis as a multiple of SQL": _at_most(seconds["ibis"] / seconds["DuckDB SQL"], 1.05),
        "scan: times faster than polars": _at_least(seconds["polars lazy"] / seconds["scan"], 2),
        "scan: times faster than SQL": _at_least(seconds["DuckDB SQL"] / seconds["scan"], 3.5),
        "scan: peak memory (GB)": _at_most(figures["scan"]["peak_gb"], 6),
        "panel of 8 dates as a multiple of one": _at_most(seconds["panel"] / seconds["scan"], 2.5),
        "panel: times faster than 8 queries": _at_least(seconds["8 SQL queries"] / seconds["panel"], 12),
        "values that differ": _at_most(sum(different.values()), 0),
    }


def _at_most(value: float, limit: float) -> Bar:
    return Bar(value=value, sign="≤", limit=limit)


def _at_least(value: float, limit: float) -> Bar:
    return Bar(value=value, sign="≥", limit=limit)


def run(entities: int, events: int, *, large: bool) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    entities, events : int
        How many.
    large : bool
        Whether to run 8 million entities as well.
    """
    with tempfile.TemporaryDirectory() as place:
        records, out = Path(place) / "records", Path(place) / "results"
        for folder in (records, out):
            folder.mkdir()
        write_records(records, entities, events)
        best = ("--repeats", "3")
        figures = {
            "scan": once("scan", records, [DAY], out / "scan", *best),
            "panel": once("scan", records, PANEL, out / "panel", "--repeats", "2"),
            "ibis": once("ibis", records, [DAY], out / "ibis", *best),
            "DuckDB SQL": once("duckdb", records, [DAY], out / "duckdb", *best),
            "8 SQL queries": once("duckdb", records, PANEL, out / "queries"),
            "polars lazy": once("polars", records, [DAY], out / "polars", *best),
            "pandas": once("pandas", records, [DAY], out / "pandas"),
        }
        different = compare(out)
    about: dict[str, Any] = {"entities": entities, "events": events, "cores": os.cpu_count()}
    about |= {"different_values": different} | ({"large": _large()} if large else {})
    _tell(figures, bars_of(figures, different), about)


def _large() -> dict[str, Figures]:
    with tempfile.TemporaryDirectory() as place:
        records = Path(place) / "records"
        records.mkdir()
        write_records(records, 8_000_000, 100_000_000)
        return {method: once(method, records, [DAY], Path(place) / method) for method in ("scan", "ibis")}


def _tell(figures: dict[str, Figures], bars: dict[str, Bar], about: dict[str, Any]) -> None:
    title = f"{about['entities']:,} entities, {about['events']:,} events, {about['cores']} cores"
    print_table(title, figures)
    if "large" in about:
        print_table("8,000,000 entities, 100,000,000 events in Parquet files", about["large"])
        for name, own in about["large"].items():
            bars[f"large, {name}: peak memory (GB)"] = _at_most(own["peak_gb"], 10)
    print_bars(bars)
    peers = {name: figures[name] for name in (*PEERS, "8 SQL queries")}
    ours = {name: figures[name] for name in ("scan", "panel", "ibis")}
    print_json("scale.extraction", ours | about, peers, bars)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and run.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(description="Extraction of 45 indicators against peers, by hand.")
    parser.add_argument("--entities", type=int, default=1_000_000, help="how many entities")
    parser.add_argument("--events", type=int, default=20_000_000, help="how many records")
    parser.add_argument("--quick", action="store_true", help="50,000 entities with a million records")
    parser.add_argument("--small", action="store_true", help="without the 8 million entities")
    given = parser.parse_args(arguments)
    entities, events = (50_000, 1_000_000) if given.quick else (given.entities, given.events)
    run(entities, events, large=not (given.small or given.quick))


if __name__ == "__main__":
    main()
