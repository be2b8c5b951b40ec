"""Pairs are found where they are planted, and nowhere else."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from creditrisk.models.effects import PairTerm
from creditrisk.models.effects.pair import Bands
from creditrisk.models.inference.engines import Map
from creditrisk.models.interactions import score
from creditrisk.models.violation import ViolationModel


def made(strength, n=8000, seed=3):
    rng = np.random.default_rng(seed)
    X = pd.DataFrame(rng.normal(size=(n, 4)), columns=list("abcd"))
    X["sector"] = rng.choice(["food", "drugs", "toys"], n)
    eta = -1.5 + 0.5 * X["a"] + 0.5 * X["b"] + strength * X["a"] * X["b"]
    return X, (rng.random(n) < expit(eta)).astype(float)


def pairs_of(model):
    return [term.name for term in model.posterior_.design.terms if term.kind == "pair"]


@pytest.fixture(scope="module")
def fitted():
    X, y = made(0.8)
    return ViolationModel(inference=Map()).fit(X, y)


def test_a_planted_pair_is_found_and_used(fitted):
    assert pairs_of(fitted) == ["a × b"]
    ends = pd.DataFrame({"a": [2.0, 2.0], "b": [2.0, -2.0], "c": 0.0, "d": 0.0, "sector": "food"})
    p = fitted.predict_proba(ends)[:, 1]
    assert p[0] > 2 * p[1]


def test_no_pair_is_found_where_effects_add_up():
    X, y = made(0.0)
    assert pairs_of(ViolationModel(inference=Map()).fit(X, y)) == []


def test_pairs_can_be_left_out():
    X, y = made(0.8)
    assert pairs_of(ViolationModel(interactions=0, inference=Map()).fit(X, y)) == []


def test_a_column_with_a_direction_is_not_paired():
    X, y = made(0.8)
    model = ViolationModel(directions={"a": "raises"}, inference=Map()).fit(X, y)
    assert not any(name.startswith("a ×") for name in pairs_of(model))


def test_the_score_is_about_standard_normal_where_nothing_is_to_be_found():
    rng = np.random.default_rng(0)
    information = rng.uniform(20, 60, size=(4, 5))
    found = [score(rng.normal(scale=np.sqrt(information)), information) for _ in range(400)]
    assert np.mean(found) == pytest.approx(0.0, abs=0.25)
    assert np.std(found) == pytest.approx(1.0, abs=0.25)
    planted = score(rng.normal(scale=np.sqrt(information)) + 0.8 * information * np.eye(4, 5), information)
    assert planted > 5


def test_bands_hold_missing_values_and_other_names_apart():
    numbers = Bands.of_numbers("age", np.array([1.0, 2.0, 3.0, 4.0, np.nan]), 2)
    assert numbers.encode(np.array([1.0, 4.0, np.nan])).tolist() == [0, 1, 2]
    names = Bands.of_names("sector", np.array(["a", "a", "b", "c"], dtype=object), 2)
    assert names.encode(np.array(["b", "z", None], dtype=object)).tolist() == [1, 2, 2]
    assert names.labels == ("sector a", "sector b", "sector other")


def test_cells_that_nobody_trained_on_are_unseen():
    bands = [Bands.of_numbers(name, np.arange(10.0), 2) for name in "ab"]
    low = np.zeros(6, dtype=np.int32)
    term = PairTerm.from_bands(*bands, (low, np.array([0, 1] * 3, dtype=np.int32)), np.ones(6))
    assert term.n_levels == 3
    assert term.cell_levels(np.array([0, 1]), np.array([1, 1])).tolist() == [1, 2]
    assert term.labels[-1] == "unseen"
