import numpy as np
import pytest

from creditrisk.errors import SpecError
from creditrisk.supervision.chances import by_loss, by_rates, by_rates_within, in_proportion

CLASSES = np.repeat([0, 1, 2, 3], [500, 300, 120, 80])
RATES = np.array([0.02, 0.05, 0.3, 0.9])
WIDTH = np.random.default_rng(1).gamma(0.5, size=1000)
LOSS = np.random.default_rng(2).lognormal(8, 1, 1000)


def test_chances_in_proportion_reach_the_number_and_never_pass_one():
    rng = np.random.default_rng(3)
    for _ in range(500):
        size = rng.gamma(0.3, size=rng.integers(1, 30)) + 1e-12
        number = rng.uniform(0, len(size))
        chances = in_proportion(size, number)
        assert chances.sum() == pytest.approx(number)
        assert 0 <= chances.min() <= chances.max() <= 1
        below = chances < 1
        assert (
            np.ptp(chances[below] / size[below]) < 1e-6 * (chances[below] / size[below]).max() + 1e-12
            if (below.any())
            else True
        )


def test_rates_hold_in_each_class_whatever_is_explored():
    for exploration in (0.0, 0.3, 1.0):
        chances = by_rates(RATES, classes=CLASSES, width=WIDTH, exploration=exploration)
        means = np.bincount(CLASSES, weights=chances) / np.bincount(CLASSES)
        assert means == pytest.approx(RATES)
    assert np.unique(by_rates(RATES, classes=CLASSES, width=WIDTH, exploration=0.0)).tolist() == list(RATES)


def test_exploration_goes_where_the_posterior_is_widest():
    chances = by_rates(RATES, classes=CLASSES, width=WIDTH, exploration=0.5)
    in_b = CLASSES == 1
    assert np.corrcoef(chances[in_b], WIDTH[in_b])[0, 1] > 0.999


@pytest.mark.parametrize("capacity", [10, 200, 900])
def test_scaled_rates_add_up_to_the_capacity(capacity):
    chances = by_rates_within(RATES, capacity, classes=CLASSES, width=WIDTH, exploration=0.2)
    assert chances.sum() == pytest.approx(capacity)
    assert chances.max() <= 1
    if capacity == 10:
        means = np.bincount(CLASSES, weights=chances) / np.bincount(CLASSES)
        assert means / means[0] == pytest.approx(RATES / RATES[0])


def test_the_most_expected_loss_is_found_above_the_least_chance():
    chances = by_loss(100, loss=LOSS, width=WIDTH, least=0.02, exploration=0.0)
    assert chances.sum() == pytest.approx(100)
    order = np.argsort(-LOSS)
    assert (np.diff(chances[order]) <= 0).all()
    assert chances.min() == 0.02
    assert (chances == 1).sum() == 81  # 100 = 81 + 919 x 0.02 + a part of one


def test_no_chances_find_more_loss_by_moving_a_visit():
    chances = by_loss(100, loss=LOSS, width=WIDTH, least=0.02, exploration=0.0)
    best_below = LOSS[chances < 1].max()
    assert best_below <= LOSS[chances > 0.02].min()


def test_exploration_takes_its_share_of_the_capacity():
    without = by_loss(100, loss=np.zeros(1000), width=WIDTH, least=0.02, exploration=0.0)
    chances = by_loss(100, loss=LOSS, width=WIDTH, least=0.02, exploration=0.3)
    assert chances.sum() == pytest.approx(100) == without.sum()
    explored = chances < 1
    assert np.corrcoef(chances[explored], WIDTH[explored])[0, 1] > 0.99
    assert (chances[explored] - 0.02).sum() == pytest.approx(30, abs=5)


def test_a_least_chance_above_the_capacity_is_one_sentence():
    with pytest.raises(SpecError, match=r"0\.2 of 1000 entities and 0\.1 of 100 visits need 210: lower one"):
        by_loss(100, loss=LOSS, width=WIDTH, least=0.2, exploration=0.1)
