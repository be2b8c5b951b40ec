"""A fitted loss model for ArviZ: what the draws say of the losses that they were learned from."""

import numpy as np
import pandas as pd
import pytest

from creditrisk import LossModel, Map, Surrogate
from creditrisk.errors import FitError
from creditrisk.models.losses import Gamma, LogNormal

ENGINE = Surrogate(draws=200, tune=200, keep=200, on_failure="return")


@pytest.fixture(scope="module")
def losses() -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(5)
    sector = rng.choice(["C", "F", "H"], 600)
    loss = np.exp(8 + (sector == "F") + 0.7 * rng.normal(size=600))
    return pd.DataFrame({"sector": sector}), np.where(rng.random(600) < 0.5, loss, np.nan)


@pytest.fixture(scope="module")
def model(losses) -> LossModel:
    family = (LogNormal(), Gamma())
    return LossModel(groups=["sector"], family=family, inference=ENGINE).fit(*losses)


def test_the_groups_are_of_the_losses(model, losses):
    X, loss = losses
    found = model.to_datatree(random_state=1)
    seen = loss[~np.isnan(loss)]
    np.testing.assert_array_equal(found["observed_data"]["loss"], seen)
    assert found["log_likelihood"]["loss"].shape == (1, 200, len(seen))
    mean = np.log(np.exp(found["log_likelihood"]["loss"].values[0].astype(float)).mean(axis=0))
    there = X[~np.isnan(loss)]
    np.testing.assert_allclose(mean, model.log_density(there, seen), atol=1e-4)
    drawn = found["posterior_predictive"]["loss"].values
    assert (drawn > 0).all()
    assert np.log(drawn).std() == pytest.approx(np.log(seen).std(), rel=0.1)
    assert {"theta", "sigma"} & set(found["posterior"].data_vars)


@pytest.mark.filterwarnings("ignore:Estimated shape parameter")
def test_losses_left_out_are_predicted_a_little_worse(model, losses):
    X, loss = losses
    seen = ~np.isnan(loss)
    inside = model.log_density(X[seen], loss[seen]).sum()
    assert inside - 15 < model.loo().elpd < inside


def test_a_mode_alone_has_no_draws(losses):
    with pytest.raises(FitError, match="no draws to look at"):
        LossModel(inference=Map()).fit(*losses).loo()
