"""One way to compute the indicators in a process of its own: its times, its memory and its result."""

import argparse
import datetime as dt
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.scale.extraction_peers.names import names
from creditrisk.indicators.extractor import IndicatorExtractor

METHODS = ("scan", "ibis", "duckdb", "polars", "pandas")


def prepared(method: str, folder: Path) -> Callable[[list[dt.date]], list[Any]]:
    """Return what reads the records and computes the indicators of some days."""
    if method in ("scan", "ibis"):
        from benchmarks.scale import extraction_ours

        records = extraction_ours.load(folder)
        extractor = IndicatorExtractor(
            extraction_ours.system(), executor="scan" if method == "scan" else "sql"
        )
        if method == "ibis":
            return lambda days: [extractor.transform(records.as_of(day)) for day in days]
        return lambda days: [
            extractor.panel(records, days) if len(days) > 1 else extractor.transform(records.as_of(days[0]))
        ]
    if method == "duckdb":
        from benchmarks.scale.extraction_peers import duckdb_by_hand as peer
    elif method == "polars":
        from benchmarks.scale.extraction_peers import polars_lazy as peer
    else:
        from benchmarks.scale.extraction_peers import pandas_groupby as peer
    held = peer.load(folder)
    return lambda days: [peer.extract(held, day) for day in days]


def frame_of(result: Any) -> pd.DataFrame:
    """Return a result of any kind as numbers, sorted by its index."""
    if not isinstance(result, pd.DataFrame):
        result = result.to_pandas()
    if "entity_id" in result.columns:
        result = result.set_index("entity_id")
    return result[names()].astype(np.float64).sort_index()


def main(arguments: list[str] | None = None) -> None:
    """Run one method and print its figures.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("method", choices=METHODS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("days", nargs="+", type=dt.date.fromisoformat)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    compute = prepared(given.method, given.folder)
    if given.method == "scan":
        compute(given.days[:1])
    walls, cpus, results = [], [], []
    for _ in range(given.repeats):
        results = []
        began, used = time.perf_counter(), time.process_time()
        results = compute(given.days)
        walls.append(time.perf_counter() - began)
        cpus.append(time.process_time() - used)
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
    if given.out:
        for number, result in enumerate(results):
            frame_of(result).to_parquet(given.out / f"{number}.parquet")
    best = int(np.argmin(walls))
    print(json.dumps({"seconds": walls[best], "cpu_seconds": cpus[best], "peak_gb": peak}))


if __name__ == "__main__":
    main()
