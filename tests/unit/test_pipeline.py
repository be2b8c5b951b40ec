import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from tests.unit.learned import QuickModel, write_small_system

from creditrisk import pipeline
from creditrisk.cli import main
from creditrisk.errors import SourceError, SpecError
from creditrisk.grading.file import load_policy
from creditrisk.grading.ratings import read_ratings
from creditrisk.indicators.load import load_system
from creditrisk.indicators.system import Group
from creditrisk.models.effects import industries, regions
from creditrisk.models.file import load_model
from creditrisk.models.inference.engines import Map
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel
from creditrisk.pipeline import STEPS, assess, fit
from creditrisk.records.read import read_records
from creditrisk.records.synthetic import simulate
from creditrisk.records.toml_file import parse
from creditrisk.validation.truth import compare_truth

SHARES = {"A": 0.4, "B": 0.3, "C": 0.2, "D": 0.1}


@pytest.fixture(scope="module")
def records():
    return read_records(simulate(400, seed=5, first_year=2020).tables)


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    return write_small_system(tmp_path_factory.mktemp("system"))


@pytest.fixture(scope="module")
def assessment(records, system):
    return assess(records, system=system, as_of="2024-01-01", shares=SHARES, model=QuickModel())


def test_every_entity_of_the_present_has_a_class(assessment, records):
    registered = records.as_of("2024-01-01").spine.count().to_pyarrow().as_py()
    assert len(assessment.ratings) == registered
    shares = assessment.ratings.summary()["share"]
    assert shares.to_numpy() == pytest.approx(list(SHARES.values()), abs=1.5 / registered)


def test_the_model_learns_from_the_year_before(assessment):
    X, outcomes = assessment.model.seen
    assert X.attrs["creditrisk"]["as_of"] == "2023-01-01"
    assert outcomes.attrs["creditrisk"]["after"] == "2023-01-01"
    assert outcomes.attrs["creditrisk"]["known_by"] == "2024-01-01"
    assert assessment.X.attrs["creditrisk"]["as_of"] == "2024-01-01"


def test_the_rules_of_the_system_are_those_of_the_policy(assessment):
    assert assessment.policy.rules == assessment.system.rules
    listed = assessment.X["abnormal_now"] == 1
    assert listed.any()
    assert set(assessment.ratings.table.loc[listed, "risk_class"]) == {"D"}


def test_an_assessment_cannot_be_changed(assessment):
    with pytest.raises(dataclasses.FrozenInstanceError):
        assessment.ratings = None


def test_every_step_is_told_in_order(records, system, tmp_path):
    told = []
    assess(records, system=system, as_of="2024-01-01", model=QuickModel(), out=tmp_path, progress=told.append)
    assert tuple(told) == STEPS


def test_fit_learns_what_assess_learns(records, system, assessment):
    told = []
    model = fit(records, system=system, as_of="2024-01-01", model=QuickModel(), progress=told.append)
    for own, whole in zip(model.seen, assessment.model.seen, strict=True):
        pd.testing.assert_frame_equal(own, whole, check_exact=True)
    assert tuple(told) == STEPS[:3]


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_fit_writes_a_model(records, system, tmp_path, capsys, monkeypatch, as_json):
    monkeypatch.setattr(pipeline, "read_records", lambda source, mapping: records)
    monkeypatch.setattr(pipeline, "_default_model", lambda indicators, seed: QuickModel())
    command = ["fit", "registry", "--as-of", "2024-01-01", "--out", tmp_path / "new" / "model.nc"]
    with pytest.raises(SystemExit) as ended:
        main([*map(str, command), "--system", str(system), *(["--json"] if as_json else [])])
    said = capsys.readouterr().out
    assert ended.value.code == 0 and (tmp_path / "new" / "model.nc").read_bytes() == b"a model"
    assert "The fit is sound." in (json.loads(said)["fit"]["loss"] if as_json else said)


