"""The packaged general system keeps what the domain asks of it."""

import re

import pytest

from creditrisk.indicators.load import load_system
from creditrisk.records.tables import TABLES

SYSTEM = load_system("general")


def test_it_has_the_fifty_indicators() -> None:
    proposed = {indicator.id for indicator in SYSTEM.indicators if re.fullmatch(r"[BDSGP]\d\d", indicator.id)}
    areas = {"B": 8, "D": 15, "S": 16, "G": 5, "P": 6}
    everything = {f"{area}{number:02d}" for area, size in areas.items() for number in range(1, size + 1)}
    assert proposed == everything


def test_what_decides_directly_or_stands_in_the_model_already_is_no_model_input() -> None:
    by_use = {
        use: {indicator.id for indicator in SYSTEM.indicators if indicator.use == use}
        for use in ("rule", "planning")
    }
    assert by_use == {"rule": {"S04", "V01", "V02", "V03"}, "planning": {"S16", "B05", "B06"}}


def test_every_rule_says_how_sure_its_ground_is_and_claims_no_article() -> None:
    assert {rule.id: (rule.kind, rule.risk_class) for rule in SYSTEM.rules} == {
        "R01": ("veto", "D"),
        "R02": ("veto", "D"),
        "R03": ("notch", "D"),
        "R04": ("notch", "C"),
        "R05": ("veto", "D"),
        "R06": ("notch", "C"),
        "R07": ("always_inspect", None),
    }
    assert {rule.id for rule in SYSTEM.rules if rule.certainty == "found"} == {"R06"}
    assert {rule.id for rule in SYSTEM.rules if rule.basis} == {"R06"}


@pytest.mark.parametrize("indicator", SYSTEM.indicators, ids=lambda indicator: indicator.id)
def test_every_column_named_is_one_of_its_record_type(indicator: object) -> None:
    spec = indicator.model_dump(mode="json")  # type: ignore[attr-defined]
    measure = spec["measure"]
    named = {*spec["where"], spec["dated_by"], *measure.get("condition", {})}
    for key in (
        "column",
        "starts",
        "ends",
        "last_days",
        "done",
        "before",
        "after",
        "numerator",
        "denominator",
    ):
        value = measure.get(key, [])
        named |= {value} if isinstance(value, str) else set(value)
    if spec["table"]:
        assert named <= set(TABLES[spec["table"]].column_names)


def test_groups_are_region_and_sector() -> None:
    groups = {name: (group.column, group.prefix) for name, group in SYSTEM.groups.items()}
    assert groups == {"region": ("region", 6), "sector": ("industry", 1)}
    assert SYSTEM.outcome is not None
    assert SYSTEM.outcome.name == "violation"
