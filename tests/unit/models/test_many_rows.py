"""What is only done with very many rows, on few: limits are lowered so that its ways are taken."""

import numpy as np
import pytest
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import Hinges
from creditrisk.models.inference import mode as mode_of
from creditrisk.models.inference import run
from creditrisk.models.inference.design_effects import StretchedRows
from creditrisk.models.inference.likelihood import BinomialRows
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.priors import Priors


@pytest.fixture(scope="module")
def rows():
    made = world(6000, 11)
    ones = np.ones(6000)
    design = build_design(
        made.X, groups=("sector",), directions=DIRECTIONS, effect=Hinges(knots=5), weight=ones
    )
    return BinomialRows(
        design=design, places=design.encode(made.X), offset=0 * ones, n=ones, y=made.violation
    )


@pytest.fixture(scope="module")
def mode(rows):
    return find_mode(rows, Priors())


@pytest.fixture(scope="module")
def thetas(mode):
    covariance = np.linalg.pinv(mode.hessian + np.eye(len(mode.at)))
    return np.random.default_rng(3).multivariate_normal(mode.at, covariance, size=200)


def test_a_start_from_some_rows_ends_at_the_same_mode(rows, mode, monkeypatch):
    monkeypatch.setattr(mode_of, "_COARSE_ROWS", 1000)
    some = find_mode(rows.thinned(1000), Priors())
    assert np.abs(some.at - mode.at).max() > 1e-2
    np.testing.assert_allclose(find_mode(rows, Priors()).at, mode.at, atol=1e-3)


@pytest.mark.parametrize("stretched", [False, True])
def test_ratios_from_some_rows_are_near_those_of_all(rows, mode, thetas, stretched, monkeypatch):
    if stretched:
        effects = np.full(1 + len(rows.design.terms), 1.5)
        rows = StretchedRows(rows=rows, mode=mode, effects=effects)
    surrogate = rows.expand(mode.at)
    exact = run.log_ratios(rows, surrogate, thetas)
    monkeypatch.setattr(run, "_WEIGHED_ROWS", 2000)
    error = run.log_ratios(rows, surrogate, thetas) - exact
    assert error.std() < 0.35 * exact.std()
    some = rows.thinned(2000)
    without_remainder = some.values(thetas) - surrogate.values(thetas) - exact
    assert without_remainder.std() > 2 * exact.std()


def test_ratios_hold_for_a_surrogate_that_is_no_expansion(rows, mode, thetas, monkeypatch):
    surrogate = run.averaged(rows, thetas)
    exact = run.log_ratios(rows, surrogate, thetas)
    monkeypatch.setattr(run, "_WEIGHED_ROWS", 2000)
    assert np.corrcoef(run.log_ratios(rows, surrogate, thetas), exact)[0, 1] > 0.9


def test_a_place_between_knots_keeps_the_function_as_it_is_said(rows):
    term = next(term for term in rows.design.terms if term.name == "age_years")
    values = np.array([np.nan, -1.0, 0.0, 3.3, 7.0, 1e9])
    level, share = term.place(values)
    assert level[0] == term.n_levels - 1
    t = np.sign(values[1:]) * np.log1p(np.abs(values[1:]))
    inner = np.interp(t, np.log1p(term.knots), np.arange(len(term.knots)))
    np.testing.assert_allclose(level[1:] + share[1:], inner, atol=1e-6)
