"""What a repair regime may say."""

import datetime as dt
from typing import Any

import pytest

from creditrisk.errors import SpecError
from creditrisk.records.repair import RepairRegime, packaged_regimes
from creditrisk.records.repair.regime import Matter
from creditrisk.records.toml_file import parse

REST: dict[str, Any] = {"id": "rest", "title_en": "r", "title_zh": "r", "basis": "b", "certainty": "own"}
FINE = REST | {"id": "fine", "where": {"severity": 2}, "maximum_months": 3}
GOOD: dict[str, Any] = {
    "name": "ours",
    "title_en": "ours",
    "title_zh": "本市",
    "legal_basis": "none",
    "in_force_from": dt.date(2020, 1, 1),
    "transition_en": "none",
    "transition_zh": "无",
    "requirements": {"done": {"text_en": "done", "text_zh": "已完成"}},
    "tables": {"penalty": {"ends": "revoked_on", "matters": [FINE, REST]}},
}


def with_matters(*matters: dict[str, Any], **rules: Any) -> dict[str, Any]:
    return {"tables": {"penalty": {"ends": "revoked_on", "matters": list(matters)} | rules}}


def test_a_regime_says_what_it_says() -> None:
    regime = parse(RepairRegime, GOOD, "regime")
    assert [matter.maximum_months for matter in regime.tables["penalty"].matters] == [3, None]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"nam": "x"}, "the key 'nam' is unknown"),
        ({"in_force_to": dt.date(2020, 1, 1)}, "which is never; correct a date"),
        ({"tables": {"penalties": {}}}, "no record type 'penalties'. Did you mean 'penalty'?"),
        (with_matters(), "the key 'tables.penalty.matters' is wrong"),
        (with_matters(FINE), "the last matter, and only the last, is for all the rest"),
        (with_matters(REST, FINE), "the last matter, and only the last, is for all the rest"),
        (with_matters(FINE, FINE, REST), "the matter 'fine' stands here more than once"),
        (with_matters(REST, ends="revokd_on"), "no column 'revokd_on'. Did you mean 'revoked_on'?"),
        (with_matters(REST, counted_from="published"), "no column 'published'"),
        (with_matters(REST | {"certainty": "sure"}), "certainty' is wrong"),
        (
            with_matters(REST | {"public": False, "maximum_months": 3}),
            "'rest' is not public and has no months",
        ),
        (
            with_matters(REST | {"minimum_months": 6, "maximum_months": 6}),
            "ends after 6 months, so that repair after 6 comes too late",
        ),
        (with_matters(REST | {"requires": ["dun"]}), "requires 'dun', which is none of the requirements"),
        (
            {"requirements": {"done": {"text_en": "d", "text_zh": "d", "not_on": ["serious"]}}},
            "no record type 'serious'",
        ),
        (
            {
                "requirements": {
                    "done": {
                        "text_en": "d",
                        "text_zh": "d",
                        "not_on": ["serious_list"],
                        "met_if": {"fulfilled_on": {"known": True}},
                    }
                }
            },
            "decided by one of `met_if`, `none_since` and `not_on`; split it in two",
        ),
        (
            {
                "requirements": {
                    "done": {
                        "text_en": "d",
                        "text_zh": "d",
                        "none_since": {"table": "serious_list", "same": ["reason"]},
                    }
                }
            }
            | with_matters(REST | {"requires": ["done"]}),
            "compares columns of 'serious_list' with a record of 'penalty'; leave `same` out",
        ),
    ],
)
def test_a_regime_that_cannot_be_meant_is_refused(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SpecError) as caught:
        parse(RepairRegime, GOOD | change, "regime 'ours'")
    assert sentence in str(caught.value)


def packaged(name: str, table: str) -> dict[str, Matter]:
    regime = next(one for one in packaged_regimes() if one.name == name)
    return {matter.id: matter for matter in regime.tables[table].matters}


def periods(name: str, table: str) -> dict[str, tuple[int | None, int | None]]:
    return {key: (one.minimum_months, one.maximum_months) for key, one in packaged(name, table).items()}


def test_the_rules_of_2021() -> None:
    assert periods("samr-2021", "penalty") == {
        "warning": (None, None),
        "criticism": (None, 3),
        "small_fine": (None, 3),
        "excluded": (None, 36),
        "food_drugs_equipment": (12, 36),
        "other_penalty": (6, 36),
    }
    assert periods("samr-2021", "serious_list") == {"serious_list": (12, 36)}
    assert periods("samr-2021", "abnormal_list") == {"abnormal_list": (0, None)}


def test_the_measures_of_2026() -> None:
    assert periods("ndrc-2026", "penalty") == {
        "minor_published": (0, 3),
        "minor": (None, None),
        "small_fine_published": (0, 3),
        "small_fine": (None, None),
        "serious": (12, 36),
        "huge_fine": (12, 36),
        "general": (3, 12),
    }
    assert periods("ndrc-2026", "serious_list") == {"serious_list": (12, 36)}


def test_what_is_not_published_is_said_so() -> None:
    hidden = {
        (regime.name, matter.id)
        for regime in packaged_regimes()
        for matter in regime.tables["penalty"].matters
        if not matter.public
    }
    assert hidden == {("samr-2021", "warning"), ("ndrc-2026", "minor"), ("ndrc-2026", "small_fine")}


def test_an_assumed_rule_says_what_is_assumed() -> None:
    for regime in packaged_regimes():
        for rules in regime.tables.values():
            assert all(one.note for one in rules.matters if one.certainty in ("assumed", "own"))
