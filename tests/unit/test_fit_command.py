"""``creditrisk fit``: records to a model file."""

import json

import pytest
from tests.unit.learned import QuickModel, write_small_system

from creditrisk import pipeline
from creditrisk.cli import main
from creditrisk.pipeline import STEPS, fit
from creditrisk.records.read import read_records
from creditrisk.records.synthetic import simulate

AS_OF = "2024-01-01"


@pytest.fixture(scope="module")
def records():
    return read_records(simulate(200, seed=5, first_year=2020).tables)


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    return write_small_system(tmp_path_factory.mktemp("system"))


def test_it_learns_what_assess_learns(records, system):
    told = []
    model = fit(records, system=system, as_of=AS_OF, model=QuickModel(), progress=told.append)
    X, outcomes = model.seen
    assert X.attrs["creditrisk"]["as_of"] == "2023-01-01"
    assert outcomes.attrs["creditrisk"]["known_by"] == AS_OF
    assert tuple(told) == STEPS[:3]


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_writes_a_model(records, system, tmp_path, capsys, monkeypatch, as_json):
    monkeypatch.setattr(pipeline, "read_records", lambda source, mapping: records)
    monkeypatch.setattr(pipeline, "_default_model", lambda indicators, seed: QuickModel())
    command = ["fit", "registry", "--as-of", AS_OF, "--out", tmp_path / "new" / "model.nc"]
    with pytest.raises(SystemExit) as ended:
        main([*map(str, command), "--system", str(system), *(["--json"] if as_json else [])])
    said = capsys.readouterr().out
    assert ended.value.code == 0 and (tmp_path / "new" / "model.nc").read_bytes() == b"a model"
    assert "The fit is sound." in (json.loads(said)["fit"]["loss"] if as_json else said)
