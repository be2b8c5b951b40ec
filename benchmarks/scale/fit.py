"""The full posterior of 45 indicators, 31 regions and 96 industries: seconds, and what they buy.

    python -m benchmarks.scale.fit [--quick] [--large]

A million labelled rows by the surrogate; 50,000 rows against row-wise PyMC with nutpie in the same run,
compile time of both included; with `--large`, eight million rows. Each fit runs in a process of its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

from benchmarks.scale.fit_data import DIRECTIONS, GROUPS, INDUSTRIES, labelled
from benchmarks.table import Bar, print_bars, print_json, print_table

PEERS = {"best PyMC + nutpie": "best", "textbook PyMC + nutpie": "textbook"}
CELLS = 1200


def ours(rows: int, *, cells: bool) -> dict[str, float]:
    """Fit by the surrogate and return what it took and gave.

    Parameters
    ----------
    rows : int
        Labelled rows.
    cells : bool
        Whether cells of region and sector are a third group.

    Returns
    -------
    dict of str to float
        Seconds, smallest effective sample size of all coefficients and scales, k-hat, peak memory in GB.
    """
    from arviz_stats.base import array_stats

    from creditrisk.models.inference.engines import Surrogate
    from creditrisk.models.violation import ViolationModel

    X, y = labelled(rows, seed=1)
    groups = GROUPS
    if cells:
        region, industry = (X[name].cat.codes.to_numpy().astype(int) for name in GROUPS)
        number = region * INDUSTRIES + industry
        X["cell"] = pd.Categorical((number % CELLS).astype(str))
        groups = (*GROUPS, "cell")
    start = time.perf_counter()
    model = ViolationModel(
        groups=groups, directions=DIRECTIONS, inference=Surrogate(on_failure="return"), random_state=1
    ).fit(X, y)
    seconds = time.perf_counter() - start
    tau = model.tree_["posterior"]["tau"].values
    of_tau = float(np.min(array_stats.ess(tau, chain_axis=0, draw_axis=1)))
    ess = min(model.status_.ess or 0.0, of_tau)
    return {
        "seconds": seconds,
        "min_ess": ess,
        "ess_per_second": ess / seconds,
        "k_hat": model.status_.k_hat or 0.0,
        "coefficients": float(model.posterior_.design.n_coefficients),
        "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }


def once(what: str, rows: int) -> dict[str, float]:
    """Run one fit in a process of its own.

    Parameters
    ----------
    what : {"ours", "cells", "best", "textbook"}
        Which fit.
    rows : int
        Labelled rows.

    Returns
    -------
    dict of str to float
        Its figures.
    """
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "benchmarks.scale.fit",
        "--once",
        what,
        "--rows",
        str(rows),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def run_once(what: str, rows: int) -> dict[str, float]:
    """Fit here.

    Parameters
    ----------
    what : str
        As for `once`.
    rows : int
        Labelled rows.

    Returns
    -------
    dict of str to float
        Figures.
    """
    if what in ("ours", "cells"):
        return ours(rows, cells=what == "cells")
    from benchmarks.scale.fit_peers import sampled

    X, y = labelled(rows, seed=1)
    return sampled(X, y, textbook=what == "textbook")


def run(quick: bool, large: bool) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    quick : bool
        Whether with a twentieth of the rows.
    large : bool
        Whether to fit eight million rows too.
    """
    million, some = (50_000, 5_000) if quick else (1_000_000, 50_000)
    table = {f"ours, {million:,} rows": once("ours", million), f"ours, {some:,} rows": once("ours", some)}
    table[f"ours, {some:,} rows, {CELLS} cells"] = once("cells", some)
    for name, what in PEERS.items():
        table[f"{name}, {some:,} rows"] = once(what, some)
    rows = list(table.values())
    bars = {
        "seconds of a million rows": Bar(value=rows[0]["seconds"], sign="≤", limit=90),
        "smallest effective sample size": Bar(value=rows[0]["min_ess"], sign="≥", limit=400),
        "k-hat": Bar(value=rows[0]["k_hat"], sign="≤", limit=0.5),
        "ESS per second, as a multiple of the best row-wise model's": Bar(
            value=rows[1]["ess_per_second"] / rows[3]["ess_per_second"], sign="≥", limit=15
        ),
        "time with cells, as a multiple": Bar(
            value=rows[2]["seconds"] / rows[1]["seconds"], sign="≤", limit=3
        ),
    }
    if large:
        table["ours, 8,000,000 rows"] = once("ours", 8_000_000)
        bars["time of eight million rows, as a multiple of one"] = Bar(
            value=table["ours, 8,000,000 rows"]["seconds"] / rows[0]["seconds"], sign="≤", limit=6
        )
    print_table("Fits", table)
    print_bars(bars)
    own = {name: row for name, row in table.items() if name.startswith("ours")}
    print_json("scale.fit", own, {name: row for name, row in table.items() if name not in own}, bars)


def main() -> None:
    """Parse the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale.fit")
    parser.add_argument("--quick", action="store_true", help="a twentieth of the rows")
    parser.add_argument("--large", action="store_true", help="eight million rows too")
    parser.add_argument("--once", choices=["ours", "cells", "best", "textbook"], help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(run_once(options.once, options.rows)))
    else:
        run(options.quick, options.large)


if __name__ == "__main__":
    main()
