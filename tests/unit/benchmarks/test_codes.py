"""The benchmark of credit codes, on few of them."""

import json

import numpy as np
import pytest
from benchmarks.reliability import codes as benchmark

from creditrisk.records.codes import uscc_is_valid


def test_every_second_code_is_damaged_and_the_others_are_valid() -> None:
    codes = benchmark.half_damaged(2000, seed=1)
    valid = uscc_is_valid(codes)
    assert valid[1::2].all() and 0.9 < np.mean(~valid[::2]) < 1
    assert codes.tolist() == benchmark.half_damaged(2000, seed=1).tolist()


def test_the_last_line_has_the_bars(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(benchmark, "MILLION", 2000)
    benchmark.run(500)
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["benchmark"] == "reliability.codes"
    assert found["peers"]["python-stdnum"]["codes"] == 500
    assert found["bars"].keys() == {"cpu_seconds", "wrong_vectors", "disagreements"}
    assert found["bars"]["wrong_vectors"]["holds"] and found["bars"]["disagreements"]["holds"]


def test_a_wrong_check_is_seen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(benchmark, "MILLION", 2000)
    monkeypatch.setattr(benchmark, "uscc_is_valid", lambda codes: np.ones(len(codes), dtype=bool))
    benchmark.run(500)
    bars = json.loads(capsys.readouterr().out.splitlines()[-1])["bars"]
    assert not bars["wrong_vectors"]["holds"] and not bars["disagreements"]["holds"]
