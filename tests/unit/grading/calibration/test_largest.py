from hypothesis import given
from hypothesis import strategies as st

from creditrisk.grading.calibration.largest import largest, largest_monotone


@given(most=st.integers(0, 5000), limit=st.integers(-1, 6000))
def test_both_find_the_last_number_before_a_condition_breaks(most, limit):
    expected = None if limit < 0 else min(most, limit)
    assert largest(most, lambda n: n <= limit) == expected
    assert largest_monotone(most, lambda n: n <= limit) == expected


def test_the_grid_finds_what_comes_back_and_halving_does_not():
    def holds(n):
        return 4000 <= n <= 6000

    assert largest(10_000, holds) == 6000
    assert largest_monotone(10_000, holds) is None
