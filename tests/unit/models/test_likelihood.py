"""Derivatives against finite differences, values against a textbook formula."""

import numpy as np
import pytest
from scipy.optimize import check_grad
from scipy.special import expit
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import Hinges, Steps
from creditrisk.models.inference.likelihood import BinomialRows
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.inference.moments import Moments
from creditrisk.models.priors import Priors


@pytest.fixture(scope="module", params=[Steps(), Hinges()], ids=["steps", "hinges"])
def rows(request):
    made = world(400, 3)
    weight = np.random.default_rng(0).uniform(0.5, 2, size=400)
    design = build_design(
        made.X, groups=("region", "sector"), directions=DIRECTIONS, effect=request.param, weight=weight
    )
    return BinomialRows(
        design=design,
        places=design.encode(made.X),
        offset=np.random.default_rng(1).normal(size=400),
        n=weight,
        y=weight * made.violation,
    )


def test_values_equal_the_textbook_formula(rows):
    theta = np.random.default_rng(1).normal(scale=0.3, size=rows.design.n_coefficients)
    p = expit(rows.offset + rows.places.matrix(rows.design.basis) @ theta)
    expected = np.sum(rows.y * np.log(p) + (rows.n - rows.y) * np.log1p(-p))
    assert rows.values(theta)[0] == pytest.approx(expected, rel=1e-10)


def test_gradient_equals_finite_differences(rows):
    theta = np.random.default_rng(2).normal(scale=0.3, size=rows.design.n_coefficients)
    error = check_grad(lambda t: rows.values(t)[0], lambda t: rows.expand(t).gradient, theta)
    assert error < 1e-3
    wrong = check_grad(lambda t: rows.values(t)[0], lambda t: 1.1 * rows.expand(t).gradient, theta)
    assert wrong > 1


def test_hessian_is_the_derivative_of_the_gradient(rows):
    theta = np.random.default_rng(3).normal(scale=0.3, size=rows.design.n_coefficients)
    expansion = rows.expand(theta)
    direction = np.random.default_rng(4).normal(size=len(theta))
    change = rows.expand(theta + 1e-5 * direction).gradient - rows.expand(theta - 1e-5 * direction).gradient
    np.testing.assert_allclose(-expansion.hessian @ direction, change / 2e-5, rtol=1e-4, atol=1e-3)


def test_the_mode_lies_inside_the_constraint_and_is_stationary(rows):
    expansion = find_mode(rows, Priors())
    for term, where in zip(rows.design.terms, rows.design.slices, strict=True):
        if term.kind in ("steps", "hinges") and term.direction != "either":
            assert (expansion.at[where][: term.n_steps] > 0).all()
    assert expansion.gradient[0] == pytest.approx(0.0, abs=0.05)


def test_gaussian_moments_equal_the_rows():
    made = world(800, 5)
    seen = made.violation == 1
    X, log_loss = made.X[seen], np.log(made.loss[seen])
    weight = np.ones(len(X))
    design = build_design(X, groups=("sector",), directions={}, effect=Steps(), weight=weight)
    places = design.encode(X)
    moments = Moments.of(design, places, log_loss, weight)
    theta = np.random.default_rng(6).normal(scale=0.2, size=(2, design.n_coefficients))
    theta[:, 0] += moments.mean
    v = theta @ design.basis.T
    residual = log_loss - v[:, :1] - v[:, 1:][:, places.level].sum(axis=2)
    expected = -0.5 * (residual**2).sum(axis=1) / moments.variance
    difference = moments.values(theta) - expected
    assert difference[0] == pytest.approx(difference[1], abs=1e-6)
    assert moments.expand(theta[0]).gradient.shape == (design.n_coefficients,)
