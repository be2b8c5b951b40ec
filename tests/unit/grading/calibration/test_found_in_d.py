from dataclasses import replace

import numpy as np
import pytest
from benchmarks.statistics.grading_world import draw, draw_shift
from tests.unit.grading.calibration.drawn_evidence import draw_evidence, final_ranks

from creditrisk.grading.calibration.found_in_d import found_in_d
from creditrisk.grading.calibration.wanted import goal_of

CUTS = (0.1, 0.2, 0.3)


def test_it_is_the_rate_among_the_entities_of_d():
    evidence = draw_evidence()
    found = found_in_d(evidence, CUTS)
    in_d = final_ranks(evidence, CUTS) == 3
    rates = evidence.drawn.p[:, in_d].mean(axis=1)
    assert found["mean"] == pytest.approx(evidence.p[in_d].mean())
    assert [found["lower"], found["upper"]] == pytest.approx(
        np.quantile(rates, [0.05, 0.95]).tolist(), rel=1e-4
    )
    assert found_in_d(replace(evidence, drawn=None), CUTS) == {"mean": found["mean"]}
    assert found_in_d(draw_evidence(rules=()), (0.99, 0.999, 0.9999)) == {}


def test_its_interval_holds_the_true_rate_as_often_as_it_says():
    """Forty worlds; an interval of half the width is the twin that fails."""
    held, halved = [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        shared, shifts = draw_shift(100, rng)
        world = draw(600, 100, rng, on="p", shared=shared, shifts=shifts)
        cuts = goal_of(max_share=0.15).cuts(world.evidence)
        found = found_in_d(world.evidence, cuts)
        true = world.p[final_ranks(world.evidence, cuts) == 3].mean()
        held.append(found["lower"] <= true <= found["upper"])
        halved.append(abs(true - found["mean"]) <= (found["upper"] - found["lower"]) / 4)
    assert np.mean(held) >= 0.8
    assert np.mean(halved) < 0.8
