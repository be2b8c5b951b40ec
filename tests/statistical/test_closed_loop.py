"""The law: the loop knows the rate of everybody while it targets; what targeting alone claims is far off."""

import numpy as np
import pytest

from creditrisk.supervision.simulation.play import play


@pytest.fixture(scope="module")
def played():
    return {
        policy: play(policy, entities=6000, capacity=600, quarters=4, seed=5)
        for policy in ("the loop", "uniform random", "greedy targeting")
    }


def test_the_loop_finds_more_than_uniform_and_knows_the_rate(played):
    loop, uniform = played["the loop"], played["uniform random"]
    assert loop["found_d"].sum() / loop["visits_d"].sum() > 2 * uniform["true_rate"].mean()
    error = loop["estimate"] - loop["true_rate"]
    standard_error = (loop["upper"] - loop["lower"]).mean() / 3.29 / np.sqrt(len(loop))
    assert abs(error.mean()) < 4 * standard_error
    assert standard_error < 0.02


def test_the_claims_of_targeting_are_far_off(played):
    greedy = played["greedy targeting"]
    assert greedy["claimed"].mean() > 2 * greedy["true_rate"].mean()
    assert played["the loop"]["claimed"].mean() > 1.5 * played["the loop"]["true_rate"].mean()
