"""What benchmarks print, and how they judge their bars."""

import json

import pytest
from benchmarks.table import Bar, print_bars, print_json, print_table


@pytest.mark.parametrize(
    ("sign", "value", "holds"),
    [("≥", 0.69, True), ("≥", 0.68999, False), ("≤", 0.41, True), ("≤", 0.41001, False)],
)
def test_a_bar_holds_at_its_limit_and_not_beyond(sign: str, value: float, holds: bool) -> None:
    limit = 0.69 if sign == "≥" else 0.41
    assert Bar(value=value, sign=sign, limit=limit).holds is holds


def test_a_bar_is_not_rounded_into_holding(capsys: pytest.CaptureFixture[str]) -> None:
    print_bars({"auc": Bar(value=0.6749999, sign="≥", limit=0.675)})
    assert capsys.readouterr().out.strip().startswith("MISSED  auc: 0.6750")


def test_the_last_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    bars = {"log_loss": Bar(value=0.4, sign="≤", limit=0.41)}
    print_table("Title", {"ours": {"auc": 0.7}, "peer": {"log_loss": 0.5}})
    print_json("accuracy.x", {"log_loss": 0.4000001, "train": 3}, {"peer": {"log_loss": 0.5}}, bars)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2].split() == ["peer", "–", "0.5000"]
    assert json.loads(lines[-1]) == {
        "benchmark": "accuracy.x",
        "ours": {"log_loss": 0.4, "train": 3},
        "peers": {"peer": {"log_loss": 0.5}},
        "bars": {"log_loss": {"value": 0.4, "goal": "≤ 0.41", "holds": True}},
    }
