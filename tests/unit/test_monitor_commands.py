import json

import pandas as pd
import pytest

from creditrisk.cli import main

POINTS = ("--point", "marked_abnormal", "--point", "licence_expired")
DAYS = ("--as-of", "2023-04-01", "--as-of", "2024-04-01")


def run(*arguments):
    try:
        main([str(one) for one in arguments])
    except SystemExit as stop:
        return stop.code or 0
    return 0


@pytest.fixture(scope="module")
def first(small_registry, tmp_path_factory):
    """Return the folder of a first run over two days."""
    folder = tmp_path_factory.mktemp("alerts")
    assert run("monitor", small_registry, *DAYS, *POINTS, "--out", folder, "--json") == 0
    return folder


def test_alerts_are_raised_once_and_open_until_they_are_over(first):
    log = pd.read_csv(first / "log.csv", encoding="utf-8-sig")
    still = pd.read_csv(first / "open.csv", encoding="utf-8-sig")
    assert list(log.columns) == ["on", "point", "entity_id", "kind", "why"]
    raised, over = (set(log.loc[log["kind"] == kind, "entity_id"]) for kind in ("found", "over"))
    assert len(raised) > 5
    assert set(still["entity_id"]) == raised - over
    assert set(still["title"]) == {"listed or marked as abnormal"}


def test_a_later_run_goes_on_with_the_log_and_the_steps_of_the_bureau(
    small_registry, first, tmp_path, capsys
):
    log = pd.read_csv(first / "log.csv", encoding="utf-8-sig", dtype=str)
    last = log[log["on"] == "2024-04-01"]
    told = last[last["kind"] == "found"].iloc[0].to_dict() | {
        "on": "2024-04-03",
        "kind": "notify",
        "why": "7",
    }
    pd.concat([log, pd.DataFrame([told])]).to_csv(tmp_path / "log.csv", index=False)
    arguments = ("--as-of", "2024-04-05", "--log", tmp_path / "log.csv", *POINTS, "--out", tmp_path)
    assert run("monitor", small_registry, *arguments, "--language", "zh") == 0
    still = pd.read_csv(tmp_path / "open.csv", encoding="utf-8-sig").set_index("entity_id")
    assert still.loc[told["entity_id"], "stage"] == "已告知，待整改"
    assert still.loc[told["entity_id"], "due"] == "2024-06-02"
    assert "escalated" not in set(still["stage"])
    grown = pd.read_csv(tmp_path / "log.csv", encoding="utf-8-sig", dtype=str)
    assert len(grown) < len(log) + 5
    shown = capsys.readouterr().out
    assert "缺少数据，无法判断：许可证过期" in shown
    assert "列入经营异常名录或标记异常状态" in shown


@pytest.mark.slow
def test_machines_read_counts_and_what_is_not_known(small_registry, tmp_path, capsys):
    (tmp_path / "ours.txt").write_text("nobody\n")
    arguments = ("--as-of", "2024-04-01", *POINTS, "--watched", tmp_path / "ours.txt", "--out", tmp_path)
    assert run("monitor", small_registry, *arguments, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["absent"] == ["licence_expired"]
    assert said["points"]["marked_abnormal"] == {
        "title": "listed or marked as abnormal",
        **dict.fromkeys(("found", "raised", "over", "open"), 0),
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--point", "marked_abnorml"), "marked_abnormal"),
        (("--log", "log.txt"), "ends with .csv or .parquet; got 'log.txt': rename it"),
        (("--log", "nowhere.csv"), "'nowhere.csv' is none (No such file or directory)"),
        (("--watched", "nowhere.txt"), "'nowhere.txt' is none (No such file or directory)"),
    ],
)
def test_bad_input_is_one_sentence(small_registry, tmp_path, capsys, arguments, sentence):
    assert run("monitor", small_registry, "--as-of", "2024-04-01", "--out", tmp_path, *arguments) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.startswith("creditrisk: ")
    assert said.count("\n") == 1
