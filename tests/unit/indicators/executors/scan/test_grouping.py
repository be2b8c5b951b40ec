"""Counting puts rows in the order that a stable sort gives."""

import numpy as np
import pytest

from creditrisk.indicators.executors.scan.grouping import aimed, owners_of, put
from creditrisk.indicators.executors.scan.threads import SMALL, bounds


@pytest.mark.parametrize("rows", [0, 1, 500, 3 * SMALL + 1])
def test_rows_come_in_the_order_of_a_stable_sort(rows: int) -> None:
    groups = np.random.default_rng(3).integers(-1, 40, rows).astype(np.int32)
    aim = aimed(groups, 40)
    wanted = np.argsort(groups, kind="stable")[np.count_nonzero(groups < 0) :]
    assert np.diff(aim.heads).tolist() == np.bincount(groups[groups >= 0], minlength=40).tolist()
    values = np.arange(rows) * 0.5
    assert put(values, aim).tolist() == values[wanted].tolist()
    assert owners_of(aim.heads).tolist() == groups[wanted].tolist()


@pytest.mark.parametrize(("length", "parts"), [(0, 1), (1, 4), (10, 3)])
def test_bounds_cover_a_range_once(length: int, parts: int) -> None:
    assert [i for first, end in bounds(length, parts) for i in range(first, end)] == list(range(length))
