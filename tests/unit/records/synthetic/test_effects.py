import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from creditrisk.records.synthetic.effects import VIOLATION, Points
from creditrisk.records.tables import TABLES


@pytest.mark.parametrize("points", VIOLATION.points, ids=lambda points: points.indicator)
def test_effects_go_one_way_and_saturate(points: Points) -> None:
    signs = np.sign(points.increments)
    assert (signs == signs[0]).all()
    sizes = np.abs(points.increments)
    assert (np.diff(sizes) < 0).all()
    assert points.log_odds(np.array([0]))[0] == 0
    assert points.log_odds(np.array([len(sizes)])) == points.log_odds(np.array([99]))


@pytest.mark.parametrize("points", VIOLATION.points, ids=lambda points: points.indicator)
def test_effects_name_columns_of_the_schema(points: Points) -> None:
    table = TABLES[points.table]
    assert (points.months is None) == (points.measure != "count")
    for name in filter(None, [points.where and points.where[0], points.unless]):
        assert table.column(name).name == name


def test_only_commendations_lower() -> None:
    assert [points.indicator for points in VIOLATION.points if points.increments[0] < 0] == ["commendation_n"]


@pytest.fixture(scope="module")
def general(repository: Path) -> dict[str, dict[str, Any]]:
    text = (repository / "src/creditrisk/indicators/systems/general.toml").read_text(encoding="utf-8")
    return {indicator["name"]: indicator for indicator in tomllib.loads(text)["indicators"]}


@pytest.mark.parametrize("points", VIOLATION.points, ids=lambda points: points.indicator)
def test_effects_are_indicators_of_the_general_system(
    points: Points, general: dict[str, dict[str, Any]]
) -> None:
    indicator = general[points.indicator]
    assert indicator["table"] == points.table
    assert indicator["direction"] == ("raises" if points.increments[0] > 0 else "lowers")
    if indicator["measure"] == "count":
        where = dict([points.where]) if points.where else {}
        unless = {points.unless: {"known": False}} if points.unless else {}
        assert (indicator["months"], indicator.get("where", {})) == (points.months, where | unless)
