"""Importance weights: what PSIS is asked, and what it answers where it cannot."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import norm

from creditrisk.models._pymc import sample as sampling
from creditrisk.models._pymc.sample import sample_adapted
from creditrisk.models.inference.diagnostics import smoothed_weights
from creditrisk.models.inference.engines import Auto


def log_ratio(wider: float) -> tuple[np.ndarray, np.ndarray]:
    """Return draws of N(0, wider), and the log ratio of N(0.3, 1) to it."""
    x = np.random.default_rng(0).normal(scale=wider, size=4000)
    return x, norm.logpdf(x, 0.3, 1) - norm.logpdf(x, 0, wider)


def test_weights_turn_the_draws_into_those_of_the_target():
    x, ratio = log_ratio(1.3)
    weights, k_hat = smoothed_weights(ratio)
    assert weights.sum() == pytest.approx(1)
    assert np.sum(weights * x) == pytest.approx(0.3, abs=0.06)
    assert np.sum(weights * (x - 0.3) ** 2) == pytest.approx(1.0, abs=0.08)
    assert k_hat < 0.5


def test_weights_of_the_wrong_sign_would_not():
    x, ratio = log_ratio(1.3)
    weights, _ = smoothed_weights(-ratio)
    assert abs(np.sum(weights * x) - 0.3) > 0.2


def test_too_narrow_draws_are_judged_bad():
    _, ratio = log_ratio(0.4)
    assert smoothed_weights(ratio)[1] > 0.7


def test_chains_that_stood_still_have_an_infinite_k_hat():
    weights, k_hat = smoothed_weights(np.zeros(100))
    assert k_hat == np.inf
    assert weights.sum() == pytest.approx(1)


def chains(*centres: float, diverging: int = 0) -> dict:
    """Return what looks like draws of one coefficient, each chain around its own centre."""
    draws = np.random.default_rng(0).normal(size=(len(centres), 400, 1)) + np.reshape(centres, (-1, 1, 1))
    stats = np.zeros((len(centres), 400), dtype=bool)
    stats[0, :diverging] = True
    return {"posterior": {"theta": SimpleNamespace(values=draws)}, "sample_stats": {"diverging": stats}}


@pytest.mark.parametrize(
    ("first", "on_failure", "runs"),
    [
        (chains(0, 0), "raise", 1),
        (chains(0, 3), "raise", 2),
        (chains(0, 0, diverging=90), "raise", 2),
        (chains(0, 3), "return", 1),
    ],
)
def test_chains_that_do_not_agree_are_run_once_more(monkeypatch, first, on_failure, runs):
    asked = []

    def run(model, engine, seed, step_of, accept):
        asked.append((engine.tune, seed, accept))
        return first

    monkeypatch.setattr(sampling, "_run", run)
    assert sample_adapted(None, Auto(tune=500, on_failure=on_failure), 7) is first
    assert asked == [(500, 7, 0.9), (1000, 8, 0.95)][:runs]
