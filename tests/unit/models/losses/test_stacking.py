"""Stacking: the family that predicts better counts more, and complementary ones share."""

import numpy as np
from scipy.stats import norm

from creditrisk.models._pymc.loo import leave_one_out
from creditrisk.models.losses.stacking import draws_of_each, stacking_weights


def test_a_mixture_is_found_again():
    rng = np.random.default_rng(4)
    y = np.where(rng.random(20_000) < 0.3, rng.normal(-3, 1, 20_000), rng.normal(3, 1, 20_000))
    scores = np.column_stack([norm.logpdf(y, -3, 1), norm.logpdf(y, 3, 1), norm.logpdf(y, 0, 5)])
    np.testing.assert_allclose(stacking_weights(scores, np.ones(len(y))), [0.3, 0.7, 0.0], atol=0.02)


def test_weights_of_rows_count():
    scores = np.log([[0.9, 0.1], [0.1, 0.9]])
    shares = stacking_weights(scores, np.array([3.0, 1.0]))
    assert shares[0] > 0.6


def test_all_draws_are_given():
    assert draws_of_each(np.array([1 / 3, 1 / 3, 1 / 3]), 1000).sum() == 1000


def test_leaving_out_lowers_the_density_of_what_was_fitted():
    rng = np.random.default_rng(5)
    y = np.append(rng.normal(size=30), 4.0)
    means = y.mean() + rng.normal(size=4000) / np.sqrt(len(y))
    inside = norm.logpdf(y, means[:, None], 1.0)
    left_out, k_hat = leave_one_out(inside)
    others = (y.sum() - y) / (len(y) - 1)
    exact = norm.logpdf(y, others, np.sqrt(1 + 1 / (len(y) - 1)))
    np.testing.assert_allclose(left_out, exact, atol=0.05)
    assert left_out[-1] < np.log(np.exp(inside).mean(axis=0))[-1] and (k_hat < 0.7).all()
