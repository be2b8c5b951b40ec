import numpy as np
import pytest
from benchmarks.accuracy.chicago_order import LEAST, Season


@pytest.fixture
def season():
    rng = np.random.default_rng(1)
    p = rng.beta(1, 5, 1000)
    return Season(critical=(rng.random(1000) < p).astype(float), early=np.arange(1000) < 500, p=p)


def test_a_plan_that_knows_nothing_finds_as_much_as_usual(season):
    blind = Season(critical=season.critical, early=season.early, p=np.full(1000, 0.2))
    shuffled = [blind.sampled(np.random.default_rng(k).permutation(1000)).found_by_plan() for k in range(50)]
    assert np.mean(shuffled) == pytest.approx(0.5, abs=0.03)


def test_a_plan_that_knows_finds_more_and_exploring_costs_some_of_it(season):
    assert season.found_as_usual() == pytest.approx(0.5, abs=0.1)
    assert season.found_by_plan() > 0.65
    assert season.found_by_plan(exploration=0.5) < season.found_by_plan()


def test_who_knows_all_still_leaves_everybody_a_chance(season):
    perfect = Season(critical=season.critical, early=season.early, p=0.01 + 0.9 * season.critical)
    assert perfect.found_by_plan() == pytest.approx(1.0)
    hopeless = Season(critical=season.critical, early=season.early, p=1 - 0.9 * season.critical)
    assert hopeless.found_by_plan() == pytest.approx(LEAST, abs=1e-6)
