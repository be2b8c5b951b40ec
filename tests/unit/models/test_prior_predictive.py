"""Before any data: sane priors are said to be plausible, wild ones are not."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import logit
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.errors import SpecError
from creditrisk.models.elicited import PointsTable
from creditrisk.models.prior_predictive import PriorPredictive
from creditrisk.models.priors import Priors
from creditrisk.models.violation import ViolationModel


@pytest.fixture(scope="module")
def made():
    return world(3000, 31).X


def implied(X, priors=None, **options):
    model = ViolationModel(groups=["region", "sector"], directions=DIRECTIONS, priors=priors)
    return model.prior_predictive(X, **options)


@pytest.fixture(scope="module")
def usual(made):
    return implied(made)


def test_the_usual_priors_are_plausible_and_vague(usual):
    assert usual.p.shape == (500, 1500)
    assert usual.plausible
    assert "the priors are plausible" in usual.sentence()
    low, high = np.quantile(usual.base_rate, [0.05, 0.95])
    assert low < 0.05
    assert high > 0.9


def test_priors_that_make_everyone_certain_are_not(made):
    wild = implied(made, Priors(steps=40.0, intercept=0.5))
    assert not wild.plausible
    assert "lower Priors.steps and Priors.group" in wild.sentence()
    assert "请减小 Priors.steps" in wild.sentence("zh")


def test_a_base_rate_that_nobody_expects_is_said(made):
    narrow = implied(made, plausible_rate=(0.0001, 0.001))
    assert not narrow.plausible
    assert "within the plausible 0.0% to 0.1%" in narrow.sentence()
    assert "合理范围" in narrow.sentence("zh")


def test_a_table_moves_who_is_riskier_before_any_data(made):
    rows = [("penalty_n", 0, 0), ("penalty_n", 1, 30), ("penalty_n", 2, 60)]
    table = PointsTable.from_frame(pd.DataFrame(rows, columns=["term", "level", "points"]), pdo=20)
    firm = Priors(intercept=1.0, table=replace(table, bin_spread=0.1, term_spread=0.1))
    model = ViolationModel(directions={"penalty_n": "raises"}, priors=firm)
    told = model.prior_predictive(made[["penalty_n"]])
    penalties = made["penalty_n"].to_numpy()[::2]
    eta = logit(told.p.astype(float))
    gap = eta[:, penalties == 2].mean(axis=1) - eta[:, penalties == 0].mean(axis=1)
    assert gap.mean() == pytest.approx(3 * np.log(2), abs=0.05)


def test_the_same_seed_gives_the_same_draws(made):
    X = made[["penalty_n"]]
    model = ViolationModel()
    first, again, other = (model.prior_predictive(X, draws=20, random_state=s).p for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_language_that_there_is_not_is_refused(usual):
    with pytest.raises(SpecError, match="in en or zh; got 'de'"):
        usual.sentence("de")
    assert isinstance(usual, PriorPredictive)
