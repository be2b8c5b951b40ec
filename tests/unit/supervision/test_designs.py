import numpy as np
import pytest

from creditrisk.supervision.designs import DESIGNS, draw_by

STRATA = np.repeat([0, 1, 2, 3], [40, 30, 20, 10])
EVEN = np.repeat([0.1, 0.2, 0.5, 0.9], [40, 30, 20, 10])
UNEVEN = EVEN * np.random.default_rng(1).uniform(0.3, 1.1, 100)
SIZE = np.random.default_rng(2).gamma(2, size=100)


def drawn(design, chances, draws=200, seed=3):
    rng = np.random.default_rng(seed)
    return draw_by(design, chances, rng.random((draws, 100)), rng.random(draws), strata=STRATA, size=SIZE)


@pytest.mark.parametrize("design", ["stratified", "pps", "systematic"])
def test_whole_sums_are_met_in_every_class(design):
    sizes = np.stack([drawn(design, EVEN)[:, one == STRATA].sum(axis=1) for one in range(4)])
    assert (sizes == np.array([[4], [6], [10], [9]])).all()


@pytest.mark.parametrize("design", ["pps", "systematic"])
def test_other_sums_are_met_up_to_one_visit(design):
    taken = drawn(design, UNEVEN)
    assert abs(taken.sum(axis=1) - UNEVEN.sum()).max() < 1
    for one in range(4):
        members = one == STRATA
        assert abs(taken[:, members].sum(axis=1) - UNEVEN[members].sum()).max() < 2


@pytest.mark.parametrize("design", DESIGNS)
def test_the_certain_are_drawn_and_those_without_a_chance_never(design):
    chances = EVEN.copy()
    chances[:5], chances[5:10] = 1, 0
    taken = drawn(design, chances)
    assert taken[:, :5].all()
    assert not taken[:, 5:10].any()


@pytest.mark.parametrize("design", DESIGNS)
def test_many_draws_at_once_are_the_same_as_one_by_one(design):
    rng = np.random.default_rng(4)
    numbers, start = rng.random((20, 100)), rng.random(20)
    at_once = draw_by(design, EVEN, numbers, start, strata=STRATA, size=SIZE)
    for row in range(20):
        alone = draw_by(design, EVEN, numbers[row], start[row], strata=STRATA, size=SIZE)
        assert (alone == at_once[row]).all()


def test_a_systematic_draw_spreads_over_its_order():
    taken = drawn("systematic", np.full(100, 0.5))
    order = np.lexsort((SIZE, STRATA))
    pairs = taken[:, order].reshape(200, 50, 2).sum(axis=2)
    assert (pairs == 1).all()
    assert (drawn("pps", np.full(100, 0.5))[:, order].reshape(200, 50, 2).sum(axis=2) != 1).any()
