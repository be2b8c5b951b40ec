"""The severity benchmark on a drawn table: one measure for every model, bars against the best peer."""

import numpy as np
import pandas as pd
import pytest
from benchmarks.accuracy.severity import severity_bars
from benchmarks.accuracy.severity_figures import Amounts, Predicted, severity_figures
from benchmarks.accuracy.severity_peers import PEERS
from benchmarks.accuracy.task import Task

ROWS = 1200
LEARNERS = ("constant", "ridge_log", "lgbm_log_small", "gamma_glm")


@pytest.fixture(scope="module")
def drawn() -> Amounts:
    rng = np.random.default_rng(4)
    x = rng.normal(size=ROWS)
    kind = pd.Categorical(rng.choice(["shop", "bar"], ROWS))
    y = (rng.random(ROWS) < 0.7).astype(float)
    amount = np.where(y == 1, np.exp(7 + 0.8 * x + 0.6 * rng.normal(size=ROWS)), 0.0)
    X = pd.DataFrame({"x": x, "kind": kind})
    train = np.arange(ROWS) < 700
    task = Task(raw=X, X=X, y=y, train=train, test=~train, matrix=x[:, None])
    return Amounts(task=task, amount=amount)


@pytest.fixture(scope="module")
def told(drawn):
    pytest.importorskip("lightgbm")
    pytest.importorskip("glum")
    return {name: severity_figures(drawn, PEERS[name](drawn)) for name in LEARNERS}


def test_the_score_is_a_density_of_the_loss_itself(drawn):
    exact = Predicted.log_normal(
        drawn, 7 + 0.8 * drawn.task.X["x"].to_numpy()[drawn.task.test], 0.6, np.ones(500)
    )
    figures = severity_figures(drawn, exact)
    logs = np.log(drawn.losses)
    assert figures["log_score"] == pytest.approx(
        -0.5 * np.log(2 * np.pi * np.e * 0.36) - logs.mean(), abs=0.1
    )
    assert figures["coverage_90"] == pytest.approx(0.9, abs=0.04)


def test_every_peer_learns_the_slope_and_its_spread(drawn, told):
    for name in LEARNERS[1:]:
        assert told[name]["log_score"] > told["constant"]["log_score"] + 0.2, name
        assert 0.84 < told[name]["coverage_90"] < 0.96, name
        assert told[name]["money_first_half"] > 0.7, name


def test_the_bars_ask_for_the_best_peer_of_each_figure(told):
    ridge = {**told["ridge_log"], "coverage_90": 0.95}
    bars = severity_bars(ridge, {"a": told["ridge_log"], "b": told["constant"]})
    assert bars["log_score"].holds and bars["rmse_log"].holds and bars["money_first_half"].holds
    assert not bars["coverage_90_at_most"].holds
    worse = severity_bars(told["constant"], {"a": told["ridge_log"]})
    assert not (worse["log_score"].holds or worse["rmse_log"].holds)
