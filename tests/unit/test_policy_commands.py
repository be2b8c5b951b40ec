import json

import pytest
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, draw_world

from creditrisk.cli import main
from creditrisk.grading.file import load_policy
from creditrisk.grading.policy import GradingPolicy


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("result")
    posterior, X = draw_world(800, draws=40)
    policy = GradingPolicy.calibrate_on(posterior, X, shares=SHARES, rules=(VETO, NOTCH), version="1")
    policy.to_toml(folder / "policy.toml")
    policy.grade(posterior, X).write(folder / "ratings.parquet")
    return folder


def run(*arguments):
    try:
        main([str(one) for one in arguments])
    except SystemExit as stop:
        return stop.code or 0
    return 0


def test_a_capacity_makes_a_new_version(result, tmp_path, capsys):
    arguments = (
        "recalibrate",
        result,
        "--out",
        tmp_path,
        "--capacity",
        60,
        "--author",
        "Zhang",
        "--by",
        "region",
    )
    assert run(*arguments, "--from", "2025-04-01") == 0
    policy = load_policy(tmp_path / "by-shares-2.toml")
    assert (policy.author, str(policy.in_force_from), policy.parent) == ("Zhang", "2025-04-01", "by-shares 1")
    assert "region 440100" in (tmp_path / "by-shares-2.md").read_text(encoding="utf-8")
    assert "by-shares-2.toml" in capsys.readouterr().out.replace("\n", "")
    assert run(*arguments) == 1
    assert "never overwritten" in capsys.readouterr().err


def test_json_is_one_object_and_rolling_back_takes_over_the_first(result, tmp_path, capsys):
    rates = "A=.02,B=.1,C=.3,D=.9"
    assert (
        run("recalibrate", result, "--out", tmp_path, "--inspections", 140, "--rates", rates, "--json") == 0
    )
    said = json.loads(capsys.readouterr().out)
    assert 139 <= said["effects"]["inspections"]["after"] <= 140
    second = tmp_path / "by-shares-2.toml"
    back = ("--parent", second, "--like", result / "policy.toml", "--language", "zh")
    assert run("recalibrate", result, "--out", tmp_path, *back) == 0
    assert load_policy(tmp_path / "by-shares-3.toml").cuts == load_policy(result / "policy.toml").cuts
    assert (tmp_path / "CHANGES.md").read_text(encoding="utf-8").count("\n") == 2


def test_a_preset_of_shares_is_known_by_name(result, tmp_path):
    assert (
        run("recalibrate", result, "--out", tmp_path, "--shares", "dandong-2023", "--rates", "dezhou-2023")
        == 0
    )
    reached = load_policy(tmp_path / "by-shares-2.toml").calibrated["reached"]
    assert reached["A"] < 0.66


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ((), "needs a goal"),
        (("--capacity", 3, "--inspections", 9), "leave one out"),
        (("--precision", 40), "from 0 to 1"),
        (("--capacity", 3, "--from", "tomorrow"), "--from is a day"),
        (("--capacity", 3, "--language", "fr"), "en or zh"),
        (("--capacity", 3, "--rates", "A=x"), "write class=number"),
        (("--capacity", 3, "--by", "regio"), "Did you mean 'region'"),
        (("--capacity", 3, "--like", "x.toml"), "leave one out"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(result, tmp_path, capsys, more, says):
    assert run("recalibrate", result, "--out", tmp_path / "out", *more) == 1
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()
