"""Scoring on Spark with one core and with two: how it grows, and what that means for 180 million entities.

    python -m benchmarks.scale.spark [--rows 1000000] [--quick]

A Parquet file of 45 indicators is scored by `summary_on_spark` in sessions of their own, ``local[1]`` and
``local[2]``, in turn; the result is thrown away. The first run of a session, which starts the Python workers
and loads the model, is not counted; the best of the others is. The same kernel without Spark, on one thread,
scores the same rows.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.scale.one_entity import model
from benchmarks.scale.scoring_posterior import COLUMNS, indicators
from benchmarks.table import Bar, print_bars, print_json, print_table

CUTS = (100.0, 1000.0, 10_000.0)
NATION = 180_000_000
SESSIONS = 2
_SESSION = """
import json, os, sys, time, warnings
os.environ["PYSPARK_PYTHON"] = sys.executable
warnings.simplefilter("ignore")
from pyspark.sql import SparkSession
from creditrisk.models.scoring.spark import summary_on_spark
file, rows, cores, cuts = sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])
session = (
    SparkSession.builder.master(f"local[{cores}]")
    .config("spark.ui.enabled", "false").config("spark.log.level", "ERROR")
    .config("spark.driver.memory", "2g").config("spark.sql.files.maxPartitionBytes", "16m")
    .getOrCreate()
)
seconds = []
for _ in range(5):
    began = time.perf_counter()
    scored = summary_on_spark(session.read.parquet(rows), file, cuts=cuts)
    scored.write.format("noop").mode("overwrite").save()
    seconds.append(time.perf_counter() - began)
print(json.dumps(seconds))
session.stop()
"""


def on_spark(folder: Path, cores: int) -> float:
    """Return the seconds of the best of four runs, after one that is not counted."""
    command = [sys.executable, "-W", "ignore", "-c", _SESSION, str(folder / "model.nc"), str(folder / "rows")]
    done = subprocess.run(
        [*command, str(cores), json.dumps(CUTS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return float(min(json.loads(done.stdout.splitlines()[-1])[1:]))


def alone(folder: Path) -> float:
    """Return the seconds of the same rows on one thread, read from the same file."""
    scorer, seconds = model(), []
    for _ in range(3):
        began = time.perf_counter()
        for file in sorted((folder / "rows").glob("*.parquet")):
            X = pd.read_parquet(file).set_index("entity_id")
            scorer.summary(X, cuts=CUTS, threads=1)
        seconds.append(time.perf_counter() - began)
    return min(seconds[1:])


def run(rows: int) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    rows : int
        How many entities.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        model().save(folder / "model.nc")
        (folder / "rows").mkdir()
        for number in range(8):
            X = pd.DataFrame(indicators(rows // 8, seed=number), columns=[f"x{j}" for j in range(COLUMNS)])
            X.insert(0, "entity_id", [f"{number}-{i}" for i in range(len(X))])
            X.to_parquet(folder / "rows" / f"{number}.parquet", index=False)
        sessions = [(on_spark(folder, 1), on_spark(folder, 2)) for _ in range(SESSIONS)]
        one, two = (min(each) for each in zip(*sessions, strict=True))
        seconds = {"Spark, 1 core": one, "Spark, 2 cores": two, "no Spark, 1 thread": alone(folder)}
    table: dict[str, dict[str, Any]] = {
        name: {"seconds": value, "million/s": rows / value / 1e6} for name, value in seconds.items()
    }
    print_table(f"{rows:,} rows of {COLUMNS} indicators", table)
    growth = seconds["Spark, 1 core"] / seconds["Spark, 2 cores"]
    core_hours = seconds["Spark, 1 core"] / rows * NATION / 3600
    print(f"\nExtrapolated: {NATION:,} entities cost {core_hours:.2f} core-hours of scoring.")
    bars = {"two cores, times one": Bar(value=growth, sign="≥", limit=1.6)}
    print_bars(bars)
    print_json("scale.spark", table | {"rows": rows, "core-hours of 180 million": core_hours}, {}, bars)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and run.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(description="Scoring on Spark, on one core and on two.")
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many entities")
    parser.add_argument("--quick", action="store_true", help="100,000 rows")
    given = parser.parse_args(arguments)
    run(100_000 if given.quick else given.rows)


if __name__ == "__main__":
    main()
