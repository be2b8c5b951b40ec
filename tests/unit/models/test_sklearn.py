"""The models behave as scikit-learn's estimators do; all with the quick `Map`."""

import numpy as np
import pandas as pd
import pytest
import sklearn
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.exceptions import DataConversionWarning, NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import parametrize_with_checks
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.errors import OutcomeError, SchemaError, SpecError
from creditrisk.models.effects import Hinges, Steps
from creditrisk.models.inference.engines import Map
from creditrisk.models.loss import LossModel
from creditrisk.models.sklearn_checks import EXPECTED_FAILED_CHECKS, expected_failed_checks
from creditrisk.models.violation import ViolationModel


@parametrize_with_checks(
    [ViolationModel(inference=Map()), LossModel(inference=Map())],
    expected_failed_checks=expected_failed_checks,
    xfail_strict=False,
)
def test_scikit_learn_checks_its_estimators(estimator, check):
    check(estimator)


def test_the_list_of_expected_failures_is_short_and_gives_reasons():
    assert len(EXPECTED_FAILED_CHECKS["ViolationModel"]) == 0
    assert all(len(reason) > 20 for reason in EXPECTED_FAILED_CHECKS["LossModel"].values())


@pytest.fixture(scope="module")
def made():
    return world(1200, 61)


def model(**options):
    return ViolationModel(groups=["region", "sector"], directions=DIRECTIONS, inference=Map(), **options)


def test_clone_and_set_params_keep_what_was_asked_for(made):
    first = model(effect=Steps(bins=6), random_state=3)
    again = clone(first)
    assert again.get_params() == first.get_params()
    assert again.set_params(effect=Hinges(knots=5)).effect == Hinges(knots=5)
    with pytest.raises(NotFittedError):
        again.predict(made.X)


def test_a_pipeline_hands_names_and_directions_through(made):
    doubled = make_column_transformer(
        (FunctionTransformer(np.sqrt, feature_names_out="one-to-one"), ["penalty_n"]),
        remainder="passthrough",
        verbose_feature_names_out=False,
    )
    pipeline = make_pipeline(doubled, model()).set_output(transform="pandas")
    pipeline.fit(made.X, made.violation)
    assert list(pipeline[-1].feature_names_in_) == list(pipeline[:-1].get_feature_names_out())
    at = made.X.iloc[[0] * 4].assign(penalty_n=[0.0, 1.0, 2.0, 3.0])
    assert (np.diff(pipeline.predict_proba(at)[:, 1]) >= 0).all()


def test_cross_validation_and_search_over_effects(made):
    scores = cross_val_score(model(), made.X, made.violation, cv=3, scoring="roc_auc")
    assert scores.mean() > 0.6
    search = GridSearchCV(model(), {"effect": [Steps(bins=4), Hinges()]}, cv=2, scoring="neg_log_loss")
    assert search.fit(made.X, made.violation).best_params_["effect"] in (Steps(bins=4), Hinges())
    p = cross_val_predict(model(), made.X, made.violation, cv=2, method="predict_proba")
    assert p.shape == (1200, 2)


def test_weights_and_channels_are_routed(made):
    weight = np.random.default_rng(1).uniform(0.2, 3.0, len(made.X))
    channel = np.where(np.arange(len(made.X)) % 3, "random", "complaint")
    direct = model().fit(made.X, made.violation, sample_weight=weight, channel=channel)
    with sklearn.config_context(enable_metadata_routing=True):
        asked = model().set_fit_request(sample_weight=True, channel=True)
        pipeline = make_pipeline(FunctionTransformer(), asked)
        pipeline.fit(made.X, made.violation, sample_weight=weight, channel=channel)
    np.testing.assert_array_equal(direct.posterior(made.X), pipeline[-1].posterior(made.X))
    plain = model().fit(made.X, made.violation)
    assert not np.allclose(direct.posterior(made.X), plain.posterior(made.X))


def test_names_of_columns_and_a_picture_in_notebooks(made):
    fitted = model().fit(made.X, made.violation)
    assert list(fitted.feature_names_in_) == list(made.X.columns)
    assert fitted.n_features_in_ == made.X.shape[1]
    html = fitted._repr_html_()
    assert "ViolationModel" in html
    assert "penalty_n" in html


def test_columns_in_another_order_and_more_of_them_change_nothing(made):
    fitted = model().fit(made.X, made.violation)
    other = made.X[made.X.columns[::-1]].assign(extra=1.0)
    np.testing.assert_array_equal(fitted.posterior(made.X), fitted.posterior(other))


@pytest.mark.parametrize(
    ("labels", "classes"),
    [([0, 1], [0, 1]), ([False, True], [0, 1]), ([1, 2], [1, 2]), (["no", "yes"], ["no", "yes"])],
)
def test_two_labels_of_any_name_are_two_classes(made, labels, classes):
    y = np.asarray(labels)[made.violation.astype(int)]
    fitted = model().fit(made.X, y)
    assert list(fitted.classes_) == classes
    assert set(fitted.predict(made.X)) <= set(classes)
    usual = model().fit(made.X, made.violation)
    np.testing.assert_array_equal(fitted.posterior(made.X), usual.posterior(made.X))


def test_missing_labels_of_any_kind_are_never_inspected(made):
    y = made.violation.copy()
    y[:100] = np.nan
    nullable = pd.array(y, dtype="Float64")
    named = np.where(np.isnan(y), None, np.where(y == 1, "yes", "no"))
    first, second, third = (model().fit(made.X, given) for given in (y, nullable, named))
    assert first.n_unlabelled_ == second.n_unlabelled_ == third.n_unlabelled_ == 100
    np.testing.assert_array_equal(first.posterior(made.X), third.posterior(made.X))


@pytest.mark.parametrize(
    ("y", "sentence"),
    [
        (None, "requires y to be passed"),
        (np.array([0.0, 0.4] * 600), "Unknown label type: continuous.*got 0.4"),
        (np.array([0, 1, 2] * 400), "Only binary classification is supported.*got 3: 0, 1, 2"),
        (np.array(["no"] * 1200), "one class: all 1200 labelled entities have no"),
    ],
)
def test_labels_of_no_or_more_classes_are_refused(made, y, sentence):
    with pytest.raises(OutcomeError, match=sentence):
        model().fit(made.X, y)


def test_a_column_of_labels_is_read_with_a_warning(made):
    with pytest.warns(DataConversionWarning, match="column-vector"):
        fitted = model().fit(made.X, made.violation[:, None])
    np.testing.assert_array_equal(fitted.classes_, [0, 1])


def test_input_of_no_shape_is_refused(made):
    with pytest.raises(SpecError, match="weight of zero in every row"):
        model().fit(made.X, made.violation, sample_weight=np.zeros(len(made.X)))
    with pytest.raises(SchemaError, match="'noise' twice"):
        model().fit(pd.concat([made.X, made.X[["noise"]]], axis=1), made.violation)
    fitted = ViolationModel(inference=Map()).fit(np.eye(60, 2), np.arange(60) % 2)
    with pytest.raises(SchemaError, match="X has 3 features, but ViolationModel is expecting 2"):
        fitted.predict_proba(np.eye(4, 3))
