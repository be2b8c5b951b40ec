"""One entity in a service: how long until it is up, and how long an answer takes.

    python -m benchmarks.scale.one_entity [--answers 5000] [--quick]

A model of 45 indicators with 400 draws is written. In a fresh process: the time of `import creditrisk`; of
the first `load_model`, which imports the libraries that a model needs; of a second one, which is the loading
alone; of the first `grade_one`, which lays out the draws; and of the following ones, each with other values,
by the clock and in time of the processor, which other programs do not lengthen.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.scale.scoring_posterior import COLUMNS, indicators, labels
from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk import LossModel, Map, RiskModel, ViolationModel
from creditrisk.models.linear import LinearPosterior

DRAWS = 400
_SERVICE = """
import json, sys, time
began = time.perf_counter()
import creditrisk
imported = time.perf_counter() - began
began = time.perf_counter(); creditrisk.load_model(sys.argv[1]); first = time.perf_counter() - began
began = time.perf_counter(); model = creditrisk.load_model(sys.argv[1]); again = time.perf_counter() - began
rows = json.load(open(sys.argv[2]))
cuts = (100.0, 1000.0, 10000.0)
began = time.perf_counter(); model.grade_one(rows[0], cuts=cuts); start = time.perf_counter() - began
taken, worked = [], []
for row in rows:
    began, work = time.perf_counter(), time.thread_time()
    model.grade_one(row, cuts=cuts)
    taken.append(time.perf_counter() - began)
    worked.append(time.thread_time() - work)
taken.sort()
worked.sort()
print(json.dumps({
    "import (s)": imported, "first load with imports (s)": first, "load (s)": again,
    "first answer (s)": start, "median (ms)": 1000 * taken[len(taken) // 2],
    "p99 (ms)": 1000 * taken[int(0.99 * len(taken))],
    "p99 of its own work (ms)": 1000 * worked[int(0.99 * len(worked))],
    "PyMC": float("pymc" in sys.modules),
}))
"""


def spread(posterior: LinearPosterior, rng: np.random.Generator) -> LinearPosterior:
    """Return the mode with made-up draws around it: time does not depend on their values."""
    around = (
        (array[..., :1] + 0.1 * rng.normal(size=(*array.shape[:-1], DRAWS))).astype(np.float32)
        for array in (posterior.intercept, posterior.levels)
    )
    intercept, levels = around
    return LinearPosterior(design=posterior.design, intercept=intercept, levels=levels)


def drawn_around(fitted: RiskModel) -> RiskModel:
    """Give a fitted model 400 made-up draws around its mode."""
    rng, part = np.random.default_rng(5), fitted.loss_.parts_[0]
    fitted.violation_.posterior_ = spread(fitted.violation_.posterior_, rng)
    drawn = type(part)(
        family=part.family, location=spread(part.location, rng), log_spread=spread(part.log_spread, rng)
    )
    fitted.loss_.take_parts((drawn,))
    fitted.loss_.positive_share_ = np.full(DRAWS, 0.9)
    return fitted


def model() -> RiskModel:
    """Return a model of 45 indicators with 400 draws."""
    matrix = indicators(20_000, seed=2)
    violation, loss = labels(matrix, seed=3)
    X = pd.DataFrame(matrix, columns=[f"x{j}" for j in range(COLUMNS)])
    fitted = RiskModel(ViolationModel(inference=Map(), interactions=0), LossModel(inference=Map()))
    return drawn_around(fitted.fit(X, pd.DataFrame({"violation": violation, "loss_cny": loss})))


def run(answers: int) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    answers : int
        How many entities are graded.
    """
    with tempfile.TemporaryDirectory() as place:
        file, rows = Path(place) / "model.nc", Path(place) / "rows.json"
        model().save(file)
        names = [f"x{j}" for j in range(COLUMNS)]
        matrix = indicators(answers, seed=9).tolist()
        rows.write_text(json.dumps([dict(zip(names, row, strict=True)) for row in matrix]))
        command = [sys.executable, "-c", _SERVICE, str(file), str(rows)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    ours = json.loads(done.stdout.splitlines()[-1])
    print_table(f"{answers:,} answers, {DRAWS} draws, {COLUMNS} indicators", {"creditrisk": ours})
    bars = {
        "import (s)": Bar(value=ours["import (s)"], sign="≤", limit=0.5),
        "load (s)": Bar(value=ours["load (s)"], sign="≤", limit=1),
        "first load with imports (s)": Bar(value=ours["first load with imports (s)"], sign="≤", limit=1),
        "p99 of an answer (ms)": Bar(value=ours["p99 (ms)"], sign="≤", limit=2),
        "PyMC was imported": Bar(value=ours["PyMC"], sign="≤", limit=0),
    }
    print_bars(bars)
    print_json("scale.one_entity", ours, {}, bars)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and run.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(description="Time of one answer of a service.")
    parser.add_argument("--answers", type=int, default=5000, help="how many entities")
    parser.add_argument("--quick", action="store_true", help="500 answers")
    given = parser.parse_args(arguments)
    run(500 if given.quick else given.answers)


if __name__ == "__main__":
    main()
