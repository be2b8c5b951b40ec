"""Unified social credit codes checked by the million, against python-stdnum.

    python -m benchmarks.reliability.codes [--quick]

Half of the codes are valid and half have one character replaced, now and then by one that no code has.
Seconds are CPU seconds of the process for a million codes, ours the best of three runs; the peer checks one
code at a time, once, and fewer of them in a quick run.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from stdnum.cn import uscc as peer

from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.records.codes import uscc_is_valid, uscc_valid_expression
from creditrisk.records.codes.uscc import USCC_ALPHABET, uscc_check_symbols

MILLION = 1_000_000
VALID = (
    "91350100M000100Y43",
    "91110108551385082Q",
    "92371402MA6C00009J",
    "91510100MA6C0005XL",
    "91510100MA00000820",
    "91510100MA00003140",
)
INVALID = ("91350100M000100Y4A", "91310115MA1H8R7C6D")


def half_damaged(count: int, seed: int) -> NDArray[np.object_]:
    """Return random codes, every second one with a random character replaced.

    Parameters
    ----------
    count : int
        How many.
    seed : int
        Of the random numbers.

    Returns
    -------
    array of object, shape (count,)
        Codes as text.
    """
    rng = np.random.default_rng(seed)
    symbols = np.frombuffer(USCC_ALPHABET.encode(), dtype=np.uint8)
    rows = np.empty((count, 18), dtype=np.uint8)
    rows[:, :8] = symbols[rng.integers(0, 10, (count, 8))]
    rows[:, 8:17] = symbols[rng.integers(0, 31, (count, 9))]
    rows[:, 17] = uscc_check_symbols(rows[:, :17])
    damaged = np.arange(0, count, 2)
    anything = np.frombuffer(f"{USCC_ALPHABET}IOSVZaz*".encode(), dtype=np.uint8)
    rows[damaged, rng.integers(0, 18, len(damaged))] = rng.choice(anything, len(damaged))
    return rows.view("S18").ravel().astype("U18").astype(object)


def cpu_seconds(check: Callable[[], Any], runs: int = 3) -> float:
    """Return the CPU seconds of the best of some runs.

    Parameters
    ----------
    check : callable
        What to run.
    runs : int, default 3
        How often.

    Returns
    -------
    float
        Seconds of all threads of the process.
    """
    best = np.inf
    for _ in range(runs):
        began = time.process_time()
        check()
        best = min(best, time.process_time() - began)
    return float(best)


def by_peer(code: str) -> bool:
    """Say whether python-stdnum takes a code as it is written."""
    return bool(peer.is_valid(code)) and peer.compact(code) == code


def run(peer_codes: int) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    peer_codes : int
        How many codes python-stdnum is timed on.
    """
    codes = half_damaged(MILLION, seed=7)
    some = codes[:peer_codes]
    forms: dict[str, Any] = {
        "array of objects": codes,
        "pandas": pd.Series(codes, dtype="str"),
        "Arrow": pa.array(codes, pa.string()),
    }
    rows = {
        name: {"cpu_seconds": cpu_seconds(lambda form=form: uscc_is_valid(form))}
        for name, form in forms.items()
    }
    rows["expression on DuckDB"] = {"cpu_seconds": cpu_seconds(_on_duckdb(forms["Arrow"]))}
    alone = cpu_seconds(lambda: [peer.is_valid(code) for code in some], runs=1) * MILLION / len(some)
    for figures in rows.values():
        figures["times_peer"] = alone / figures["cpu_seconds"]
    found = uscc_is_valid(codes)
    disagreements = int((found[: len(some)] != [by_peer(code) for code in some]).sum())
    disagreements += int((found != _on_duckdb(forms["Arrow"])()).sum())
    wrong = int((~uscc_is_valid(VALID)).sum() + uscc_is_valid(INVALID).sum())
    print_table(
        "Unified social credit codes: CPU seconds for a million",
        {**rows, "python-stdnum": {"cpu_seconds": alone, "times_peer": 1.0}},
    )
    slowest = max(rows[name]["cpu_seconds"] for name in forms)
    bars = {
        "cpu_seconds": Bar(value=slowest, sign="≤", limit=1),
        "wrong_vectors": Bar(value=wrong, sign="≤", limit=0),
        "disagreements": Bar(value=disagreements, sign="≤", limit=0),
    }
    print_bars(bars)
    ours = {
        "codes": MILLION,
        "valid": int(found.sum()),
        "cpu_seconds": slowest,
        "disagreements": disagreements,
    }
    about = {"codes": len(some), "cpu_seconds": alone, "times_ours": alone / slowest}
    print_json("reliability.codes", {**ours, "forms": rows}, {"python-stdnum": about}, bars)


def _on_duckdb(codes: pa.Array) -> Callable[[], NDArray[np.bool_]]:
    import ibis

    column = ibis.memtable(pa.table({"code": codes})).code
    return lambda: uscc_valid_expression(column).to_pyarrow().to_numpy()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the peer on a tenth of the codes")
    given = parser.parse_args()
    run(MILLION // 10 if given.quick else MILLION)
