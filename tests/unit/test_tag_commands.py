import json

import pandas as pd
import pytest
from tests.unit.supervision.rated import of_table, rated

from creditrisk.cli import main
from creditrisk.records.read import read_records
from creditrisk.supervision.screening.registry import load_tags
from creditrisk.supervision.screening.screen import tag_entities

DAY = ("--as-of", "2024-06-01")
TAGS = ("--tag", "abnormal", "--tag", "penalised", "--tag", "class_d")
RULE = """
all = [{ any = [{ tag = "abnormal" }, { tag = "penalised" }] }, { not = { tag = "individual_business" } }]
"""


@pytest.fixture(scope="module")
def result(small_registry, tmp_path_factory):
    """Write ratings of the entities of the registry."""
    ids = pd.read_parquet(small_registry / "registration.parquet")["entity_id"].drop_duplicates()
    made = rated(len(ids))
    table = made.table.set_index(pd.Index(ids, name="entity_id")).assign(decided_by="model", model_class="A")
    folder = tmp_path_factory.mktemp("result")
    of_table(made, table).write(folder / "ratings.parquet")
    return folder


def run(*arguments):
    try:
        main([str(one) for one in arguments])
    except SystemExit as stop:
        return stop.code or 0
    return 0


def test_tags_are_those_of_the_library(small_registry, result, tmp_path, capsys):
    arguments = (*DAY, *TAGS, "--result", result, "--out", tmp_path / "tags.csv", "--json")
    assert run("tags", small_registry, *arguments) == 0
    said = json.loads(capsys.readouterr().out)
    written = pd.read_csv(tmp_path / "tags.csv", encoding="utf-8-sig", index_col="entity_id")
    snapshot = read_records(small_registry).as_of("2024-06-01")
    expected = tag_entities(snapshot, load_tags("market_supervision"), tags=["abnormal", "penalised"]).table
    pd.testing.assert_frame_equal(written[["abnormal", "penalised"]] == 1, expected, check_index_type=False)
    assert said["counts"] == written.sum().to_dict()
    assert said["counts"]["class_d"] > 0
    assert said["absent"] == []


@pytest.mark.slow
def test_titles_and_what_cannot_be_told_are_said_in_chinese(small_registry, tmp_path, capsys):
    arguments = (*DAY, *TAGS, "--tag", "licensed", "--out", tmp_path / "tags.parquet", "--language", "zh")
    assert run("tags", small_registry, *arguments) == 0
    shown = capsys.readouterr().out
    titles = load_tags("market_supervision").tags
    assert f"无法判断：{titles['class_d'].title_zh}、{titles['licensed'].title_zh}" in shown.replace("\n", "")
    assert titles["abnormal"].title_zh in shown
    assert list(pd.read_parquet(tmp_path / "tags.parquet")) == ["abnormal", "penalised"]


def test_a_rule_picks_whom_its_tags_describe(small_registry, tmp_path, capsys):
    rule = tmp_path / "rule.toml"
    rule.write_text(RULE)
    assert (
        run("screen", small_registry, *DAY, "--rule", rule, "--out", tmp_path / "picked.csv", "--json") == 0
    )
    picked = pd.read_csv(tmp_path / "picked.csv", encoding="utf-8-sig", index_col="entity_id")
    snapshot = read_records(small_registry).as_of("2024-06-01")
    tags = ["abnormal", "penalised", "individual_business"]
    table = tag_entities(snapshot, load_tags("market_supervision"), tags=tags).table
    expected = table.index[(table["abnormal"] | table["penalised"]) & ~table["individual_business"]]
    assert sorted(picked.index) == sorted(expected)
    assert json.loads(capsys.readouterr().out)["entities"] == len(expected) > 5


@pytest.mark.parametrize(
    ("command", "arguments", "sentence"),
    [
        ("tags", ("--tag", "abnormall", "--out", "tags.csv"), "the tag 'abnormall' is unknown. Did you mean"),
        ("tags", ("--out", "tags.xlsx"), "ends with .csv or .parquet; got 'tags.xlsx': rename it"),
        ("screen", ("--rule", "nowhere.toml", "--out", "picked.csv"), "nowhere.toml"),
        ("screen", ("--rule", "empty.toml", "--out", "picked.csv"), "rule 'empty.toml'"),
    ],
)
def test_bad_input_is_one_sentence(
    small_registry, tmp_path, monkeypatch, capsys, command, arguments, sentence
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.toml").write_text("")
    assert run(command, small_registry, *DAY, *arguments) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.startswith("creditrisk: ")
    assert said.count("\n") == 1
