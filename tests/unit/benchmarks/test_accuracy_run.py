"""One run of the accuracy benchmark on a drawn table: tables, bars and the last line."""

import json
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest
from benchmarks.accuracy import __main__ as benchmark
from benchmarks.accuracy.bars import against_best, over_data_sets
from benchmarks.accuracy.datasets import DATASETS, Dataset
from benchmarks.table import Bar

PEERS = {
    "logreg": {"log_loss": 0.40, "auc": 0.70, "auc_se": 0.02},
    "ebm": {"log_loss": 0.41, "auc": 0.75, "auc_se": 0.01},
    "ridge_hinges": {"log_loss": 0.10, "auc": 0.99, "auc_se": 0.001},
}
SPLITS = """
    import numpy as np
    import pandas as pd

    def load_drawn():
        rng = np.random.default_rng(5)
        n = 500
        x = rng.normal(size=n)
        y = (rng.random(n) < 1 / (1 + np.exp(1 - x))).astype(int)
        kind = rng.choice(["a", "b", "c"], n)
        train = np.arange(n) < 300
        X = pd.DataFrame({"x": x, "kind": kind})
        return dict(X=X, y=y, train=train, test=~train, groups=["kind", "z"])

    ALL = {"drawn": load_drawn}

    def prep(X, train):
        return X.assign(kind=pd.Categorical(X["kind"]))

    def lr_matrix(X, train):
        return X[["x"]].to_numpy()

    def scores(y, p):
        loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        return dict(auc=0.7, auc_se=0.02, logloss=loss, brier=np.mean((y - p) ** 2), top10=0.2, half=0.7)
"""


def test_references_are_not_the_best_peer() -> None:
    bars = against_best({"log_loss": 0.42, "auc": 0.73}, PEERS)
    assert bars["log_loss_ratio"].value == pytest.approx(1.05) and bars["log_loss_ratio"].holds
    assert bars["auc"].limit == pytest.approx(0.74) and not bars["auc"].holds


def test_without_peers_there_is_nothing_to_reach() -> None:
    assert against_best({"log_loss": 0.42, "auc": 0.73}, {"constant": PEERS["ebm"]}) == {}


@pytest.mark.parametrize(("ratios", "holds"), [((1.0, 1.005, 1.07), True), ((1.0, 1.006, 1.07), False)])
def test_all_data_sets_but_one_must_be_within_half_a_percent(ratios: tuple[float, ...], holds: bool) -> None:
    bars = {str(i): {"log_loss_ratio": Bar(value=one, sign="≤", limit=1.08)} for i, one in enumerate(ratios)}
    found = over_data_sets(bars, missing=1)
    assert found["data_sets_within_0.5_percent"].holds is holds
    assert not found["peers_missing"].holds and found["2.log_loss_ratio"].holds


def test_the_monotone_features_are_known_and_the_others_are_free() -> None:
    assert list(DATASETS) == ["chicago", "chicago_events", "montreal", "motor", "polish5"]
    assert {way for one in DATASETS.values() for way in one.directions.values()} == {"raises", "lowers"}
    assert not DATASETS["polish5"].directions


@pytest.mark.parametrize(("peers", "expected"), [("none", set()), ("fast", {"constant", "logreg"})])
def test_a_run_prints_a_table_and_one_json_line(
    peers: str,
    expected: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "splits.py").write_text(dedent(SPLITS))
    drawn = Dataset(title="Drawn rows", directions={"x": "raises"})
    monkeypatch.setattr(benchmark, "DATASETS", {"drawn": drawn})
    benchmark.main(["--data", str(tmp_path), "--quick", "--peers", peers])
    printed = capsys.readouterr()
    last = json.loads(printed.out.splitlines()[-1])
    ours = last["ours"]["drawn"]
    assert ours["groups"] == ["kind"] and ours["directions"] == {"x": "raises"} and ours["train"] == 300
    assert 0 < ours["log_loss"] < np.log(2) and ours["fit_seconds"] > 0
    assert expected <= set(last["peers"]) and last["bars"] == {}
    assert "Drawn rows (300 rows to learn from, 200 to predict)" in printed.out
    assert "drawn: creditrisk, mode alone" in printed.err


def test_an_unknown_data_set_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        benchmark.main(["--data", str(tmp_path), "--only", "berlin"])
    assert "berlin" in capsys.readouterr().err
