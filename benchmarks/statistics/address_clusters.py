"""Abnormal-address clusters: does the detector find what was planted, and nothing where nothing was?

    python -m benchmarks.statistics.address_clusters [--entities 50000] [--replications 40] [--quick]

Entities of 20 districts, whose rates of being listed differ, sit at addresses: most alone or in pairs, some
at crowded doors of 5 to 60. In one crowded door of five, of the `planted` worlds, the rate is 0.3 to 0.8.
The twin is the same world without it. The `weaker` worlds have rates of 0.15 to 0.4 there, and in the
`uneven` worlds without clusters every door has a rate of its own (a log-normal factor with sd 0.5), which no
door explains by chance alone. Precision and recall are of doors, over all replications.
"""

import argparse
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.supervision.monitoring.clusters import ClusterRule, find_clusters

DISTRICTS, CROWDED_SHARE, PLANTED_SHARE = 20, 0.3, 0.2
RATE, RATE_SHAPE = 0.06, 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is planted in a world.

    Parameters
    ----------
    low, high : float
        Rates in the planted doors; no door is planted if both are 0.
    uneven : float, default 0
        Standard deviation of the log of every door's own factor.
    """

    low: float = 0.0
    high: float = 0.0
    uneven: float = 0.0


SETTINGS = {
    "planted": Setting(low=0.3, high=0.8),
    "weaker": Setting(low=0.15, high=0.4),
    "twin without clusters": Setting(),
    "uneven, without clusters": Setting(uneven=0.5),
}


def world(entities: int, setting: Setting, seed: int) -> tuple[pd.DataFrame, set[str]]:
    """Return entities with `listed`, `place` and `area`, and the planted doors.

    Parameters
    ----------
    entities : int
        How many.
    setting : Setting
        What is planted.
    seed : int
        Of the world.

    Returns
    -------
    DataFrame and set of str
        The entities, and the places of the planted doors.
    """
    rng = np.random.default_rng(seed)
    sizes: list[int] = []
    settled = 0
    while settled < entities:
        crowded = settled < CROWDED_SHARE * entities
        sizes.append(int(rng.integers(5, 61) if crowded else 1 + (rng.random() < 0.25)))
        settled += sizes[-1]
    size = np.array(sizes)
    area = rng.integers(0, DISTRICTS, len(size))
    rate = rng.gamma(RATE_SHAPE, RATE / RATE_SHAPE, DISTRICTS)[area]
    rate = rate * np.exp(setting.uneven * rng.standard_normal(len(size)))
    planted = (size >= 5) & (rng.random(len(size)) < PLANTED_SHARE) & (setting.high > 0)
    rate[planted] = rng.uniform(setting.low, max(setting.high, 1e-9), int(planted.sum()))
    door = np.repeat(np.arange(len(size)), size)
    names = np.char.add("door ", door.astype(str))
    frame = pd.DataFrame(
        {
            "listed": (rng.random(len(door)) < np.clip(rate, 0, 1)[door]).astype(int),
            "place": names,
            "area": area[door].astype(str),
        }
    )
    return frame, {f"door {number}" for number in np.flatnonzero(planted)}


def detected(entities: int, setting: Setting, replications: int) -> dict[str, float]:
    """Return precision, recall and alarms over several worlds.

    Parameters
    ----------
    entities : int
        Of each world.
    setting : Setting
        What is planted.
    replications : int
        How many worlds.

    Returns
    -------
    dict of str to float
        `precision` and `recall` if something is planted, `alarms` and `worlds with one` in any case.
    """
    alarms = hits = planted = with_one = 0
    for seed in range(replications):
        frame, truth = world(entities, setting, seed)
        places = find_clusters(frame, ClusterRule())
        found = set(places.index[places["alarm"]])
        alarms, hits, planted = alarms + len(found), hits + len(found & truth), planted + len(truth)
        with_one += bool(found)
    figures = {"alarms": alarms / replications, "worlds with one": with_one / replications}
    if planted:
        figures |= {"precision": hits / max(alarms, 1), "recall": hits / planted}
    return figures


def run(entities: int, replications: int) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    entities, replications : int
        Size and number of the worlds.
    """
    rows = {name: detected(entities, setting, replications) for name, setting in SETTINGS.items()}
    print_table(f"address clusters, {entities} entities, {replications} worlds each", rows)
    bars = {
        "precision on planted clusters": Bar(value=rows["planted"]["precision"], sign="≥", limit=0.95),
        "recall on planted clusters": Bar(value=rows["planted"]["recall"], sign="≥", limit=0.6),
        "false alarms a world in the twin": Bar(
            value=rows["twin without clusters"]["alarms"], sign="≤", limit=0.2
        ),
    }
    print_bars(bars)
    print_json("address_clusters", rows["planted"] | {"worlds": rows}, {}, bars)


def main(arguments: list[str] | None = None) -> None:
    """Read the options and run.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statistics.address_clusters")
    parser.add_argument("--entities", type=int, default=50_000)
    parser.add_argument("--replications", type=int, default=40)
    parser.add_argument("--quick", action="store_true", help="10 worlds of 20 000 entities each")
    options = parser.parse_args(arguments)
    if options.quick:
        run(20_000, 10)
    else:
        run(options.entities, options.replications)


if __name__ == "__main__":
    main()
