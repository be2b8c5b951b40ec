"""A fit in ArviZ's groups: the right numbers in the right places, and few rows of many."""

import arviz as az
import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.errors import FitError
from creditrisk.models.file import load_model
from creditrisk.models.inference.engines import Map, Surrogate
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel

GROUPS = {
    "posterior",
    "sample_stats",
    "observed_data",
    "constant_data",
    "log_likelihood",
    "posterior_predictive",
}


@pytest.fixture(scope="module")
def made():
    made = world(2500, 81)
    made.X.iloc[:200, 1] = np.nan
    return made


@pytest.fixture(scope="module")
def fitted(made):
    engine = Surrogate(draws=400, tune=300, keep=800, on_failure="return")
    model = ViolationModel(groups=["region"], directions=DIRECTIONS, inference=engine, interactions=0)
    return model.fit(made.X, made.violation)


@pytest.fixture(scope="module")
def tree(fitted):
    return fitted.to_datatree(prior=True, random_state=1)


def test_it_has_the_standard_groups(fitted, tree):
    assert set(tree.children) == GROUPS | {"prior", "prior_predictive"}
    assert set(fitted.to_datatree().children) == GROUPS


def test_of_many_rows_some_are_taken_and_it_is_said(tree):
    assert tree.attrs["rows"] == tree["observed_data"].sizes["row"] == 1250
    assert tree.attrs["share_of_training_rows"] == 0.5


def test_rows_are_those_of_the_training_data(made, tree):
    X, y = made.X.iloc[::2], made.violation[::2]
    np.testing.assert_array_equal(tree["observed_data"]["violation"], y)
    np.testing.assert_array_equal(tree["constant_data"]["complaint_n"], X["complaint_n"])
    assert list(tree["constant_data"]["region"].values) == list(X["region"])


def test_the_log_likelihood_is_that_of_the_draws(made, fitted, tree):
    X, y = made.X.iloc[::2], made.violation[::2]
    theta = tree["posterior"]["theta"].values[1, 7]
    design = fitted.posterior_.design
    p = expit(design.encode(X).matrix(design.basis) @ theta)
    expected = np.where(y == 1, np.log(p), np.log(1 - p))
    np.testing.assert_allclose(tree["log_likelihood"]["violation"][1, 7], expected, rtol=1e-4, atol=1e-5)


def test_predicted_labels_are_as_frequent_as_the_true_ones(made, tree):
    predicted = tree["posterior_predictive"]["violation"]
    assert set(np.unique(predicted)) == {0, 1}
    assert float(predicted.mean()) == pytest.approx(made.violation.mean(), abs=0.02)
    before = tree["prior_predictive"]["violation"].mean("row")
    assert float(before.std()) > 5 * float(predicted.mean("row").std())


def test_levels_are_named(tree):
    values = tree["posterior"]["level_value"]
    rises = values.sel(level="penalty_n: at 1") - values.sel(level="penalty_n: 0 or less")
    assert float(rises.min()) >= 0
    assert float(rises.mean()) > 0.2


@pytest.mark.filterwarnings("ignore:Estimated shape parameter")
def test_leaving_one_out_costs_a_little(made, fitted):
    found = fitted.loo()
    assert found.n_data_points == 1250
    p = fitted.predict_proba(made.X.iloc[::2])[:, 1]
    y = made.violation[::2]
    within = float(np.sum(np.where(y == 1, np.log(p), np.log(1 - p))))
    assert 2 < within - found.elpd < 60
    assert found.pareto_k.max() < 1


@pytest.mark.filterwarnings("ignore:Estimated shape parameter")
def test_arviz_takes_the_tree(tree):
    assert az.loo(tree).n_data_points == 1250
    summary = az.summary(tree, var_names=["tau"], ci_prob=0.9, ci_kind="eti")
    assert len(summary) == tree["posterior"].sizes["group"]


def test_sensitivity_to_the_prior_names_the_parameters_at_the_top(fitted):
    table = fitted.prior_sensitivity()
    assert isinstance(table, pd.DataFrame)
    assert {"intercept", "step_scale"} <= {name.split("[")[0] for name in table.index}
    assert table.loc["intercept", "likelihood"] > table.loc["intercept", "prior"]


@pytest.mark.slow
def test_a_prior_as_sure_as_the_data_is_seen(made):
    from creditrisk.models.priors import Priors

    engine = Surrogate(draws=400, tune=300, keep=100, on_failure="return")
    model = ViolationModel(inference=engine, priors=Priors(intercept=0.1), interactions=0)
    table = model.fit(made.X[["noise"]][:400], made.violation[:400]).prior_sensitivity()
    assert table.loc["intercept", "prior"] > 0.05


def test_without_draws_there_is_nothing_to_look_at(made, fitted, tmp_path):
    quick = ViolationModel(inference=Map()).fit(made.X, made.violation)
    with pytest.raises(FitError, match="no draws to look at"):
        quick.to_datatree()
    outcomes = pd.DataFrame({"violation": made.violation, "loss_cny": made.loss}, index=made.X.index)
    RiskModel(ViolationModel(inference=Map()), LossModel(inference=Map())).fit(made.X, outcomes).save(
        tmp_path / "model.nc"
    )
    with pytest.raises(FitError, match="model files keep no chains"):
        load_model(tmp_path / "model.nc").violation_.loo()
