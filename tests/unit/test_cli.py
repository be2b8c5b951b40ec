import json

import pytest
from tests.unit.learned import QuickModel, write_small_system

from creditrisk import pipeline
from creditrisk.cli import main

COMMANDS = ("simulate", "assess", "recalibrate", "compare-truth")
SMALL = ("--system", "small.toml", "--as-of", "2024-01-01")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return a function that runs the command line in one folder, with a model that needs no inference."""
    folder = tmp_path_factory.mktemp("cli")
    write_small_system(folder)
    patch = pytest.MonkeyPatch()
    patch.setattr(pipeline, "_default_model", lambda system, random_state: QuickModel())
    patch.chdir(folder)

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        return ended.value.code

    yield call
    patch.undo()


@pytest.fixture(scope="module")
def registry(run):
    assert run("simulate", "registry", "--entities", 400, "--seed", 5) == 0
    return "registry"


@pytest.fixture(scope="module")
def result(run, registry):
    assert run("assess", registry, "--system", "general", "--as-of", "2024-01-01", "--out", "result") == 0
    return "result"


def test_help_lists_the_commands(run, capsys):
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run, capsys, command):
    assert run(command, "--help") == 0
    assert f"Example:\n    creditrisk {command} " in capsys.readouterr().out


def test_simulate_says_where_records_and_truth_lie(run, capsys):
    assert run("simulate", "other", "--entities", 200, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["truth"] == "other/truth/truth.parquet"
    assert said["rows"]["registration"] == 200


def test_assess_prints_classes_fit_and_report(run, registry, capsys):
    assert run("assess", registry, *SMALL, "--out", "printed") == 0
    out, err = capsys.readouterr()
    assert all(f"│ {letter} " in out for letter in "ABCD")
    assert "The fit is sound." in out
    assert "not a public credit rating" in out
    assert "Report: printed/report.html" in out
    assert err == ""


def test_assess_prints_one_json_object(run, registry, capsys):
    shares = "A=.4,B=.3,C=.2,D=.1"
    assert run("assess", registry, *SMALL, "--out", "j", "--shares", shares, "--json") == 0
    out, err = capsys.readouterr()
    said = json.loads(out)
    assert [row["class"] for row in said["classes"]] == list("ABCD")
    assert [row["share"] for row in said["classes"]] == pytest.approx([0.4, 0.3, 0.2, 0.1], abs=0.01)
    assert said["report"] == "j/report.html"
    assert err == ""


def test_compare_truth_prints_classes_and_coverage(run, registry, result, capsys):
    assert run("compare-truth", result, f"{registry}/truth/truth.parquet") == 0
    out = capsys.readouterr().out
    assert "true p" in out
    assert "intervals of p hold the truth for" in out


def test_compare_truth_prints_one_json_object(run, registry, result, capsys):
    assert run("compare-truth", f"{result}/ratings.parquet", f"{registry}/truth/truth.parquet", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["as_of"] == "2024-01-01"
    assert sum(row["entities"] for row in said["classes"]) == said["entities"]
    assert 0 <= said["coverage_p"] <= 1


@pytest.mark.parametrize(
    "arguments", [("asses",), ("assess", "registry"), ("simulate", "x", "--entities", "many"), ("simulate",)]
)
def test_wrong_usage_is_exit_code_2(run, arguments):
    assert run(*arguments) == 2
