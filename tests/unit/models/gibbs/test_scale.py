"""Draws of a scale have the law that they say."""

import numpy as np
import pytest
from scipy.stats import halfnorm, kstest, multivariate_normal

from creditrisk.models.gibbs.scale import (
    against_others,
    draw_scale,
    given_coefficients,
    log_density,
    stretched,
    without_effects,
)

DRAWS, BETWEEN = 4000, 8
VALUES, PULL = np.array([0.0, 3.0, 40.0]), np.array([0.0, -4.0, 30.0])
LEAN = np.array([0.5, -2.0, 1.0])


def drawn(density):
    """Return logarithms of a scale, every eighth of a chain."""
    rng, scale, found = np.random.default_rng(2), 1.0, np.empty(DRAWS)
    for i in range(DRAWS):
        for _ in range(BETWEEN):
            scale = draw_scale(rng, scale, density)
        found[i] = np.log(scale)
    return found


def along_a_grid(log_of, low=-25.0, high=12.0):
    """Return the distribution function of an unnormalised log-density."""
    grid = np.linspace(low, high, 20_001)
    values = np.array([log_of(u) for u in grid])
    mass = np.cumsum(np.exp(values - values.max()))
    return lambda u: np.interp(u, grid, mass / mass[-1])


@pytest.mark.parametrize(
    "density",
    [
        given_coefficients(1.0, 2.0, 6.0, 2.0, 0.0),
        given_coefficients(0.5, 0.0, 8.0, 0.0, 3.0),
        given_coefficients(1.0, 2.0, 0.0, 0.0, 0.0),
        without_effects(0.5, 0.0, VALUES, PULL, 0 * LEAN),
        without_effects(0.5, 0.0, VALUES, PULL, LEAN),
        against_others(0.5, np.array([0.2, 0.8, 2.8]), 2.0),
    ],
    ids=["increments", "normals", "prior", "integrated", "seen together", "traded"],
)
def test_slices_have_the_density(density):
    found, cdf = drawn(density), along_a_grid(lambda u: log_density(u, density))
    assert kstest(found, cdf).pvalue > 1e-3
    assert kstest(found + 0.15 * found.std(), cdf).pvalue < 1e-3


def test_effects_are_integrated_out():
    known, at = np.diag(1 / VALUES[1:]), PULL[1:] / VALUES[1:]

    def marginal(u):
        covariance = known + np.exp(2 * u) * np.eye(2)
        return (
            u
            + halfnorm(scale=0.5).logpdf(np.exp(u))
            + multivariate_normal(np.zeros(2), covariance).logpdf(at)
        )

    density = without_effects(0.5, 0.0, VALUES, PULL, 0 * LEAN)
    assert log_density(0.3, density) - log_density(-2.0, density) == pytest.approx(
        marginal(0.3) - marginal(-2.0)
    )


def test_effects_that_one_more_observation_sees_together_are_integrated_out():
    def marginal(u):
        inverse = np.diag(VALUES) + np.outer(LEAN, LEAN) + np.exp(-2 * u) * np.eye(3)
        whole = 0.5 * PULL @ np.linalg.solve(inverse, PULL) - 0.5 * np.linalg.slogdet(inverse)[1] - 3 * u
        return u + halfnorm(scale=0.5).logpdf(np.exp(u)) + whole

    density = without_effects(0.5, 0.0, VALUES, PULL, LEAN)
    assert log_density(0.3, density) - log_density(-2.0, density) == pytest.approx(
        marginal(0.3) - marginal(-2.0)
    )


def test_stretched_coefficients_hold_a_scale_where_data_want_them():
    rng, scale, known, found = np.random.default_rng(4), 1.0, 400.0, np.empty(DRAWS)
    for i in range(DRAWS):
        slope, curvature = known * (1 - scale) * scale, known * scale**2
        scale = draw_scale(rng, scale, stretched(5.0, 0.0, slope, curvature, scale))
        found[i] = scale
    assert found.mean() == pytest.approx(1.0, abs=0.01)
    assert found.std() == pytest.approx(known**-0.5, rel=0.1)
