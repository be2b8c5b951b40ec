import numpy as np
import pytest
from scipy.stats import binomtest

from creditrisk.records.quality.intervals import wilson


@pytest.mark.parametrize(("hits", "trials"), [(0, 7), (1, 7), (7, 7), (30, 400)])
def test_it_is_the_interval_of_wilson(hits: int, trials: int) -> None:
    expected = binomtest(hits, trials).proportion_ci(0.95, method="wilson")
    lower, upper = wilson([hits], [trials])
    assert (lower[0], upper[0]) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_of_nothing_nothing_is_known() -> None:
    assert np.isnan(wilson([0], [0])).all()
