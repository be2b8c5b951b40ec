import json

import pandas as pd
import pytest
from tests.unit.supervision.rated import of_table, rated

from creditrisk.cli import main
from creditrisk.supervision.plan import InspectionPlan


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("result")
    ratings = rated(800)
    of_table(ratings, ratings.table.assign(decided_by="model", model_class="A")).write(
        folder / "ratings.parquet"
    )
    return folder


def run(*arguments):
    try:
        main([str(one) for one in arguments])
    except SystemExit as stop:
        return stop.code or 0
    return 0


def test_a_draw_by_a_preset_is_that_of_the_plan(result, tmp_path, capsys):
    assert run("draw", result, "--rates", "daqing-2024", "--months", 3, "--seed", "x", "--out", tmp_path) == 0
    rates = {"A": 0.0125, "B": 0.05, "C": 0.15, "D": 0.25}
    expected = InspectionPlan(rates=rates, seed="x").draw(rated(800))
    written = pd.read_parquet(tmp_path / "draw.parquet")
    assert written["drawn"].equals(expected["drawn"])
    assert written.attrs["creditrisk"]["seed"] == "x"
    visits = pd.read_csv(tmp_path / "visits.csv", encoding="utf-8-sig")
    assert set(visits["entity_id"]) == set(expected.index[expected["drawn"]])
    assert "Seed 'x', design poisson" in capsys.readouterr().out


def test_a_draw_by_capacity_is_told_to_machines(result, tmp_path, capsys):
    arguments = ("draw", result, "--capacity", 60, "--exploration", 0.1, "--seed", 7, "--out", tmp_path)
    assert run(*arguments, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["drawn"], said["entities"], said["seed"], said["design"]) == (60, 800, "7", "pps")
    assert sum(row["visits"] for row in said["classes"].values()) == 60


def test_rates_can_be_written_out(result, tmp_path, capsys):
    rates = "A=.01,B=.05,C=.2,D=.9"
    assert run("draw", result, "--rates", rates, "--seed", 7, "--out", tmp_path, "--json") == 0
    classes = json.loads(capsys.readouterr().out)["classes"]
    assert classes["D"]["expected_visits"] == pytest.approx(0.9 * classes["D"]["entities"])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "needs rates by class or a capacity"),
        (("--capacity", 900), "got 900 for 800 of 800 entities"),
        (("--rates", "dezhou"), "Did you mean 'dezhou-2023'"),
    ],
)
def test_an_impossible_draw_is_one_sentence(arguments, sentence, result, tmp_path, capsys):
    assert run("draw", result, "--seed", 1, "--out", tmp_path, *arguments) == 1
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
