from dataclasses import replace

from creditrisk.indicators.compare import compare_systems
from creditrisk.indicators.load import load_system
from creditrisk.indicators.plain import plain_system
from creditrisk.indicators.system import Group

GENERAL = load_system("general")


def changed_in(**keys: object) -> list[tuple[str, str, str]]:
    penalties = GENERAL.indicator("S06").model_copy(update=keys)
    others = tuple(penalties if one.id == "S06" else one for one in GENERAL.indicators)
    found = compare_systems(GENERAL, replace(GENERAL, indicators=others))
    assert not found.added
    assert not found.removed
    return [(one.kind, one.id, one.key) for one in found.changed]


def test_a_system_does_not_differ_from_itself() -> None:
    assert compare_systems(GENERAL, GENERAL).same
    assert changed_in() == []


def test_each_changed_key_is_named() -> None:
    assert changed_in(months=24, direction="either") == [
        ("indicator", "S06", "months"),
        ("indicator", "S06", "direction"),
    ]


def test_a_parameter_of_a_measure_is_a_key() -> None:
    found = compare_systems(GENERAL, GENERAL)
    assert found.changed == ()
    rate = GENERAL.indicator("S13")
    other = rate.model_copy(update={"measure": rate.measure.model_copy(update={"prior_strength": 9.0})})
    swapped = tuple(other if one.id == "S13" else one for one in GENERAL.indicators)
    (change,) = compare_systems(GENERAL, replace(GENERAL, indicators=swapped)).changed
    assert (change.key, change.before, change.after) == ("prior_strength", 5.0, 9.0)


def test_what_one_side_lacks_is_added_or_removed() -> None:
    fewer = replace(
        GENERAL,
        indicators=tuple(one for one in GENERAL.indicators if one.id != "D01"),
        rules=GENERAL.rules[1:],
        groups={**GENERAL.groups, "county": Group(column="region", prefix=4)},
    )
    found = compare_systems(GENERAL, fewer)
    assert [(one.kind, one.id) for one in found.removed] == [("indicator", "D01"), ("rule", "R01")]
    assert [(one.kind, one.id) for one in found.added] == [("group", "county")]
    turned = compare_systems(fewer, GENERAL)
    assert (turned.added, turned.removed) == (found.removed, found.added)


def test_the_plain_form_says_where_everything_comes_from() -> None:
    plain = plain_system(GENERAL)
    assert {one["from"] for one in plain["indicators"] + plain["rules"]} == {"general"}
    assert [one["name"] for one in plain["indicators"]] == GENERAL.names
