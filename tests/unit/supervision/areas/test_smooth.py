"""Smoothing on a tree gives the same as the normal distribution written out."""

import numpy as np
import pytest

from creditrisk.supervision.areas import smooth as module
from creditrisk.supervision.areas.smooth import smooth

GROUPS = [np.array([0, 0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 2, 2])]
MEASURED = np.array([0.2, 0.3, 0.5, 0.1, 0.9, 0.7])
PRECISION = np.array([50.0, 20.0, 90.0, 10.0, 0.0, 40.0])


def written_out(variances):
    """Return mean and variance of the leaves by one large matrix, the root with a nearly flat prior."""
    cover = np.full((6, 6), 1e6)
    for group, variance in zip([*GROUPS, np.arange(6)], variances, strict=True):
        cover = cover + variance * (group[:, None] == group[None, :])
    posterior = np.linalg.inv(np.linalg.inv(cover) + np.diag(PRECISION))
    return posterior @ (PRECISION * MEASURED), np.diag(posterior)


@pytest.mark.parametrize("variances", [(0.02, 0.01, 0.03), (0.5, 1e-4, 0.2), (1e-5, 0.3, 1e-3)])
def test_one_pass_up_and_one_down_is_the_whole_matrix(variances):
    parents = module._parents(GROUPS, 6)
    up = module._upward(MEASURED, PRECISION, parents, np.array(variances))[:2]
    mean, variance = module._downward(*up, parents, np.array(variances))
    expected = written_out(variances)
    assert mean == pytest.approx(expected[0], abs=1e-5)
    assert variance == pytest.approx(expected[1], abs=1e-5)


def test_the_likelihood_is_that_of_contrasts():
    parents = module._parents([], 3)
    measured, precision = np.array([0.1, 0.4, 0.3]), np.array([30.0, 60.0, 20.0])

    def ours(variance):
        return module._upward(measured, precision, parents, np.array([variance]))[2]

    def theirs(variance):
        cover = np.diag(1 / precision + variance) + 1e6
        return -0.5 * (np.linalg.slogdet(cover)[1] + measured @ np.linalg.solve(cover, measured))

    assert ours(0.3) - ours(0.01) == pytest.approx(theirs(0.3) - theirs(0.01), abs=1e-4)


def test_equal_values_leave_no_variance_and_different_ones_do():
    same = smooth(np.full(20, 0.3), np.full(20, 100.0), [])
    apart = smooth(np.linspace(0, 1, 20), np.full(20, 1e4), [])
    assert same[1].max() < 0.001
    assert apart[0] == pytest.approx(np.linspace(0, 1, 20), abs=0.01)
