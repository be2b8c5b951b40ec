"""Sums of rows in registers, and the order of draws."""

import numpy as np
import pytest
from numba import njit
from numba.core.errors import TypingError

from creditrisk.models.scoring.add_rows import WIDTH, add_rows
from creditrisk.models.scoring.exact import BINS, WIDE, order_statistics

RNG = np.random.default_rng(0)


@njit
def summed(table, rows, count, total):
    add_rows(table, rows, count, total)


def test_rows_are_added_in_their_order():
    table, total = RNG.normal(size=(9, WIDTH)).astype(np.float32), RNG.normal(size=WIDTH).astype(np.float32)
    rows = np.array([8, 0, 3, 3, 5], dtype=np.int32)
    wanted = total.copy()
    for row in rows[:4]:
        wanted += table[row]
    summed(table, rows, 4, total)
    np.testing.assert_array_equal(total, wanted)


def test_other_numbers_are_refused():
    with pytest.raises(TypingError, match="float32 are added by int32"):
        summed(np.ones((2, WIDTH)), np.zeros(2, dtype=np.int32), 1, np.zeros(WIDTH, dtype=np.float32))


@pytest.mark.parametrize(
    "draws",
    [
        RNG.lognormal(5, 1, 400),
        RNG.lognormal(5, 1, 400).round(-2) + 1,
        np.full(400, 7.0),
        np.append(np.full(399, 1e-30), 1e30),
        RNG.lognormal(0, 30, 7),
    ],
    ids=["different", "tied", "equal", "far apart", "few"],
)
def test_ranks_are_those_of_sorted_draws(draws):
    draws = draws.astype(np.float32)
    ranks = np.sort(RNG.integers(0, len(draws), 6))
    counts, last, bins = (np.zeros(size, dtype=np.int32) for size in (BINS, BINS, len(draws)))
    found = np.empty(6, dtype=np.float32)
    order_statistics(draws, ranks, counts, last, np.empty(BINS // WIDE, dtype=np.int32), bins, found)
    np.testing.assert_array_equal(found, np.sort(draws)[ranks])
