import pytest

from creditrisk.errors import SpecError
from creditrisk.indicators.rule import Rule
from creditrisk.records.toml_file import parse

SAID = {"id": "R1", "indicator": "listed", "certainty": "own", "title_en": "listed", "title_zh": "列入"}


@pytest.mark.parametrize("key", ["class", "cap", "risk_class"])
def test_the_class_has_three_names_in_a_file(key: str) -> None:
    assert parse(Rule, SAID | {"kind": "notch", "notches": 1, key: "C"}, "rule 'R1'").risk_class == "C"


@pytest.mark.parametrize("said", [{"kind": "veto"}, {"kind": "notch", "notches": 2}])
def test_vetoes_and_notches_reach_to_d_unless_said_otherwise(said: dict[str, object]) -> None:
    assert parse(Rule, SAID | said, "rule 'R1'").risk_class == "D"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "notch"}, "a notch has `notches`"),
        ({"kind": "veto", "notches": 1}, "no other rule has them"),
        ({"kind": "floor"}, "a floor has a `class`"),
        ({"kind": "ceiling"}, "a ceiling too"),
        ({"kind": "always_inspect", "class": "D"}, "an always_inspect has none"),
        ({"kind": "veto", "if_missing": "no"}, "is wrong"),
        ({"kind": "vote"}, "'kind' is wrong"),
        ({"kind": "veto", "class": "E"}, "is wrong"),
        ({"kind": "veto", "at_leats": 1}, "Did you mean 'at_least'"),
    ],
)
def test_an_impossible_rule_is_refused_in_one_sentence(said: dict[str, object], sentence: str) -> None:
    with pytest.raises(SpecError, match=sentence):
        parse(Rule, SAID | said, "rule 'R1'")
