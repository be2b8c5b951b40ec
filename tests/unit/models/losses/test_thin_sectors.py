"""Few fines, none, and one of eight million: answers that an officer can explain."""

import numpy as np
import pandas as pd
import pytest

from creditrisk.models.inference.engines import Surrogate
from creditrisk.models.loss import LossModel
from creditrisk.models.losses import LogNormalPareto

ENGINE = Surrogate(draws=150, tune=250, keep=250, on_failure="return")
ASKED = pd.DataFrame({"sector": ["common", "three", "none", "huge"]})


def fitted(family=None, *, without_huge=False):
    rng = np.random.default_rng(12)
    many = pd.DataFrame({"sector": ["common"] * 300 + ["other"] * 300 + ["third"] * 300})
    loss = np.exp(9.0 + (many["sector"] == "other") - 0.5 * (many["sector"] == "third"))
    loss = loss * np.exp(rng.normal(size=900))
    X = pd.concat([many, pd.DataFrame({"sector": ["three"] * 3 + ["huge"] * 12})], ignore_index=True)
    few = [60_000.0, 90_000.0, 120_000.0, *np.exp(9 + rng.normal(size=12))]
    few[-1] = few[-2] if without_huge else 8e6
    return LossModel(groups=["sector"], family=family, inference=ENGINE, random_state=2).fit(
        X, np.append(loss, few)
    )


@pytest.fixture(scope="module")
def plain():
    return fitted()


def test_three_fines_move_a_sector_part_of_the_way(plain):
    location = plain.log_location(ASKED).mean(axis=0)
    assert location[0] < location[1] < np.log(90_000)
    spread = plain.log_location(ASKED).std(axis=0)
    assert spread[1] > 3 * spread[0]


def test_a_sector_without_a_fine_is_any_sector(plain):
    location = plain.log_location(ASKED)
    mean = location.mean(axis=0)
    assert 8.4 < mean[2] < 10.5
    assert location[:, 2].std() > location[:, 1].std() > location[:, 0].std()
    assert plain.quantile(ASKED, 0.95)[2] > plain.quantile(ASKED, 0.95)[0]


@pytest.mark.parametrize(
    "family", [None, pytest.param(LogNormalPareto(), marks=pytest.mark.slow)], ids=["log-normal", "pareto"]
)
def test_one_fine_of_eight_million_does_not_become_what_is_expected(plain, family):
    model = plain if family is None else fitted(family)
    calm = fitted(family, without_huge=True)
    with_it, without = model.predict(ASKED), calm.predict(ASKED)
    assert np.isfinite(with_it).all()
    assert without[3] < with_it[3] < 400_000
    assert with_it[0] == pytest.approx(without[0], rel=0.35)
    assert (model.monte_carlo_error(ASKED) < 0.25 * with_it).all()
    assert (model.tail_value_at_risk(ASKED) > model.quantile(ASKED, 0.95)).all()


@pytest.mark.slow
def test_indicators_that_say_nothing_retreat_to_the_means_of_the_groups():
    rng = np.random.default_rng(14)
    X = pd.DataFrame(rng.normal(size=(1200, 6)), columns=[f"noise_{k}" for k in range(6)])
    X["sector"] = rng.choice(["C", "F", "H"], 1200)
    loss = np.exp(9 + (X["sector"] == "F").to_numpy() + rng.normal(size=1200))
    with_noise, alone = (
        LossModel(groups=["sector"], inference=ENGINE).fit(frame[:600], loss[:600])
        for frame in (X, X[["sector"]])
    )
    noisy, clean = (model.log_density(X[600:], loss[600:]).mean() for model in (with_noise, alone))
    assert noisy > clean - 0.02
    gap = with_noise.log_location(X[600:]).mean(axis=0) - alone.log_location(X[600:]).mean(axis=0)
    assert np.sqrt(np.mean(gap**2)) < 0.12
