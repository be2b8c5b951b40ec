"""Dependent and unequally weighted rows: what a copy adds, what a weight costs, and intervals that widen."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import check_grad
from scipy.special import expit
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.errors import SpecError
from creditrisk.models.effects import Hinges
from creditrisk.models.inference.design_effects import StretchedRows, design_effects
from creditrisk.models.inference.engines import Map, Surrogate
from creditrisk.models.inference.mode import find_mode, prior_curvature
from creditrisk.models.labelled_rows import LabelledRows, choose_design
from creditrisk.models.priors import Priors
from creditrisk.models.violation import ViolationModel


def labelled(X, y, weight=None, clusters=None):
    ones = np.ones(len(X))
    return LabelledRows(
        X=X, y=y, weight=ones if weight is None else weight, offset=0 * ones, clusters=clusters
    )


def effects_of(X, y, clusters, weight=None):
    rows = labelled(X, y, weight)
    design = choose_design(
        rows, groups=("region",), directions=DIRECTIONS, effect=Hinges(), interactions=0, priors=Priors()
    )
    placed = rows.in_design(design)
    mode = find_mode(placed, Priors())
    return design_effects(placed, clusters, mode, prior_curvature(design, Priors(), mode.at))


@pytest.fixture(scope="module")
def made():
    return world(4000, 11)


def test_independent_rows_have_a_design_effect_of_about_one(made):
    effects = effects_of(made.X, made.violation, np.arange(4000))
    assert effects.max() < 1.25
    assert effects.min() >= 1


def test_five_copies_of_every_row_are_worth_one(made):
    X, y = pd.concat([made.X] * 5), np.tile(made.violation, 5)
    as_copies = effects_of(X, y, np.tile(np.arange(4000), 5))
    assert np.median(as_copies) == pytest.approx(5, rel=0.1)
    as_rows = effects_of(X, y, np.arange(20_000))
    assert np.median(as_rows) < 1.25


def test_a_weight_costs_what_kish_says(made):
    weight = np.where(np.random.default_rng(1).random(4000) < 0.2, 10.0, 1.0)
    kish = 4000 * np.sum(weight**2) / weight.sum() ** 2
    effects = effects_of(made.X, made.violation, np.arange(4000), weight)
    assert np.median(effects) == pytest.approx(kish * weight.sum() / 4000, rel=0.25)


@pytest.fixture(scope="module")
def stretched(made):
    rows = labelled(made.X[:500], made.violation[:500])
    design = choose_design(
        rows, groups=("region",), directions=DIRECTIONS, effect=Hinges(), interactions=0, priors=Priors()
    )
    placed = rows.in_design(design)
    mode = find_mode(placed, Priors())
    effects = np.random.default_rng(2).uniform(1, 6, size=1 + len(design.terms))
    return StretchedRows(rows=placed, mode=mode, effects=effects)


def test_stretched_slopes_and_curvatures_are_derivatives_of_the_values(stretched):
    theta = stretched.mode.at + np.random.default_rng(3).normal(scale=0.2, size=len(stretched.mode.at))
    error = check_grad(lambda t: stretched.values(t)[0], lambda t: stretched.slope(t)[1], theta)
    assert error < 1e-3
    expansion = stretched.expand(theta)
    np.testing.assert_allclose(expansion.gradient, stretched.slope(theta)[1], rtol=1e-9, atol=1e-9)
    assert expansion.value == pytest.approx(stretched.values(theta)[0])
    direction = np.random.default_rng(4).normal(size=len(theta))
    change = stretched.slope(theta + 1e-5 * direction)[1] - stretched.slope(theta - 1e-5 * direction)[1]
    np.testing.assert_allclose(-expansion.hessian @ direction, change / 2e-5, rtol=1e-4, atol=1e-3)


def test_intervals_of_a_panel_widen_and_the_status_says_so(made):
    X = pd.concat([made.X[["penalty_n", "region"]]] * 4, ignore_index=True)
    y, entity = np.tile(made.violation, 4), np.tile(np.arange(4000), 4)
    model = ViolationModel(
        groups=("region",),
        directions={"penalty_n": "raises"},
        inference=Surrogate(draws=400, tune=400, keep=800),
        random_state=1,
    )
    aware, naive = model.fit(X, y, entity=entity), None
    width = aware.posterior(X[:200]).std(axis=0)
    assert aware.status_.design_effect > 3
    assert "design effect" in aware.status_.sentence
    naive = model.fit(X, y)
    assert naive.status_.design_effect is None
    assert np.median(width / naive.posterior(X[:200]).std(axis=0)) > 1.5


def test_exposure_is_an_offset_and_probabilities_are_of_the_whole_horizon():
    rng = np.random.default_rng(5)
    X = pd.DataFrame({"complaint_n": rng.poisson(1.0, 20_000)})
    exposure = rng.choice([0.25, 1.0], size=20_000)
    y = rng.random(20_000) < expit(-2.5 + np.log(exposure) + 0.5 * X["complaint_n"])
    model = ViolationModel(directions={"complaint_n": "raises"}, inference=Map())
    p = model.fit(X, y, exposure=exposure).predict_proba(pd.DataFrame({"complaint_n": [0, 2]}))[:, 1]
    np.testing.assert_allclose(p, expit([-2.5, -1.5]), rtol=0.1)
    blind = model.fit(X, y).predict_proba(pd.DataFrame({"complaint_n": [0, 2]}))[:, 1]
    assert (blind < 0.8 * expit([-2.5, -1.5])).all()


def test_design_weights_undo_a_draw_that_favoured_the_risky():
    rng = np.random.default_rng(6)
    hidden = rng.random(60_000) < 0.2
    X = pd.DataFrame({"penalty_n": rng.poisson(1.0, 60_000)})
    y = (rng.random(60_000) < np.where(hidden, 0.4, 0.05)).astype(float)
    probability = np.where(hidden, 0.5, 0.05)
    y[rng.random(60_000) >= probability] = np.nan
    model = ViolationModel(directions={"penalty_n": "raises"}, inference=Map())
    weighted = model.fit(X, y, inclusion_probability=probability)
    assert weighted.predict_proba(X)[:, 1].mean() == pytest.approx(0.12, abs=0.012)
    assert model.fit(X, y).predict_proba(X)[:, 1].mean() > 0.2


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"inclusion_probability": np.zeros(60)}, r"in \(0, 1\].*got 0 in 60 rows"),
        ({"inclusion_probability": np.full(59, 0.5)}, "one value a row of X; got 59"),
        ({"exposure": np.full(60, -1.0)}, "exposure must be positive"),
        ({"entity": ["a"]}, "entity must have one value a row"),
        ({"channel": ["random"]}, "channel must have one value a row"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(given, rule):
    X = pd.DataFrame({"penalty_n": np.arange(60.0)})
    with pytest.raises(SpecError, match=rule):
        ViolationModel(inference=Map()).fit(X, np.arange(60) % 2, **given)
