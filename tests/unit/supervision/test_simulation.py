import numpy as np
import pandas as pd
import pytest

from creditrisk.supervision.simulation.play import play
from creditrisk.supervision.simulation.policies import POLICIES
from creditrisk.supervision.simulation.world import LoopWorld


def test_the_same_seed_is_the_same_world():
    one, other, third = (LoopWorld(entities=500, seed=seed) for seed in (1, 1, 2))
    for _ in range(3):
        a, b, c = one.next_quarter(), other.next_quarter(), third.next_quarter()
        pd.testing.assert_frame_equal(a.X, b.X)
        assert (a.violates == b.violates).all()
        assert not a.X.equals(c.X)
        for world, quarter in ((one, a), (other, b), (third, c)):
            world.punish(np.zeros(500, dtype=bool), quarter.violates)


def test_findings_become_penalties_of_the_next_quarters():
    world = LoopWorld(entities=2000, seed=1)
    before = world.next_quarter()
    world.punish(before.violates, before.violates)
    after = world.next_quarter()
    rise = after.X["penalty_n"] - before.X["penalty_n"]
    assert rise[before.violates].mean() > 0.9
    assert rise[~before.violates].max() <= 0
    assert (after.X["age_years"] - before.X["age_years"]).round(2).unique() == pytest.approx(
        [0.25], abs=0.011
    )


def test_what_is_known_tells_something_of_who_violates_and_not_all():
    world = LoopWorld(entities=20_000, seed=1)
    quarter = world.next_quarter()
    by_complaints = pd.Series(quarter.violates).groupby(quarter.X["complaint_n"].to_numpy()).mean()
    assert by_complaints[3] > 3 * by_complaints[0]
    assert 0.03 < quarter.violates.mean() < 0.08


@pytest.mark.parametrize("policy", POLICIES)
def test_every_policy_makes_its_visits_and_counts_them(policy):
    played = play(policy, entities=3000, capacity=300, quarters=2, seed=2)
    assert len(played) == 2
    assert (played["visits"] == 300).all()
    assert (played["found"] + played["compliant_visits"] == 300).all()
    assert (played["loss_found"] < played["loss_all"]).all()
    assert (played["claimed"] == played["found"] / 300).all()
    has_interval = policy in ("the loop", "uniform random")
    assert played["lower"].notna().all() == has_interval
    assert played["estimate"].between(0, 1).all()
