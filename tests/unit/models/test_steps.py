"""Bins, their levels and their basis."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from creditrisk.errors import SpecError
from creditrisk.models.effects import Steps

values = arrays(
    np.float64, st.integers(5, 60), elements=st.one_of(st.integers(0, 6).map(float), st.floats(-5, 50))
)


@given(values, st.sampled_from(["raises", "lowers"]), st.integers(2, 9))
def test_values_of_levels_are_monotone_in_x_for_any_increments(x, direction, bins):
    term = Steps(bins=bins, min_rows=1).term("x", x, direction=direction)
    increments = np.random.default_rng(0).exponential(size=term.n_coefficients)
    level = term.basis() @ increments
    by_x = level[term.encode(np.sort(x))]
    steps = np.diff(by_x)
    assert (steps >= -1e-12).all() if direction == "raises" else (steps <= 1e-12).all()


def test_an_opposite_direction_breaks_the_law():
    x = np.arange(10.0)
    level = Steps(bins=5, min_rows=1).term("x", x, direction="lowers").basis() @ np.ones(4)
    assert not (np.diff(level[:-1]) >= 0).all()


@given(values, st.integers(2, 9))
def test_every_bin_holds_training_rows_and_there_are_no_more_than_asked(x, bins):
    term = Steps(bins=bins, min_rows=1).term("x", x)
    counts = np.bincount(term.encode(x), minlength=term.n_levels)
    assert term.n_steps + 1 <= bins + 1
    assert (counts[:-1] > 0).all()


def test_thin_bins_join_their_neighbour():
    x = np.array([0.0] * 50 + [1.0] * 30 + [2.0] * 3)
    assert Steps(bins=8, min_rows=20).term("x", x).edges.tolist() == [0.5]
    assert Steps(bins=8, min_rows=2).term("x", x).edges.tolist() == [0.5, 1.5]


def test_common_zeros_have_a_bin_of_their_own():
    x = np.concatenate([np.zeros(60), np.linspace(0.01, 1, 40)])
    term = Steps(bins=4, min_rows=5).term("x", x)
    assert term.edges[0] == pytest.approx(0.005)


def test_missing_is_a_level_of_its_own_and_infinities_are_ends():
    term = Steps(bins=3, min_rows=1).term("x", np.array([1.0, 2.0, 3.0, np.nan]))
    codes = term.encode(np.array([np.nan, np.inf, -np.inf]))
    assert codes.tolist() == [term.n_levels - 1, term.n_steps, 0]
    assert term.missing_seen


def test_levels_are_centred_on_the_training_rows():
    x = np.random.default_rng(1).poisson(1.0, 300).astype(float)
    term = Steps(min_rows=5).term("x", x, direction="raises")
    level = term.basis() @ np.ones(term.n_coefficients)
    assert level[term.encode(x)].mean() == pytest.approx(0.0, abs=1e-12)


def test_labels_name_every_level():
    term = Steps(bins=3, min_rows=1).term("x", np.array([0.0, 1.0, 2.0]))
    assert term.labels == ("below 0.5", "0.5 – 1.5", "1.5 or more", "missing")


def test_refusals_name_what_came():
    with pytest.raises(SpecError, match="at least 2 bins; got bins=1"):
        Steps(bins=1)
    with pytest.raises(SpecError, match="got 'up' for 'x'"):
        Steps().term("x", np.arange(3.0), direction="up")
