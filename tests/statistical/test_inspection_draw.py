"""The law: in 20 000 draws everyone is drawn as often as stated; a design with an error is found out."""

import numpy as np
import pytest

from creditrisk.supervision.chances import by_loss, by_rates, in_proportion
from creditrisk.supervision.designs import DESIGNS, draw_by
from creditrisk.supervision.lot import lot_numbers, lot_start

DRAWS, ENTITIES, NAMED = 20_000, 200, 100
RNG = np.random.default_rng(11)
STRATA = np.sort(RNG.choice(4, ENTITIES, p=[0.4, 0.3, 0.2, 0.1]))
LOSS, WIDTH = RNG.lognormal(0, 1, ENTITIES), RNG.gamma(1, size=ENTITIES)
RATES = np.array([0.03, 0.07, 0.31, 0.87])
BY_RATES = by_rates(RATES, classes=STRATA, width=WIDTH, exploration=0.0)
BY_LOSS = by_loss(40.0, loss=LOSS, width=WIDTH, least=0.02, exploration=0.3)


def at_random(seed=12):
    rng = np.random.default_rng(seed)
    return rng.random((DRAWS, ENTITIES)), rng.random(DRAWS)


def worst_deviations(drawn, chances):
    """Return the largest deviation in standard errors: of 100 named entities, and of the strata."""
    named = np.linspace(0, ENTITIES - 1, NAMED).astype(int)
    error = np.sqrt(np.maximum(chances * (1 - chances), 1e-12) / DRAWS)
    entities = np.abs(drawn.mean(axis=0) - chances) / error
    by_stratum = []
    for one in np.unique(STRATA):
        visits = drawn[:, one == STRATA].sum(axis=1)
        spread = max(visits.std(ddof=1), 1e-6) / np.sqrt(DRAWS)
        by_stratum.append(abs(visits.mean() - chances[one == STRATA].sum()) / spread)
    return entities[named].max(), max(by_stratum)


def assert_as_stated(drawn, chances):
    entity, stratum = worst_deviations(drawn, chances)
    assert entity < 4.5  # of 100 normal deviates, once in 1500 runs
    assert stratum < 4


@pytest.mark.parametrize("design", DESIGNS)
def test_inclusion_probabilities_by_rates_are_exact(design):
    numbers, start = at_random()
    assert_as_stated(draw_by(design, BY_RATES, numbers, start, strata=STRATA, size=LOSS), BY_RATES)


@pytest.mark.parametrize("design", ["poisson", "pps", "systematic"])
def test_inclusion_probabilities_by_loss_are_exact(design):
    numbers, start = at_random()
    assert_as_stated(draw_by(design, BY_LOSS, numbers, start, strata=STRATA, size=LOSS), BY_LOSS)


def test_drawing_one_after_the_other_by_size_is_found_out():
    """Weighted draws without replacement look right, and are not in proportion to size."""
    chances = in_proportion(LOSS, 40.0)
    numbers, _ = at_random()
    race = -np.log1p(-numbers) / LOSS
    drawn = race.argsort(axis=1).argsort(axis=1) < 40
    assert worst_deviations(drawn, chances)[0] > 10


def test_rounding_the_visits_of_a_class_is_found_out():
    rounded = np.rint(np.bincount(STRATA, weights=BY_RATES)) / np.bincount(STRATA)
    numbers, start = at_random()
    drawn = draw_by("stratified", rounded[STRATA], numbers, start, strata=STRATA, size=LOSS)
    assert worst_deviations(drawn, BY_RATES)[1] > 10


@pytest.fixture(scope="module")
def by_published_seeds():
    ids = [f"E{i}" for i in range(ENTITIES)]
    numbers = np.stack([lot_numbers(ids, f"day {day}") for day in range(DRAWS)])
    return numbers, np.array([lot_start(f"day {day}") for day in range(DRAWS)])


@pytest.mark.slow
@pytest.mark.parametrize("design", DESIGNS)
def test_published_seeds_draw_as_stated(design, by_published_seeds):
    numbers, start = by_published_seeds
    assert_as_stated(draw_by(design, BY_RATES, numbers, start, strata=STRATA, size=LOSS), BY_RATES)
