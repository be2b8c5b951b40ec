import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.monitoring.bursts import BurstRule, find_bursts


def world(seed=1, size=4000):
    """Return counts under the model itself: no entity changes its rate."""
    rng = np.random.default_rng(seed)
    cell = rng.integers(0, 10, size)
    rate = rng.gamma(0.8, 1 / 0.8, size) * (0.02 + 0.02 * cell)
    return pd.DataFrame({"now": rng.poisson(3 * rate), "before": rng.poisson(24 * rate), "cell": cell})


def test_planted_bursts_are_found_and_the_twin_is_quiet():
    quiet = world()
    assert find_bursts(quiet)["alarm"].sum() == 0
    loud = quiet.copy()
    planted = [5, 77, 900, 2500]
    loud.loc[planted, "now"] += 12
    bursts = find_bursts(loud)
    assert sorted(bursts.index[bursts["alarm"]]) == planted


def test_p_values_without_a_burst_are_no_smaller_than_chance():
    p = np.concatenate([find_bursts(world(seed))["p_value"] for seed in range(5)])
    for level in (0.01, 0.05, 0.2):
        assert (p <= level).mean() <= 1.1 * level


def test_ignoring_the_past_is_found_out():
    """Peers alone take everybody with a high rate of its own for a burst: the twin that must fail."""
    frames = [world(seed).assign(before=lambda one: one["before"].mean().round()) for seed in range(5)]
    p = np.concatenate([find_bursts(frame)["p_value"] for frame in frames])
    assert (p <= 0.01).mean() > 0.02


def test_who_always_has_many_is_no_burst_and_a_peer_is():
    frame = world()
    frame.loc[0, ["now", "before"]] = [9, 70]
    frame.loc[1, ["now", "before"]] = [9, 1]
    bursts = find_bursts(frame)
    assert not bursts.loc[0, "alarm"]
    assert bursts.loc[1, "alarm"]
    assert bursts.loc[1, "excess"] > 2 > bursts.loc[0, "excess"]


def test_nobody_complained():
    frame = pd.DataFrame({"now": [0, 0], "before": [0, 0], "cell": ["a", None]})
    assert not find_bursts(frame, BurstRule())["alarm"].any()


def test_bad_input_is_one_sentence():
    frame = pd.DataFrame({"now": [1.5], "before": [0], "cell": ["a"]})
    with pytest.raises(SpecError, match=r"whole number of 0 or more; got now=1.5"):
        find_bursts(frame)
    with pytest.raises(SpecError, match="got before=-1"):
        find_bursts(frame.assign(now=1, before=-1))
    with pytest.raises(SchemaError, match="cell is missing"):
        find_bursts(frame.drop(columns="cell"))
    with pytest.raises(SpecError, match="there is none: give at least one row"):
        find_bursts(frame.iloc[:0])
