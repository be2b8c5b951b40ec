import numpy as np
import pytest
from benchmarks.statistics.grading_world import draw, draw_shift

from creditrisk.grading.calibration.wanted import goal_of
from creditrisk.grading.draws import class_probabilities


@pytest.fixture(scope="module")
def world():
    rng = np.random.default_rng(3)
    shared, shifts = draw_shift(100, rng)
    return draw(16_000, 100, rng, on="p", shared=shared, shifts=shifts)


def coverage(draws, truth):
    lower, upper = np.quantile(draws, [0.05, 0.95], axis=0)
    return ((lower <= truth) & (truth <= upper)).mean()


def test_the_posterior_is_exact(world):
    drawn = world.evidence.drawn
    assert coverage(drawn.p, world.p) == pytest.approx(0.9, abs=0.03)
    assert coverage(drawn.loss, world.loss) == pytest.approx(0.9, abs=0.03)


def test_a_posterior_that_is_too_sure_would_be_seen(world):
    mean = world.evidence.drawn.p.mean(axis=0)
    assert coverage(mean + (world.evidence.drawn.p - mean) / 2, world.p) < 0.75


def test_of_the_doubtful_about_half_are_truly_d(world):
    probability = class_probabilities(world.evidence.drawn.p, (0.08, 0.2, 0.4))[:, 3]
    doubtful = (probability >= 0.4) & (probability <= 0.6)
    assert (world.p[doubtful] >= 0.4).mean() == pytest.approx(0.5, abs=0.1)


def test_the_precision_asked_for_is_that_of_the_truth(world):
    found = goal_of(precision=0.35).solve(world.evidence)
    in_d = (world.evidence.values >= found.cuts[2]) | world.evidence.hits.hit[:, 0]
    assert world.p[in_d].mean() == pytest.approx(0.35, abs=0.03)