def test_what_is_written_is_what_was_found(assessment, tmp_path):
    assessment.write(tmp_path / "new" / "result", language="zh")
    out = tmp_path / "new" / "result"
    names = {"ratings.parquet", "policy.toml", "model.nc", "report.html", "assessment.json"}
    assert {path.name for path in out.iterdir()} == names
    assert load_policy(out / "policy.toml") == assessment.policy
    assert read_ratings(out / "ratings.parquet").summary().equals(assessment.ratings.summary())
    assert json.loads((out / "assessment.json").read_text("utf-8")) == assessment.summary()
    assert '<html lang="zh-CN">' in (out / "report.html").read_text("utf-8")


def test_a_failed_write_leaves_the_earlier_result_whole(assessment, tmp_path):
    assessment.write(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    class Unsaved(QuickModel):
        def save(self, path):
            raise OSError("disk full")

    broken = Unsaved(assessment.model.seen).fit(*assessment.model.seen)
    with pytest.raises(OSError, match="disk full"):
        dataclasses.replace(assessment, model=broken, months=6).write(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_wrong_order_is_refused_before_any_record_is_read(tmp_path):
    nowhere = tmp_path / "nowhere"
    with pytest.raises(SpecError, match="add up to"):
        assess(nowhere, as_of="2024-01-01", shares={"A": 0.5})
    with pytest.raises(SpecError, match="'fr'"):
        assess(nowhere, as_of="2024-01-01", language="fr")
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="choose another"):
        assess(nowhere, as_of="2024-01-01", out=tmp_path / "file")


def test_systems_are_laid_over_each_other(records, system, tmp_path):
    other = tmp_path / "mine.toml"
    text = 'id = "mine"\nversion = "2"\ntitle_en = "mine"\ntitle_zh = "我的"\nretire = ["S15"]\n'
    other.write_text(text, encoding="utf-8")
    merged = assess(records, system=(system, other), as_of="2024-01-01", model=QuickModel()).system
    assert merged.id == "mine"
    assert merged.names == ["entity_age_years", "abnormal_now"]


def test_the_same_seed_gives_the_same_ratings(records, system):
    def rate():
        quick = RiskModel(
            ViolationModel(groups=("region",), inference=Map(), random_state=3),
            LossModel(inference=Map(), random_state=3),
        )
        told = assess(records, system=system, as_of="2024-01-01", training_windows=3, model=quick)
        return told.ratings.table

    pd.testing.assert_frame_equal(rate(), rate())


@pytest.mark.slow
def test_true_probabilities_rise_from_class_to_class(tmp_path):
    registry = simulate(4000, seed=11)
    ratings = assess(registry.tables, as_of="2025-01-01", out=tmp_path).ratings
    assert compare_truth(ratings, registry.truth).by_class["true_p"].is_monotonic_increasing
    shuffled = ratings.table.assign(
        risk_class=np.random.default_rng(1).permutation(ratings.table["risk_class"])
    )
    blind = compare_truth(dataclasses.replace(ratings, table=shuffled), registry.truth).by_class["true_p"]
    assert blind["D"] < 1.3 * blind["A"]
    assert load_model(tmp_path / "model.nc").status_.ok


def test_groups_with_depths_are_pooled_along_their_tree():
    groups = {
        "region": Group(column="region", prefix=6, depths=(2, 4, 6)),
        "sector": Group(column="industry", prefix=3, depths=(1, 3)),
        "size": Group(column="size"),
    }
    model = pipeline._default_model(dataclasses.replace(load_system("general"), groups=groups), 0)
    expected = (regions("region"), industries("sector", depths=(1, 3)), "size")
    assert (model.violation.groups, model.loss.groups) == (expected, expected)


@pytest.mark.parametrize(
    ("depths", "said"), [((4, 2), "rise from 1"), ((), "rise from 1"), ((2, 8), "within its prefix")]
)
def test_depths_that_are_no_tree_are_refused(depths, said):
    with pytest.raises(SpecError, match=said):
        parse(Group, {"column": "region", "prefix": 6, "depths": depths}, "the group")
