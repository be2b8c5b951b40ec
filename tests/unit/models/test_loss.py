"""The loss model: what it predicts, and what it refuses."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from tests.lib.worlds import world

from creditrisk.errors import OutcomeError, SpecError
from creditrisk.models.inference.engines import Map, Nuts
from creditrisk.models.loss import LossModel

ENGINE = Nuts(draws=300, tune=300, keep=200, on_failure="return")


@pytest.fixture(scope="module")
def made():
    return world(4000, 21)


@pytest.fixture(scope="module")
def fitted(made):
    return LossModel(groups=["sector"], directions={"penalty_n": "raises"}, inference=ENGINE).fit(
        made.X, made.loss
    )


def test_it_learns_the_spread_and_the_level(made, fitted):
    assert fitted.sigma_.mean() == pytest.approx(1.0, abs=0.1)
    location = fitted.log_location(made.X).mean(axis=0)
    assert np.corrcoef(location, made.log_loss_mean)[0, 1] > 0.85


def test_the_expected_loss_is_that_of_a_log_normal(made, fitted):
    inner = np.exp(fitted.log_location(made.X[:3]) + 0.5 * fitted.sigma_[:, None] ** 2)
    expected = (fitted.positive_share_[:, None] * inner).mean(axis=0)
    np.testing.assert_allclose(fitted.predict(made.X[:3]), expected, rtol=1e-4)


def test_violations_without_a_loss_lower_the_expected_loss(made, fitted):
    none = made.loss.copy()
    seen = np.flatnonzero(made.violation == 1)
    none[seen[: len(seen) // 2]] = 0.0
    half = LossModel(groups=["sector"], inference=Map()).fit(made.X, none)
    assert half.positive_share_.mean() == pytest.approx(0.5, abs=0.05)
    assert half.predict(made.X).mean() < 0.75 * fitted.predict(made.X).mean()


def test_the_log_density_is_highest_where_the_model_is_right(made, fitted):
    fresh = world(4000, 21)
    seen = fresh.violation == 1
    X, loss = fresh.X[seen], fresh.loss[seen]
    ours = fitted.log_density(X, loss).mean()
    constant = (norm.logpdf(np.log(loss), 9.4, 1.0) - np.log(loss)).mean()
    shifted = fitted.log_density(X, loss * 10).mean() + np.log(10)
    assert ours > constant
    assert ours > shifted


def test_densities_integrate_to_one(made, fitted):
    grid = np.linspace(2, 18, 400)
    X = pd.concat([made.X[:1]] * len(grid))
    density = np.exp(fitted.log_density(X, np.exp(grid)) + grid)
    assert np.trapezoid(density, grid) == pytest.approx(1.0, abs=1e-3)


def test_amounts_that_cannot_be_losses_are_refused(made):
    X = made.X[:50]
    with pytest.raises(OutcomeError, match="at least 0; got a negative"):
        LossModel().fit(X, np.full(50, -1.0))
    with pytest.raises(
        OutcomeError, match="At least 10 losses above 0 are needed to fit a loss model; got 2"
    ):
        LossModel().fit(X, np.array([5.0, 7.0] + [np.nan] * 48))
    with pytest.raises(OutcomeError, match="got 3 for 50 rows"):
        LossModel().fit(X, np.ones(3))


def test_quantiles_enclose_the_losses_they_promise(made, fitted):
    seen = made.violation == 1
    X, loss = made.X[seen], made.loss[seen]
    for q in (0.05, 0.5, 0.95):
        assert (loss <= fitted.quantile(X, q)).mean() == pytest.approx(q, abs=0.03)
    with pytest.raises(SpecError, match="strictly between 0 and 1; got 1"):
        fitted.quantile(X, 1.0)


def test_a_quantile_is_0_where_so_many_violations_cost_nothing(made):
    none = made.loss.copy()
    seen = np.flatnonzero(made.violation == 1)
    none[seen[: len(seen) // 2]] = 0.0
    half = LossModel(groups=["sector"], inference=Map()).fit(made.X, none)
    assert (half.quantile(made.X[:9], 0.3) == 0).all()
    assert (half.quantile(made.X[:9], 0.7) > 0).all()
