"""The peers of the accuracy benchmark, on small drawn tables: what they see, and that none is left out."""

from dataclasses import replace
from functools import partial
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from benchmarks.accuracy.peers.additive import ebm
from benchmarks.accuracy.peers.boosted import boosted_default, boosted_slower
from benchmarks.accuracy.peers.hinges import hinge_matrix, ridge_hinges
from benchmarks.accuracy.peers.logistic import constant, logistic
from benchmarks.accuracy.peers.ordered import catboost
from benchmarks.accuracy.peers.roster import Peer, judge, roster
from benchmarks.accuracy.peers.scorecard import scorecard
from benchmarks.accuracy.peers.tuned import candidates, tuned_free, tuned_monotone
from benchmarks.accuracy.task import Task
from sklearn.metrics import roc_auc_score

from creditrisk.errors import SourceError

ROWS = 600
LEARNERS: dict[str, tuple[Peer, str]] = {
    "logreg": (logistic, "sklearn"),
    "ridge_hinges": (ridge_hinges, "sklearn"),
    "lgbm_default": (boosted_default, "lightgbm"),
    "lgbm_200x0.05": (boosted_slower, "lightgbm"),
    "lgbm_tuned": (partial(tuned_free, count=1), "lightgbm"),
    "lgbm_tuned_monotone": (partial(tuned_monotone, count=1), "lightgbm"),
    "catboost": (catboost, "catboost"),
    "optbinning": (scorecard, "optbinning"),
    "ebm": (partial(ebm, bags=1), "interpret"),
}


def drawn(seed: int = 3) -> Task:
    """Return rows of 150 entities: a count that raises the risk, a gappy amount, a kind."""
    rng = np.random.default_rng(seed)
    count = rng.poisson(1.5, ROWS).astype(float)
    amount = np.where(rng.random(ROWS) < 0.2, np.nan, rng.lognormal(2.0, 1.0, ROWS))
    kind = pd.Categorical(rng.choice(["shop", "bar", "kitchen"], ROWS))
    X = pd.DataFrame({"count": count, "amount": amount, "kind": kind})
    y = (rng.random(ROWS) < 1 / (1 + np.exp(2.0 - count))).astype(float)
    train = np.arange(ROWS) < 400
    filled = X["amount"].fillna(0.0).to_numpy()
    return Task(
        raw=X,
        X=X,
        y=y,
        train=train,
        test=~train,
        matrix=np.column_stack([count, filled, (kind == "bar").astype(float)]),
        directions={"count": "raises"},
        entities=np.arange(ROWS) % 150,
    )


def measures(y: np.ndarray, p: np.ndarray) -> dict[str, float]:
    """Stand in for the public splits' measures."""
    names = ("auc", "auc_se", "logloss", "brier", "top10", "half")
    return dict.fromkeys(names, 0.5)


def of_splits() -> SimpleNamespace:
    return SimpleNamespace(scores=measures)


@pytest.mark.parametrize("name", LEARNERS)
def test_a_peer_learns_and_keeps_its_word(name: str) -> None:
    peer, module = LEARNERS[name]
    pytest.importorskip(module, reason=f"{module} is not installed; it is in creditrisk[bench]")
    task = drawn()
    p = peer(task)
    assert p.shape == (200,) and (p > 0).all() and (p < 1).all()
    assert roc_auc_score(task.y[task.test], p) > 0.6


@pytest.mark.parametrize("name", LEARNERS)
def test_a_peer_does_not_see_the_labels_of_the_test_rows(name: str) -> None:
    peer, module = LEARNERS[name]
    pytest.importorskip(module, reason=f"{module} is not installed; it is in creditrisk[bench]")
    task = drawn()
    other = replace(task, y=np.where(task.test, 1 - task.y, task.y))
    np.testing.assert_array_equal(peer(other), peer(task))


def test_the_tuned_monotone_peer_is_monotone_where_a_direction_is_known() -> None:
    pytest.importorskip("lightgbm", reason="LightGBM is not installed; it is in creditrisk[bench]")
    task = drawn()
    last = task.X.iloc[[-1]]
    grid = pd.concat([last] * 200, ignore_index=True).assign(count=np.linspace(0, 6, 200))
    grid["kind"] = pd.Categorical(grid["kind"], categories=task.X["kind"].cat.categories)
    X = pd.concat([task.X.iloc[:400], grid], ignore_index=True)
    X["kind"] = pd.Categorical(X["kind"], categories=task.X["kind"].cat.categories)
    noisy = task.y.copy()
    noisy[task.X["count"].to_numpy() == 3] = 0.0

    def on_grid(directions: dict[str, str]) -> np.ndarray:
        one = Task(
            raw=X, X=X, y=noisy, train=task.train, test=task.test, matrix=task.matrix, directions=directions
        )
        return np.diff(tuned_monotone(one, 2))

    assert (on_grid({"count": "raises"}) >= 0).all()
    assert (on_grid({"count": "lowers"}) <= 0).all()
    assert (on_grid({}) < 0).any() and (on_grid({}) > 0).any()


def test_all_rows_of_an_entity_lie_in_one_fold() -> None:
    task = drawn()
    whose = task.entities[task.train]
    folds = task.folds()
    assert len(folds) == 5
    for learn, judged in folds:
        assert not set(whose[learn]) & set(whose[judged])
    assert sorted(np.concatenate([judged for _, judged in folds])) == list(range(400))


def test_hinges_bend_and_flag() -> None:
    task = drawn()
    matrix = hinge_matrix(task)
    assert np.isfinite(matrix).all()
    missing = task.X["amount"].isna().to_numpy(float)
    assert max(abs(np.corrcoef(column, missing)[0, 1]) for column in matrix.T) > 0.999


def test_the_candidates_are_the_same_in_every_run() -> None:
    assert candidates(5) == candidates(5)
    assert candidates(5) == candidates(9)[:5]
    assert candidates(5) != candidates(5, seed=1)


def test_a_peer_that_cannot_run_is_named_with_its_reason() -> None:
    def absent(task: Task) -> np.ndarray:
        raise SourceError("This peer needs x.")

    def broken(task: Task) -> np.ndarray:
        raise ValueError("No bins.\nAnd more.")

    told: list[str] = []
    peers = {"absent": absent, "constant": constant, "broken": broken}
    judged = judge(of_splits(), drawn(), peers, told.append)
    assert judged.missing == {"absent": "This peer needs x.", "broken": "ValueError: No bins."}
    assert list(judged.figures) == ["constant"] and len(told) == 3
    assert judged.figures["constant"]["fit_seconds"] >= 0


def test_the_choice_of_peers() -> None:
    every = roster("all", candidates=2, bags=1)
    assert roster("none", candidates=2, bags=1) == {}
    assert set(every) - set(roster("fast", candidates=2, bags=1)) == {
        "lgbm_tuned",
        "lgbm_tuned_monotone",
        "ebm",
    }
    assert set(every) == {"constant", *LEARNERS}
