"""What PSIS rejects: an expansion averaged over the surrogate's draws, then exact draws or a plain word."""

import numpy as np
import pytest
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import Steps
from creditrisk.models.inference.engines import Auto
from creditrisk.models.inference.likelihood import BinomialRows
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.inference.run import averaged, fit_binomial
from creditrisk.models.inference.status import FitState
from creditrisk.models.priors import Priors

NEVER = -100.0


def rows_of(columns, groups):
    made = world(300, 7)
    ones = np.ones(300)
    X = made.X[[*columns, *groups]]
    directions = {name: DIRECTIONS[name] for name in columns}
    design = build_design(X, groups=groups, directions=directions, effect=Steps(), weight=ones)
    return BinomialRows(design=design, places=design.encode(X), offset=0 * ones, n=ones, y=made.violation)


@pytest.fixture(scope="module")
def rows():
    return rows_of(tuple(DIRECTIONS), ("sector",))


@pytest.fixture(scope="module")
def mode(rows):
    return find_mode(rows, Priors())


def test_an_average_over_one_point_is_the_expansion_there(rows, mode):
    found = averaged(rows, mode.at[None, :])
    np.testing.assert_allclose(found.hessian, mode.hessian, rtol=1e-10)
    np.testing.assert_allclose(found.gradient, mode.gradient, rtol=1e-8, atol=1e-8)


def test_a_wide_posterior_sees_less_curvature_than_its_mode(rows, mode):
    wide = mode.at + np.random.default_rng(1).normal(scale=1.0, size=(200, len(mode.at)))
    assert np.trace(averaged(rows, wide).hessian) < 0.95 * np.trace(mode.hessian)


@pytest.mark.parametrize(
    ("work", "state"),
    [
        (1.0, FitState.SURROGATE_AVERAGED),
        pytest.param(1e9, FitState.EXACT, marks=pytest.mark.slow),
    ],
)
def test_beyond_the_work_of_exact_draws_the_status_says_that_nothing_confirms_it(work, state):
    rows = rows_of(tuple(DIRECTIONS)[:2], ())
    engine = Auto(draws=200, tune=300, keep=100, k_hat_limit=NEVER, exact_work=work)
    fit = fit_binomial(rows, find_mode(rows, Priors()), Priors(), engine, seed=1)
    assert fit.status.state is state
    assert fit.status.ok
    assert len(fit.theta) == 100
