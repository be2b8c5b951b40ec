"""The share of the money that an order finds first."""

import numpy as np
import pytest
from benchmarks.accuracy.measures import money_in_first

AMOUNT = np.array([100.0, 0.0, 300.0, 0.0, 50.0])


@pytest.mark.parametrize(("share", "found"), [(0.2, 300), (0.4, 400), (0.5, 450), (1.0, 450)])
def test_money_is_found_in_the_order_of_the_score(share: float, found: float) -> None:
    score = np.array([0.8, 0.1, 0.9, 0.2, 0.5])
    assert money_in_first(share, AMOUNT, score) == pytest.approx(found / 450)


def test_the_worst_order_finds_it_last() -> None:
    assert money_in_first(0.4, AMOUNT, -AMOUNT) == 0
