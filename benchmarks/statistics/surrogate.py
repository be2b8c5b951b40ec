"""The surrogate posterior against exact NUTS: the same training rows, the same priors.

    python -m benchmarks.statistics.surrogate [--rows 5000] [--quick]

Rows are inspected entities of a simulated registry with all indicators of the general system. Figures are of
logit p for 2,000 entities: gaps of means in units of the posterior sd, and ratios of sd. The two chains of
the exact run, one against the other, show how much of a gap is Monte-Carlo error.
"""

import argparse
import time
from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logit

from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system
from creditrisk.models.inference.engines import Nuts, Surrogate
from creditrisk.models.violation import ViolationModel
from creditrisk.records.read import read_records
from creditrisk.records.synthetic import simulate

AS_OF = "2024-01-01"
SCORED = 2000


def labelled_rows(rows: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return indicators and outcomes of that many inspected entities.

    Parameters
    ----------
    rows : int
        How many.

    Returns
    -------
    tuple of two DataFrame
        Indicators and outcomes, in the same order.
    """
    records = read_records(simulate(5 * rows, seed=7).tables)
    X = IndicatorExtractor(load_system("general")).transform(records.as_of(AS_OF))
    outcomes = records.outcomes(after=AS_OF).reindex(X.index)
    chosen = np.flatnonzero(outcomes["inspected"].to_numpy())[:rows]
    kept = X.iloc[chosen]
    kept.attrs = X.attrs
    return kept, outcomes.iloc[chosen]


def compare(draws: NDArray[np.float64], exact: NDArray[np.float64]) -> dict[str, float]:
    """Return gaps of means and ratios of sd, on the logit scale, over entities.

    Parameters
    ----------
    draws, exact : ndarray of shape (draws, entities)
        Draws of logit p.

    Returns
    -------
    dict of str to float
        Figures by name.
    """
    sd = exact.std(axis=0)
    gap = np.abs(draws.mean(axis=0) - exact.mean(axis=0)) / sd
    ratio = draws.std(axis=0) / sd
    return {
        "mean_gap_median": float(np.median(gap)),
        "mean_gap_q99": float(np.quantile(gap, 0.99)),
        "mean_gap_max": float(gap.max()),
        "sd_ratio_median": float(np.median(ratio)),
        "sd_ratio_min": float(ratio.min()),
        "sd_ratio_max": float(ratio.max()),
    }


def run(rows: int, draws: int) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    rows : int
        Labelled training rows.
    draws : int
        Draws of each of two exact chains; the surrogate, whose weights are worth less, takes twice as many.
    """
    X, outcomes = labelled_rows(rows)
    exact = Nuts(draws=draws, keep=2 * draws, on_failure="return")
    engines = {
        "exact": (exact, 1),
        "surrogate": (Surrogate(draws=2 * draws, keep=4 * draws, on_failure="return"), 2),
    }
    found, seconds, status = {}, {}, {}
    for name, (engine, seed) in engines.items():
        began = time.process_time()
        groups = X.attrs["creditrisk"]["groups"]
        model = ViolationModel(groups=groups, inference=engine, random_state=seed)
        model.fit(X, outcomes["violation"], channel=outcomes["channel"].to_numpy(dtype=object))
        seconds[name] = time.process_time() - began
        found[name] = logit(model.posterior(X[:SCORED]).astype(np.float64))
        status[name] = model.status_
    first, second = np.split(found["exact"], 2)
    figures = {
        "surrogate": compare(found["surrogate"], found["exact"]),
        "exact, chain against chain": compare(first, second),
    }
    _print(figures, status, seconds, len(X))


def _print(
    figures: dict[str, dict[str, float]],
    status: Mapping[str, object],
    seconds: Mapping[str, float],
    rows: int,
) -> None:
    print_table(f"Against exact NUTS on {rows:,} labelled rows", figures)
    for name, state in status.items():
        print(f"{name}: {seconds[name]:.0f} CPU seconds. {state.sentence}")  # type: ignore[attr-defined]
    ours = figures.pop("surrogate")
    bars = {
        "mean_gap_max": Bar(value=ours["mean_gap_max"], sign="≤", limit=0.15),
        "sd_ratio_min": Bar(value=ours["sd_ratio_min"], sign="≥", limit=0.9),
        "sd_ratio_max": Bar(value=ours["sd_ratio_max"], sign="≤", limit=1.1),
        "k_hat": Bar(value=status["surrogate"].k_hat, sign="≤", limit=0.7),  # type: ignore[attr-defined]
    }
    print_bars(bars)
    about = {"rows": rows, "cpu_seconds": dict(seconds)}
    print_json("statistics.surrogate", {**ours, **about}, figures, bars)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000, help="labelled training rows")
    parser.add_argument("--quick", action="store_true", help="a thousand rows and fewer draws")
    given = parser.parse_args()
    run(1000 if given.quick else given.rows, 500 if given.quick else 5000)
