"""Draws along a direction have the law that they say."""

import numpy as np
import pytest
from scipy.stats import expon, kstest, truncexpon, truncnorm

from creditrisk.models.gibbs.along import draw_along

DRAWS = 4000


def drawn(slope, curvature, least, most, seed=1):
    rng = np.random.default_rng(seed)
    return np.array([draw_along(rng, slope, curvature, least, most) for _ in range(DRAWS)])


@pytest.mark.parametrize(
    ("slope", "curvature", "least", "most"),
    [
        (1.0, 2.0, -np.inf, np.inf),
        (1.0, 2.0, -0.5, np.inf),
        (-8.0, 1.0, -0.5, np.inf),
        (0.0, 1.0, -0.2, 0.3),
        (30.0, 1.0, -0.5, 2.0),
        (-30.0, 1.0, -2.0, 4.0),
        (0.3, 1e-4, -1.0, 50.0),
        (3.0, 1.0, 2.9, 3.1),
    ],
)
def test_a_normal_between_bounds(slope, curvature, least, most):
    mean, sd = slope / curvature, curvature**-0.5
    law = truncnorm((least - mean) / sd, (most - mean) / sd, loc=mean, scale=sd)
    found = drawn(slope, curvature, least, most)
    assert kstest(found, law.cdf).pvalue > 1e-3
    assert kstest(found + 0.15 * found.std(), law.cdf).pvalue < 1e-3


@pytest.mark.parametrize("sign", [1, -1])
def test_without_curvature_an_exponential_between_bounds(sign):
    unbounded = sign * drawn(-2.0 * sign, 0.0, *sorted((0.0, sign * np.inf)))
    assert kstest(unbounded, expon(scale=0.5).cdf).pvalue > 1e-3
    bounded = sign * drawn(-2.0 * sign, 0.0, *sorted((0.0, sign * 1.5)))
    assert kstest(bounded, truncexpon(3.0, scale=0.5).cdf).pvalue > 1e-3


def test_without_room_nothing_moves():
    assert draw_along(np.random.default_rng(0), 5.0, 1.0, 0.0, 0.0) == 0.0
