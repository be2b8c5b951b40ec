import datetime as dt

import pytest

from creditrisk.errors import SpecError
from creditrisk.indicators.load import parse_indicator

SAID = {
    "id": "S06",
    "name": "penalty_n",
    "title_en": "penalties",
    "title_zh": "行政处罚次数",
    "dimension": "supervision",
    "table": "penalty",
    "measure": "count",
    "direction": "raises",
    "missing": "zero",
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"measure": "trend"}, "says no `months`, and Trend needs a window"),
        ({"measure": "current", "months": 12}, "says months = 12, and Current has no window"),
        ({"table": None}, "says table = None, and Count needs a `table`"),
        ({"measure": "season"}, "Season reads no records and takes no `table`"),
        ({"months": 0}, "'months' is wrong"),
        ({"direction": "up"}, "'direction' is wrong"),
        ({"name": "Penalty N"}, "'name' is wrong"),
        ({"measure": "cuont"}, "the measure 'cuont' is unknown. Did you mean 'count'"),
        ({"table": "penalties"}, "the table 'penalties' is unknown. Did you mean 'penalty'"),
        ({"mouths": 12}, "the key 'mouths' is unknown. Did you mean 'months'"),
        ({"half_life_months": 12}, "the key 'half_life_months' is unknown"),
        ({"measure": "decayed_count"}, "the key 'half_life_months' is missing"),
        ({"measure": "decayed_count", "half_life_months": "long"}, "'half_life_months' is wrong"),
        (
            {"measure": "rate", "numerator": {}, "prior_strength": 1, "prior_mean": 0.1},
            "'numerator' is wrong",
        ),
    ],
)
def test_an_impossible_indicator_is_refused_in_one_sentence(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(SpecError, match="S06") as caught:
        parse_indicator(SAID | change, "drawn")
    assert sentence in str(caught.value)


@pytest.mark.parametrize("key", ["missing", "direction", "title_zh"])
def test_what_has_no_default_must_be_said(key: str) -> None:
    with pytest.raises(SpecError, match=f"the key '{key}' is missing"):
        parse_indicator({name: value for name, value in SAID.items() if name != key}, "drawn")


@pytest.mark.parametrize(
    ("on", "in_force"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_in_force_from_the_first_day_to_before_the_last(on: str, in_force: bool) -> None:
    dates = {"in_force_from": dt.date(2024, 1, 1), "in_force_to": dt.date(2025, 1, 1)}
    assert parse_indicator(SAID | dates, "drawn").in_force(dt.date.fromisoformat(on)) is in_force
