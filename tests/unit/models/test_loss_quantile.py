"""Quantiles of mixtures."""

import numpy as np
import pytest
from scipy.stats import lognorm

from creditrisk.errors import SpecError
from creditrisk.models.loss_quantile import check_level, mixture_quantile


def test_a_mixture_reaches_its_quantiles_from_a_start_far_off():
    def below(x):
        return 0.5 * lognorm.cdf(x, 1.0, scale=10.0) + 0.5 * lognorm.cdf(x, 2.0, scale=1000.0)

    level = np.array([0.01, 0.5, 0.999])
    found = mixture_quantile(below, level, np.full(3, 1e6), np.full(3, 2e6))
    np.testing.assert_allclose(below(found), level, rtol=1e-4)


@pytest.mark.parametrize("level", [0.0, 1.0, -0.2, float("nan")])
def test_a_level_is_strictly_a_probability(level):
    with pytest.raises(SpecError, match="level is a probability"):
        check_level(level, "level")
