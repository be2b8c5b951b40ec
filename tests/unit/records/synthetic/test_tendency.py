import numpy as np
import pytest

from creditrisk.records.synthetic.tendency import alike


@pytest.mark.parametrize(("likeness", "low", "high"), [(0.9, 0.75, 0.87), (0.0, -0.05, 0.05)])
def test_members_of_a_group_are_as_alike_as_asked(likeness: float, low: float, high: float) -> None:
    rng = np.random.default_rng(1)
    tendency = rng.normal(size=6000)
    group = alike(rng, tendency, 300, likeness)
    pairs = tendency[np.argsort(group, kind="stable")].reshape(300, 20)
    between = pairs.mean(axis=1).var()
    assert np.bincount(group).tolist() == [20] * 300
    assert low < (between - pairs.var(axis=1, ddof=1).mean() / 20) / tendency.var() < high
