"""Folds of a panel keep entities and dates apart."""

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import cross_val_score
from tests.lib.worlds import world

from creditrisk.errors import SchemaError, SpecError
from creditrisk.models.inference.engines import Map
from creditrisk.models.panel_split import PanelSplit
from creditrisk.models.violation import ViolationModel


@pytest.fixture(scope="module")
def panel():
    made = world(900, 71)
    dates = np.tile(["2021-01-01", "2022-01-01", "2023-01-01"], 300)
    index = pd.MultiIndex.from_arrays([np.repeat(np.arange(300), 3), dates], names=["entity_id", "as_of"])
    return made.X.set_axis(index), made.violation


def test_nobody_is_learnt_from_and_judged_by_and_judging_is_later(panel):
    X, _ = panel
    judged = []
    for train, test in PanelSplit(n_splits=4).split(X):
        learnt, seen = X.index[train], X.index[test]
        assert not set(learnt.get_level_values(0)) & set(seen.get_level_values(0))
        assert max(learnt.get_level_values(1)) < min(seen.get_level_values(1))
        judged += list(test)
    assert sorted(judged) == list(np.flatnonzero(X.index.get_level_values(1) == "2023-01-01"))


def test_two_dates_may_be_for_judging(panel):
    X, _ = panel
    train, test = next(PanelSplit(test_dates=2).split(X))
    assert set(X.index[train].get_level_values(1)) == {"2021-01-01"}
    assert set(X.index[test].get_level_values(1)) == {"2022-01-01", "2023-01-01"}


def test_without_dates_every_row_is_judged_once(panel):
    X = panel[0].droplevel("as_of")
    folds = list(PanelSplit(n_splits=3).split(X))
    assert sorted(np.concatenate([test for _, test in folds])) == list(range(900))
    for train, test in folds:
        assert not set(X.index[train]) & set(X.index[test])


def test_the_seed_says_who_is_in_which_fold(panel):
    def first(seed):
        return next(PanelSplit(random_state=seed).split(panel[0]))[1]

    np.testing.assert_array_equal(first(1), first(1))
    assert not np.array_equal(first(1), first(2))


def test_scikit_learn_takes_it(panel):
    X, y = panel
    scores = cross_val_score(ViolationModel(inference=Map()), X, y, cv=PanelSplit(3), scoring="roc_auc")
    assert scores.shape == (3,)


def test_what_cannot_be_split_is_said(panel):
    X, _ = panel
    with pytest.raises(SchemaError, match="indexed by entity_id"):
        next(PanelSplit().split(np.eye(4)))
    with pytest.raises(SchemaError, match="5 folds need as many entities; X has 1"):
        next(PanelSplit().split(X[:3]))
    with pytest.raises(SchemaError, match="X has 3, test_dates=3"):
        next(PanelSplit(test_dates=3).split(X))
    with pytest.raises(SpecError, match="at least two folds"):
        PanelSplit(1)
