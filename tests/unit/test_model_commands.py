"""``creditrisk model show``."""

import json
import shutil

import pytest
from tests.lib.scored import invented

from creditrisk import GradingPolicy
from creditrisk.cli import main


@pytest.fixture(scope="module")
def model_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("models") / "model.nc"
    invented(draws=20).save(path)
    return path


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments)])
    return ended.value.code


def test_a_model_is_shown(model_file, capsys):
    assert run("model", "show", model_file, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["currency"] == "CNY" and found["loss"]["families"] == ["LogNormal"]
    assert found["violation"]["draws"] == 20
    assert {"penalties", "sector", "age_years × sector"} <= {
        one["name"] for one in found["violation"]["terms"]
    }


def test_it_is_shown_as_tables(model_file, capsys):
    assert run("model", "show", model_file) == 0
    said = capsys.readouterr().out
    assert "penalties" in said and "Trained 600 rows" in said and "it has no cuts" in " ".join(said.split())


def test_the_cuts_are_those_of_the_policy_beside_it(model_file, tmp_path, capsys):
    shutil.copy(model_file, tmp_path / "model.nc")
    GradingPolicy(name="demo", version="2", cuts=(100.0, 500.0, 2e6)).to_toml(tmp_path / "policy.toml")
    assert run("model", "show", tmp_path / "model.nc") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "demo 2, cuts expected_loss at 100, 500, 2e+06" in said
    assert run("model", "show", tmp_path / "model.nc", "--json") == 0
    assert json.loads(capsys.readouterr().out)["policy"]["cuts"] == [100.0, 500.0, 2e6]


def test_a_damaged_one_is_one_sentence(model_file, tmp_path, capsys):
    (tmp_path / "cut.nc").write_bytes(model_file.read_bytes()[:-1])
    assert run("model", "show", tmp_path / "cut.nc") == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
