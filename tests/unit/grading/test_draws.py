import numpy as np
import pytest

from creditrisk.grading.draws import class_probabilities, mean_of, summarise

DRAWS = np.random.default_rng(8).lognormal(size=(101, 9000)).astype(np.float32)


def test_intervals_are_those_of_numpy():
    summary = summarise(DRAWS, interval=0.9)
    expected = np.quantile(DRAWS.astype(float), [0.05, 0.95], axis=0)
    np.testing.assert_allclose([summary.lower, summary.upper], expected, rtol=1e-6)
    np.testing.assert_allclose(summary.mean, DRAWS.astype(float).mean(axis=0))


def test_another_interval_is_another_answer():
    assert np.all(summarise(DRAWS, interval=0.5).upper < summarise(DRAWS, interval=0.9).upper)


def test_one_draw_is_its_own_interval():
    summary = summarise(DRAWS[:1], interval=0.9)
    np.testing.assert_array_equal(summary.lower, DRAWS[0])
    np.testing.assert_array_equal(summary.upper, DRAWS[0])


def test_class_probabilities_add_up_and_are_shares_of_draws():
    probabilities = class_probabilities(DRAWS, (0.5, 1.0, 3.0))
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-12)
    assert probabilities[17, 1] == pytest.approx(np.mean((DRAWS[:, 17] >= 0.5) & (DRAWS[:, 17] < 1.0)))


def test_a_part_of_the_entities_has_the_same_answer():
    np.testing.assert_array_equal(
        class_probabilities(DRAWS[:, 5000:5100], (0.5, 1.0, 3.0)),
        class_probabilities(DRAWS, (0.5, 1.0, 3.0))[5000:5100],
    )
    np.testing.assert_allclose(mean_of(DRAWS[:, 7:8]), mean_of(DRAWS)[7:8], rtol=1e-12)
