import json
from pathlib import Path

import pytest

from creditrisk.cli import main

MINE = """
id = "mine"
version = "3"
title_en = "mine"
title_zh = "我的"
extends = ["general"]
retires = [{ id = "B02", since = 2024-06-01, reason = "[of] no use" }]

[[indicators]]
id = "S06"
overrides = true
months = 24
in_force_from = 2024-06-01
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Return a function that runs `creditrisk system` beside `mine.toml`: its code, and what it says."""
    (tmp_path / "mine.toml").write_text(MINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as ended:
            main(["system", *arguments])
        said = capsys.readouterr()
        return ended.value.code, said.out + said.err

    return call


def test_show_gives_the_system_of_the_day(run) -> None:
    code, before = run("show", "general+mine.toml", "--on", "2024-05-31")
    assert code == 0
    assert "penalty count, 36 months" in before
    assert "B02" in before
    assert "Retired" not in before
    _, after = run("show", "mine.toml", "--on", "2024-06-01")
    assert "penalty count, 24 months" in after
    assert "Retired by mine since 2024-06-01: B02 registered capital, log (注册资本): [of] no use" in after


def test_show_as_json_is_one_object(run) -> None:
    code, said = run("show", "mine.toml", "--json")
    shown = json.loads(said)
    assert code == 0
    assert shown["layers"] == ["general", "mine"]
    (penalties,) = [one for one in shown["indicators"] if one["id"] == "S06"]
    assert (penalties["from"], penalties["months"], penalties["measure"]) == ("mine", 24, "count")
    assert [one["id"] for one in shown["retired"]] == ["B02"]


def test_diff_names_what_differs(run) -> None:
    _, said = run("diff", "general", "mine.toml", "--json")
    found = json.loads(said)
    assert [one["id"] for one in found["removed"]] == ["B02"]
    assert {(one["id"], one["key"]) for one in found["changed"]} == {
        ("S06", "months"),
        ("S06", "in_force_from"),
    }
    assert "36" in run("diff", "general", "mine.toml")[1]
    assert "Nothing differs." in run("diff", "general", "general")[1]


def test_diff_compares_two_days_of_one_system(run) -> None:
    _, said = run(
        "diff", "mine.toml", "mine.toml", "--before-on", "2024-05-31", "--on", "2024-06-01", "--json"
    )
    assert [one["id"] for one in json.loads(said)["removed"]] == ["B02"]


def test_lint_ends_with_one_if_there_is_an_error(run) -> None:
    assert run("lint", "mine.toml")[0] == 0
    wrong = MINE + "where = { fine = 3 }\n"
    Path("mine.toml").write_text(wrong, encoding="utf-8")
    code, said = run("lint", "mine.toml")
    assert code == 1
    assert "error: column: Indicator S06 reads penalty.fine" in said
    code, said = run("lint", "mine.toml", "--json")
    assert (code, json.loads(said)["errors"]) == (1, 1)


def test_an_unknown_system_is_one_sentence(run) -> None:
    code, said = run("show", "generel")
    assert (code, said.count("\n")) == (1, 1)
    assert "Did you mean 'general'?" in said


@pytest.mark.parametrize("command", ["show", "diff", "lint"])
def test_every_command_has_help_with_an_example(run, command: str) -> None:
    assert f"Example:\n    creditrisk system {command} " in run(command, "--help")[1]
