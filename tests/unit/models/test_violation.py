"""The violation model as its users meet it; inference here is the quick `Map`, except where draws matter."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.metrics import roc_auc_score
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.errors import FitError, OutcomeError, SchemaError, SpecError
from creditrisk.models.inference.engines import Auto, Map, Surrogate
from creditrisk.models.inference.status import FitState
from creditrisk.models.violation import ViolationModel


@pytest.fixture(scope="module")
def made():
    return world(3000, 11)


@pytest.fixture(scope="module")
def fitted(made):
    model = ViolationModel(groups=["region", "sector"], directions=DIRECTIONS, inference=Map())
    return model.fit(made.X, made.violation)


@pytest.fixture(scope="module")
def sampled(made):
    engine = Surrogate(draws=300, tune=300, keep=200, on_failure="return")
    model = ViolationModel(groups=["region", "sector"], directions=DIRECTIONS, inference=engine)
    return model.fit(made.X, made.violation)


def at(made, **values):
    return made.X.iloc[:1].assign(**values)


def test_more_of_what_raises_the_risk_never_lowers_it(made, sampled):
    grid = pd.concat([at(made, penalty_n=float(k)) for k in range(8)])
    assert (np.diff(sampled.posterior(grid), axis=1) >= -1e-6).all()
    older = pd.concat([at(made, age_years=float(k)) for k in range(0, 60, 5)])
    assert (np.diff(sampled.posterior(older), axis=1) <= 1e-6).all()


def test_it_ranks_nearly_as_well_as_the_truth(made, fitted):
    fresh = world(3000, 11)
    truth = roc_auc_score(fresh.violation, fresh.p)
    assert roc_auc_score(fresh.violation, fitted.predict_proba(fresh.X)[:, 1]) > truth - 0.02


def test_the_mean_of_p_is_the_training_rate(made, sampled):
    mean = sampled.predict_proba(made.X)[:, 1].mean()
    assert mean == pytest.approx(made.violation.mean(), abs=0.012)


def test_the_never_inspected_are_left_out_and_counted(made):
    y = made.violation.copy()
    y[:1000] = np.nan
    model = ViolationModel(directions=DIRECTIONS, inference=Map()).fit(made.X, y)
    assert model.n_unlabelled_ == 1000
    assert model.status_.rows == 2000
    rest = ViolationModel(directions=DIRECTIONS, inference=Map()).fit(made.X[1000:], y[1000:])
    np.testing.assert_array_equal(model.posterior(made.X), rest.posterior(made.X))


def test_a_weight_of_two_is_the_row_twice(made):
    X, y = made.X[:600], made.violation[:600]
    twice = ViolationModel(inference=Map()).fit(X, y, sample_weight=np.full(600, 2.0))
    doubled = ViolationModel(inference=Map()).fit(pd.concat([X, X]), np.concatenate([y, y]))
    np.testing.assert_allclose(twice.posterior(X), doubled.posterior(X), rtol=1e-4)


def test_a_channel_takes_the_blame_for_its_selection(made):
    rng = np.random.default_rng(0)
    wanted = np.where(made.violation == 1, 0.6, 0.2)
    complaint = rng.random(len(wanted)) < wanted
    drawn = rng.random(len(wanted)) < 0.4
    y = np.where(complaint | drawn, made.violation, np.nan)
    channel = np.where(drawn, "random", "complaint").astype(object)
    with_channel = ViolationModel(inference=Map()).fit(made.X, y, channel=channel)
    without = ViolationModel(inference=Map()).fit(made.X, y)
    rate = made.violation.mean()
    assert abs(with_channel.predict_proba(made.X)[:, 1].mean() - rate) < 0.03
    assert without.predict_proba(made.X)[:, 1].mean() > rate + 0.05


def test_an_unseen_region_is_drawn_from_the_population(made, sampled):
    known, unseen = sampled.posterior(made.X[:1]), sampled.posterior(at(made, region="999999"))
    logit = lambda p: np.log(p / (1 - p))  # noqa: E731
    assert logit(unseen).std() > logit(known).std()


def test_a_missing_value_never_seen_in_training_is_scored_with_doubt(made, sampled):
    doubt = sampled.posterior(at(made, penalty_n=np.nan))
    assert np.isfinite(doubt).all()
    assert doubt.std() > sampled.posterior(made.X[:1]).std()


def test_the_same_seed_gives_the_same_draws_and_another_other_ones(made):
    def draws(seed):
        engine = Surrogate(draws=60, tune=60, keep=50, on_failure="return")
        model = ViolationModel(directions=DIRECTIONS, inference=engine, random_state=seed)
        return model.fit(made.X[:800], made.violation[:800]).posterior(made.X[:5])

    first = draws(1)
    np.testing.assert_array_equal(first, draws(1))
    assert not np.array_equal(first, draws(2))


@pytest.mark.slow
def test_auto_goes_exact_where_the_surrogate_is_not_good_enough(made):
    small = {"draws": 150, "tune": 150, "keep": 100, "on_failure": "return"}
    X, y = made.X[["penalty_n", "age_years"]][:400], made.violation[:400]
    strict = ViolationModel(inference=Auto(k_hat_limit=-9.0, **small)).fit(X, y)
    assert strict.status_.k_hat is None
    assert ViolationModel(inference=Auto(**small)).fit(X, y).status_.k_hat is not None


def test_a_fit_that_did_not_converge_raises_unless_told_to_return(made):
    tiny = {"draws": 25, "tune": 1, "keep": 10}
    X, y = made.X[["penalty_n", "age_years"]][:400], made.violation[:400]
    with pytest.raises(FitError, match=r"did not converge.*R-hat"):
        ViolationModel(inference=Surrogate(**tiny)).fit(X, y)
    kept = ViolationModel(inference=Surrogate(on_failure="return", **tiny)).fit(X, y)
    assert kept.status_.state is FitState.NOT_CONVERGED


def test_contributions_add_up_to_the_predictor(made, sampled):
    p = sampled.posterior_.draws(sampled._encode(made.X)).mean(axis=0)
    total = sampled.contributions(made.X).sum(axis=1).to_numpy()
    assert np.ptp(p - total) < 1e-4


def test_arrays_work_and_columns_get_names():
    rng = np.random.default_rng(5)
    X = rng.normal(size=(400, 2))
    model = ViolationModel(inference=Map()).fit(X, (X[:, 0] > 0.5).astype(int))
    assert list(model.feature_names_in_) == ["x0", "x1"]
    assert set(model.predict(X)) == {0, 1}


def test_it_is_a_scikit_learn_estimator():
    model = ViolationModel(groups=["region"], inference=Map(), random_state=3)
    assert clone(model).get_params() == model.get_params()


@pytest.mark.parametrize(
    ("y", "sentence"),
    [
        (np.full(50, np.nan), "No entity was inspected"),
        (np.zeros(50), "one class: all 50 labelled entities have 0"),
        (np.full(50, 2.0), "one class: all 50 labelled entities have 2"),
        (np.zeros(49), "got 49 labels for 50 rows"),
        (np.array(["yes", 1] * 25, dtype=object), "got both, 'yes' for instance"),
    ],
)
def test_labels_that_cannot_train_are_refused(made, y, sentence):
    with pytest.raises(OutcomeError, match=sentence):
        ViolationModel(inference=Map()).fit(made.X[:50], y)


def test_a_column_of_dates_is_refused(made):
    X = made.X.assign(since=pd.Timestamp("2020-01-01"))
    with pytest.raises(SpecError, match="column 'since' holds dates"):
        ViolationModel().fit(X, made.violation)


def test_names_that_x_does_not_have_are_refused_with_a_hint(made, fitted):
    X, y = made.X, made.violation
    with pytest.raises(SpecError, match="Did you mean 'region'"):
        ViolationModel(groups=["regoin"]).fit(X, y)
    with pytest.raises(SpecError, match="Did you mean 'penalty_n'"):
        ViolationModel(directions={"penalty": "raises"}).fit(X, y)
    with pytest.raises(SchemaError, match="fitted with column 'penalty_n'"):
        fitted.posterior(X.drop(columns="penalty_n"))
    with pytest.raises(SpecError, match="must be finite and not negative"):
        ViolationModel().fit(X, y, sample_weight=np.full(len(X), -1.0))
    with pytest.raises(SpecError, match="random_state"):
        ViolationModel(random_state="seven").fit(X, y)
