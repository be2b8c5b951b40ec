"""Class probabilities of a million entities against the point scores of LightGBM, and how right they are.

    python -m benchmarks.scale.scoring [--rows 1000000] [--threads 2] [--quick]

A model of 45 indicators is fitted. From 400 draws of it every method gives P(A..D), the means and the 5, 50
and 95 % of the expected loss; LightGBM predicts with 200 trees of 31 leaves from the same matrix, in the same
run, on the same threads. Each round times all of them one after the other; a time is the best of the rounds.
Errors are those of some thousand rows against 20 000 other draws, averaged over independent sets of 400.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.scale.scoring_posterior import Populations, fitted, indicators, labels
from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.models.scoring.lookup import columns_of
from creditrisk.models.scoring.rows import rows_of_matrix
from creditrisk.models.scoring.scorer import Kernel, Predictors, Question, draws_kernel, moments_kernel, run

DRAWS = 400
SHARES = (0.47, 0.81, 0.91)
METHODS = {"400 draws": draws_kernel, "moments": moments_kernel}
Single = NDArray[np.float32]
Figures = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is done.

    Parameters
    ----------
    rows, judged : int
        Entities that are timed, and of which the errors are taken.
    reference, sets : int
        Draws of the reference, and independent sets of 400 draws.
    fit_draws, rounds : int
        Draws a chain of the fit, and rounds of timing.
    """

    rows: int = 1_000_000
    judged: int = 2000
    reference: int = 20_000
    sets: int = 5
    fit_draws: int = 500
    rounds: int = 5


QUICK = Size(rows=100_000, judged=500, reference=5000, sets=3, fit_draws=100, rounds=5)


def prepared(
    predictors: Predictors, question: Question, make: Callable[..., Kernel], threads: int
) -> Callable[[Single], Single]:
    """Return what gives the twelve figures of every row; its tables are made once, as a booster's are."""
    kernel = make(predictors, question, np.float32)
    return lambda matrix: run(rows_of_matrix(matrix), len(matrix), kernel, threads)


def errors(found: Single, truth: Single) -> Figures:
    """Return the errors of one set of draws against the reference."""
    probability = np.abs(found[:4] - truth[:4])
    quantile = np.abs(found[9:12] / truth[9:12] - 1)
    return {
        "P mean": float(probability.mean()),
        "P max": float(probability.max()),
        "quantile median": float(np.median(quantile)),
        "quantile 99 %": float(np.quantile(quantile, 0.99)),
    }


def judged(populations: Populations, matrix: Single, question: Question, size: Size) -> dict[str, Figures]:
    """Return the errors of every method, averaged over the sets."""
    truth = prepared(populations.draw(size.reference, seed=100), question, draws_kernel, 2)(matrix)
    sums: dict[str, list[Figures]] = {name: [] for name in METHODS}
    for one in range(size.sets):
        predictors = populations.draw(DRAWS, seed=one)
        for name, make in METHODS.items():
            sums[name].append(errors(prepared(predictors, question, make, 2)(matrix), truth))
    return {
        name: {figure: statistics.mean(each[figure] for each in found) for figure in found[0]}
        for name, found in sums.items()
    }


def timed(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each in every round, all of them in turn, after one that is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for one in range(rounds + 1):
        for name, call in runs.items():
            began = time.perf_counter()
            call()
            if one:
                seconds[name].append(time.perf_counter() - began)
    return seconds


def read_once(matrix: Single, threads: int) -> None:
    """Read every byte of the matrix: what memory alone allows."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda part: float(part.max()), np.array_split(matrix, 8 * threads)))


def boosted(matrix: Single, threads: int) -> Callable[[], object]:
    """Return the prediction of a trained LightGBM."""
    import lightgbm

    training = indicators(50_000, seed=2)
    data = lightgbm.Dataset(training, labels(training, seed=3)[0])
    settings = {"objective": "binary", "num_leaves": 31, "verbose": -1, "num_threads": threads}
    booster = lightgbm.train(settings, data, 200)
    return lambda: booster.predict(matrix, num_threads=threads)


def measured(size: Size, threads: int) -> tuple[dict[str, Figures], dict[str, list[float]]]:
    """Return errors and times."""
    populations = Populations.of(fitted(size.fit_draws))
    numbers = columns_of(populations.designs)[0]
    matrix = np.ascontiguousarray(indicators(size.rows, seed=9)[:, [int(name[1:]) for name in numbers]])
    predictors = populations.draw(DRAWS, seed=0)
    asked = Question(cuts=(1.0, 2.0, 3.0), on_p=False, interval=0.9, of_p=False)
    few = matrix[: size.judged]
    mean_loss = prepared(predictors, asked, moments_kernel, threads)(few)[8]
    cuts = tuple(float(cut) for cut in np.quantile(mean_loss, SHARES))
    question = Question(cuts=cuts, on_p=False, interval=0.9, of_p=False)
    found = judged(populations, few, question, size)
    ours = {name: prepared(predictors, question, make, threads) for name, make in METHODS.items()}
    seconds = timed(
        {
            "LightGBM": boosted(matrix, threads),
            "400 draws": lambda: ours["400 draws"](matrix),
            "moments": lambda: ours["moments"](matrix),
            "reading the matrix": lambda: read_once(matrix, threads),
        },
        size.rounds,
    )
    return found, seconds


def tell(size: Size, threads: int, found: dict[str, Figures], seconds: dict[str, list[float]]) -> None:
    """Print the tables, the bars and the JSON line."""
    best = {name: min(each) for name, each in seconds.items()}
    memory = best.pop("reading the matrix")
    rows = {
        name: {
            "seconds": value,
            "million/s": size.rows / value / 1e6,
            "times LightGBM": best["LightGBM"] / value,
            "times memory": value / memory,
        }
        for name, value in best.items()
    }
    print_table(f"{size.rows:,} rows, {threads} threads, best of {size.rounds}", rows)
    print_table(f"Errors against {size.reference:,} draws, {size.judged:,} rows", found)
    bars = {
        "400 draws, times LightGBM": Bar(value=rows["400 draws"]["times LightGBM"], sign="≥", limit=2),
        "moments, times LightGBM": Bar(value=rows["moments"]["times LightGBM"], sign="≥", limit=10),
    }
    for figure, limit in found["400 draws"].items():
        bars[f"moments, {figure}, against 400 draws"] = Bar(
            value=found["moments"][figure], sign="≤", limit=round(limit, 5)
        )
    print_bars(bars)
    paired = {
        f"{name}, median of paired ratios": statistics.median(
            peer / own for peer, own in zip(seconds["LightGBM"], seconds[name], strict=True)
        )
        for name in METHODS
    }
    ours = {name: rows[name] | found[name] for name in METHODS}
    print_json(
        "scale.scoring",
        ours | paired | {"rows": size.rows, "threads": threads, "seconds to read the matrix": memory},
        {"LightGBM": rows["LightGBM"]},
        bars,
    )


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and run.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(description="Posterior scores of millions against LightGBM.")
    parser.add_argument("--rows", type=int, default=Size().rows, help="how many entities")
    parser.add_argument("--threads", type=int, default=2, help="of every method")
    parser.add_argument("--quick", action="store_true", help="100,000 rows and a short fit")
    given = parser.parse_args(arguments)
    size = QUICK if given.quick else Size(rows=given.rows)
    tell(size, given.threads, *measured(size, given.threads))


if __name__ == "__main__":
    main()
