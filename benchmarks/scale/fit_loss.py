"""The posterior of a loss model on very many losses.

    python -m benchmarks.scale.fit_loss [--losses 200000] [--groups 500] [--quick]

Losses are log-normal, with 500 districts that differ in level and spread, a number of earlier penalties that
raises them, and a Pareto tail above the highest twentieth. All families are fitted with their defaults, one
process, NUTS one chain after the other. Judged is the processor's time of `fit`: no more than
two free cores would take by the clock, whatever else runs beside it.
"""

import argparse
import time

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.models.loss import LossModel
from creditrisk.models.losses import LogNormal, LogNormalPareto, LossFamily

FAMILIES: dict[str, LossFamily] = {
    "LogNormal": LogNormal(),
    "LogNormal, spread by district": LogNormal(spread_by=("district",)),
    "LogNormalPareto": LogNormalPareto(),
}
SECONDS, XI = 120.0, 0.4


def registry(losses: int, groups: int) -> tuple[pd.DataFrame, NDArray[np.float64], NDArray[np.float64]]:
    """Return entities, their losses, and the true log-location.

    Parameters
    ----------
    losses : int
        How many.
    groups : int
        Districts.

    Returns
    -------
    tuple of DataFrame and two ndarray
        In the same order.
    """
    rng = np.random.default_rng(11)
    district = rng.integers(groups, size=losses)
    penalties = rng.poisson(1.2, losses)
    location = 9 + 0.4 * rng.normal(size=groups)[district] + 0.2 * np.minimum(penalties, 5)
    spread = np.exp(0.15 * rng.normal(size=groups))[district]
    loss = np.exp(location + spread * rng.normal(size=losses))
    threshold = np.quantile(loss, 0.95)
    tail = threshold + threshold * ((1 - rng.random(losses)) ** -XI - 1) / XI
    X = pd.DataFrame({"penalties": penalties, "district": [f"d{k:03d}" for k in district]})
    return X, np.where(loss > threshold, tail, loss), location


def fitted(family: LossFamily, losses: int, groups: int) -> tuple[dict[str, float], str]:
    """Fit one family and measure.

    Parameters
    ----------
    family : LossFamily
        Which.
    losses, groups : int
        Size.

    Returns
    -------
    tuple of dict and str
        Seconds, correlation with the true location, Monte-Carlo error of the expected loss, and how it went.
    """
    X, loss, location = registry(losses, groups)
    began, cpu = time.perf_counter(), time.process_time()
    model = LossModel(groups=["district"], directions={"penalties": "raises"}, family=family, random_state=0)
    model.fit(X, loss)
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    asked = X[:2000]
    found = model.log_location(asked).mean(axis=0)
    return {
        "seconds": seconds,
        "cpu_seconds": used,
        "correlation": float(np.corrcoef(found, location[:2000])[0, 1]),
        "relative_error": float((model.monte_carlo_error(asked) / model.predict(asked)).max()),
        "expected_over_mean": float(model.predict(asked).mean() / loss[:2000].mean()),
    }, model.status_.sentence


def run(losses: int, groups: int) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    losses, groups : int
        Size.
    """
    figures, sentences = {}, {}
    for name, family in FAMILIES.items():
        figures[name], sentences[name] = fitted(family, losses, groups)
    print_table(f"{losses:,} losses in {groups} districts", figures)
    for name, sentence in sentences.items():
        print(f"{name}: {sentence}")
    bars = {
        f"{name}.cpu_seconds": Bar(value=found["cpu_seconds"], sign="≤", limit=SECONDS)
        for name, found in figures.items()
    }
    print_bars(bars)
    print_json("scale.fit_loss", {**figures, "losses": losses, "groups": groups}, {}, bars)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--losses", type=int, default=200_000)
    parser.add_argument("--groups", type=int, default=500)
    parser.add_argument("--quick", action="store_true", help="a tenth of both")
    given = parser.parse_args()
    scale = 10 if given.quick else 1
    run(given.losses // scale, given.groups // scale)
