"""An audit of millions of records: time against DuckDB's own SUMMARIZE, and memory.

    python -m benchmarks.scale.audit [--records 5000000] [--quick]

A simulated registry is written as 20 Parquet files. The audit is the command line in a process of its own,
from its start to its end: reading, every check of six dimensions, writing the failing records and the page.
SUMMARIZE is timed without the start of its process. Neither is told how many cores to use.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import Bar, print_bars, print_json, print_table

AS_OF = "2025-01-01"
SEED = 11
QUICK = 100_000
RECORDS_OF_AN_ENTITY = 48.0
TABLES = (
    "registration",
    "registration_change",
    "person_role",
    "shareholder",
    "relation_edge",
    "annual_report",
    "licence",
    "certificate",
    "social_insurance",
    "tax_status",
    "utility",
    "invoice",
    "inspection",
    "sampling_test",
    "penalty",
    "abnormal_list",
    "serious_list",
    "complaint",
    "lawsuit",
    "repair",
)
_SIMULATE = """
import sys
from pathlib import Path
from creditrisk.records.synthetic import simulate
from creditrisk.records.synthetic.write import write_parquet
folder, entities, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
tables = simulate(entities, seed).tables
for name in sys.argv[4:]:
    write_parquet(tables.pop(name), folder / f"{name}.parquet")
"""
_SUMMARIZE = """
import sys, time
import duckdb
began = time.perf_counter()
for file in sys.argv[1:]:
    duckdb.sql(f"SUMMARIZE FROM read_parquet('{file}')").fetchall()
print(time.perf_counter() - began, time.process_time())
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """What one process used.

    Parameters
    ----------
    seconds, cpu_seconds : float
        From its start to its end, and of all cores together.
    gigabytes : float
        Its largest resident set.
    output : str
        What it printed.
    """

    seconds: float
    cpu_seconds: float
    gigabytes: float
    output: str


def measured(*arguments: str) -> Process:
    """Run Python in a process of its own and measure it.

    Parameters
    ----------
    *arguments : str
        Of the interpreter.

    Returns
    -------
    Process
        Its time, memory and output.
    """
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"benchmark: a process ended with {process.returncode}: {' '.join(arguments[:3])}")
    bytes_a_unit = 1 if sys.platform == "darwin" else 1024
    return Process(
        seconds=time.perf_counter() - began,
        cpu_seconds=used.ru_utime + used.ru_stime,
        gigabytes=used.ru_maxrss * bytes_a_unit / 1e9,
        output=output,
    )


def summarized(files: list[str]) -> dict[str, float]:
    """Return the seconds that DuckDB's SUMMARIZE of every file takes, by the clock and of all cores."""
    seconds, cpu_seconds = measured("-c", _SUMMARIZE, *files).output.split()[-2:]
    return {"seconds": float(seconds), "cpu_seconds": float(cpu_seconds)}


def rows_of(folder: Path) -> int:
    """Return how many records the Parquet files of a folder have."""
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(file).num_rows for file in folder.glob("*.parquet"))


def run(records: int) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    records : int
        About how many records.
    """
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "registry", Path(place) / "audit"
        folder.mkdir()
        entities = max(200, round(records / RECORDS_OF_AN_ENTITY))
        measured("-c", _SIMULATE, str(folder), str(entities), str(SEED), *TABLES)
        files = sorted(str(file) for file in folder.glob("*.parquet"))
        held, size = rows_of(folder), sum(Path(file).stat().st_size for file in files)
        times = [summarized(files) for _ in range(3)]
        audit = measured(
            "-m", "creditrisk.cli", "audit", str(folder), "--as-of", AS_OF, "--out", str(out), "--json"
        )
        said = json.loads(audit.output.splitlines()[-1])
    summarize = {name: statistics.median(one[name] for one in times) for name in times[0]}
    _tell(held, len(files), size, summarize, audit, sum(one["failed"] for one in said["dimensions"]))


def _tell(
    records: int, tables: int, size: int, summarize: dict[str, float], audit: Process, failures: int
) -> None:
    ours = {
        "seconds": audit.seconds,
        "cpu_seconds": audit.cpu_seconds,
        "peak_gb": audit.gigabytes,
        "ratio": audit.seconds / summarize["seconds"],
        "cpu_ratio": audit.cpu_seconds / summarize["cpu_seconds"],
    }
    title = f"{records:,} records in {tables} tables, {size / 1e6:,.0f} MB of Parquet, {os.cpu_count()} cores"
    print_table(title, {"creditrisk audit": ours, "DuckDB SUMMARIZE": summarize})
    bars = {
        "peak memory (GB)": Bar(value=audit.gigabytes, sign="≤", limit=4),
        "time as a multiple of SUMMARIZE": Bar(value=ours["ratio"], sign="≤", limit=10),
        "tables": Bar(value=tables, sign="≥", limit=20),
        "records": Bar(value=records, sign="≥", limit=5_000_000),
        "failures in a clean registry": Bar(value=failures, sign="≤", limit=0),
    }
    print_bars(bars)
    figures = ours | {"records": records, "tables": tables, "parquet_mb": size / 1e6, "failures": failures}
    print_json("scale.audit", figures, {"DuckDB SUMMARIZE": summarize}, bars)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and run.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(description="An audit at scale against DuckDB's SUMMARIZE.")
    parser.add_argument("--records", type=int, default=5_050_000, help="about how many records")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} records: a minute")
    given = parser.parse_args(arguments)
    run(QUICK if given.quick else given.records)


if __name__ == "__main__":
    main()
