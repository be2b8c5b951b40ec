"""Knots, where values lie between them, and the monotone functions that they make."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from creditrisk.errors import SpecError
from creditrisk.models.effects import Hinges

values = arrays(
    np.float64, st.integers(5, 60), elements=st.one_of(st.integers(0, 6).map(float), st.floats(-5, 50))
)


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """Compile what places values, which takes longer than Hypothesis gives an example."""
    Hinges(knots=4, min_rows=1).term("x", np.array([0.0, 1.0, 2.0, np.nan]))


def function(term, coefficients, x):
    level, share = term.place(np.asarray(x, dtype=float))
    v = np.append(term.basis() @ coefficients, 0.0)
    return (1 - share) * v[level] + share * v[level + 1]


@given(values, values, st.sampled_from(["raises", "lowers"]), st.integers(2, 9))
def test_the_function_is_monotone_in_x_for_any_increments(x, new, direction, knots):
    term = Hinges(knots=knots, min_rows=1).term("x", x, direction=direction)
    increments = np.random.default_rng(0).exponential(size=term.n_coefficients)
    change = np.diff(function(term, increments, np.sort(np.concatenate([x, new]))))
    assert (change >= -1e-6).all() if direction == "raises" else (change <= 1e-6).all()


def test_an_opposite_direction_breaks_the_law():
    term = Hinges(knots=5, min_rows=1).term("x", np.arange(10.0), direction="lowers")
    assert not (np.diff(function(term, np.ones(term.n_coefficients), np.arange(10.0))) >= 0).all()


@given(values)
def test_the_function_is_centred_on_the_training_rows(x):
    term = Hinges(knots=6, min_rows=1).term("x", x)
    assert function(term, np.ones(term.n_coefficients), x).mean() == pytest.approx(0.0, abs=1e-5)


def test_it_is_linear_in_the_logarithm_between_knots():
    x = np.random.default_rng(1).lognormal(3, 1, 2000)
    term = Hinges(knots=6).term("x", x, direction="raises")
    low, high = np.log1p(term.knots[2]), np.log1p(term.knots[3])
    middle = np.expm1((low + high) / 2)
    at = function(term, np.ones(term.n_coefficients), [term.knots[2], middle, term.knots[3]])
    assert at[1] == pytest.approx((at[0] + at[2]) / 2, abs=1e-6)


def test_common_zeros_are_a_step_apart():
    x = np.concatenate([np.zeros(600), np.linspace(5, 100, 400)])
    term = Hinges(knots=5).term("x", x, direction="raises")
    assert term.knots[0] == 0
    level, share = term.place(np.array([0.0, 0.1, 4.9, -3.0]))
    assert level.tolist() == [0, 1, 1, 0]
    assert share.tolist() == [0, 0, 0, 0]


def test_missing_is_a_level_of_its_own_and_infinities_are_ends():
    term = Hinges(knots=4, min_rows=1).term("x", np.array([1.0, 2.0, 3.0, np.nan]))
    level, share = term.place(np.array([np.nan, np.inf, -np.inf]))
    assert level.tolist() == [term.n_levels - 1, term.n_steps, 0]
    assert share.tolist() == [0, 0, 0]
    assert term.missing_seen


def test_rare_values_have_no_knot_of_their_own():
    x = np.array([0.0] * 50 + [1.0] * 30 + [2.0] * 3)
    assert Hinges(min_rows=20).term("x", x).knots.tolist() == [0, 1]
    assert Hinges(min_rows=2).term("x", x).knots.tolist() == [0, 1, 2]


def test_labels_name_every_level():
    term = Hinges(min_rows=1).term("x", np.array([0.0, 1.0, 2.0]))
    assert term.labels == ("0 or less", "at 1", "2 or more", "missing")


def test_a_column_without_values_has_one_level_and_missing():
    term = Hinges().term("x", np.full(5, np.nan))
    assert (term.n_steps, term.n_levels) == (0, 2)
    assert term.place(np.array([np.nan, 3.0]))[0].tolist() == [1, 0]


def test_refusals_name_what_came():
    with pytest.raises(SpecError, match="at least 2 knots; got knots=1"):
        Hinges(knots=1)
    with pytest.raises(SpecError, match="got 'up' for 'x'"):
        Hinges().term("x", np.arange(3.0), direction="up")
