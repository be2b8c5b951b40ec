"""Twelve quarters of draw, inspect and refit: the closed loop against three other ways to choose visits.

    python -m benchmarks.statistics.closed_loop [--quick] [--seed 1]

100,000 made-up entities (see creditrisk.supervision.simulation.world), 5,000 visits a quarter, and one
quarter of visits by rules before the first. The rate of greedy targeting is what its model believes of
everybody on average, which is far nearer to the truth than its finding rate, shown beside it. The bias of
one run is the mean error of its twelve quarters; its standard error tells how much of it is luck.
`--quick` plays 20,000 entities with the mode of the model instead of its posterior.
"""

import argparse
import time
import warnings

import numpy as np
import pandas as pd
from scipy.stats import norm

from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.models.inference.engines import Map, Surrogate
from creditrisk.supervision.simulation.play import play
from creditrisk.supervision.simulation.policies import POLICIES

OURS = "the loop"
ENTITIES, QUICK_ENTITIES, QUARTERS, VISITED = 100_000, 20_000, 12, 0.05
POSTERIOR = Surrogate(draws=300, tune=300, chains=1, keep=100, on_failure="return")


def figures(played: pd.DataFrame) -> dict[str, float]:
    """Return the figures of one policy over all quarters.

    Parameters
    ----------
    played : DataFrame
        As `play` returns it.

    Returns
    -------
    dict of str to float
        By name.
    """
    total = played.sum()
    error = played["estimate"] - played["true_rate"]
    half_width = (played["upper"] - played["lower"]) / 2
    covered = played["true_rate"].between(played["lower"], played["upper"])
    known = {
        "found per visit": total["found"] / total["visits"],
        "found per visit to D": total["found_d"] / total["visits_d"] if total["visits_d"] else np.nan,
        "compliant visited per find": total["compliant_visits"] / total["found"],
        "loss found of all": total["loss_found"] / total["loss_all"],
        "true rate": played["true_rate"].mean(),
        "its rate": played["estimate"].mean(),
        "bias": error.mean(),
        "its standard error": np.sqrt((half_width**2).sum(skipna=False)) / norm.ppf(0.95) / len(played),
        "quarters covered": float(covered.sum()) if played["lower"].notna().any() else np.nan,
        "finding rate less true": (played["claimed"] - played["true_rate"]).mean(),
    }
    return {name: float(value) for name, value in known.items() if not np.isnan(value)}


def bars(rows: dict[str, dict[str, float]]) -> dict[str, Bar]:
    """Return what is asked of the loop.

    Parameters
    ----------
    rows : dict of str to dict of str to float
        Figures by policy.

    Returns
    -------
    dict of str to Bar
        By name.
    """
    ours, uniform, greedy = rows[OURS], rows["uniform random"], rows["greedy targeting"]
    lift = ours["found per visit to D"] / uniform["found per visit"]
    compliant = ours["compliant visited per find"] / uniform["compliant visited per find"]
    return {
        "finding rate in D, of uniform's": Bar(value=lift, sign="≥", limit=3),
        "visits to the compliant per find, of uniform's": Bar(value=compliant, sign="≤", limit=0.5),
        "bias, of greedy targeting's": Bar(value=abs(ours["bias"] / greedy["bias"]), sign="≤", limit=0.25),
        "quarters covered by 90 % intervals": Bar(value=ours["quarters covered"], sign="≥", limit=9),
    }


def run(*, quick: bool, seed: int) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    quick : bool
        Whether with fewer entities and without a posterior.
    seed : int
        Of the world and the draws.
    """
    warnings.simplefilter("ignore")
    entities = QUICK_ENTITIES if quick else ENTITIES
    rows, seconds = {}, {}
    for policy in POLICIES:
        began = time.process_time()
        engine = POSTERIOR if policy == OURS and not quick else Map()
        capacity = round(VISITED * entities)
        played = play(
            policy, entities=entities, capacity=capacity, quarters=QUARTERS, seed=seed, inference=engine
        )
        rows[policy], seconds[policy] = figures(played), time.process_time() - began
    print_table(f"{QUARTERS} quarters, {entities:,} entities, {VISITED:.0%} visited in each", rows)
    asked = bars(rows)
    print_bars(asked)
    about = {"entities": entities, "quarters": QUARTERS, "seed": seed, "cpu_seconds": seconds}
    print_json("statistics.closed_loop", {**rows.pop(OURS), **about}, rows, asked)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="20,000 entities, the mode instead of the posterior"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the world and the draws")
    given = parser.parse_args()
    run(quick=given.quick, seed=given.seed)
