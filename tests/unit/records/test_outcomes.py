"""What a definition of outcomes may say."""

from pathlib import Path
from typing import Any

import pytest

from creditrisk.errors import SourceError, SpecError
from creditrisk.records.codes.inspection_results import PROBLEM_CODES
from creditrisk.records.outcomes import OutcomeDefinition, load_definition
from creditrisk.records.toml_file import parse

GOOD: dict[str, Any] = {
    "name": "address",
    "title_en": "Address not found",
    "title_zh": "失联",
    "currency": "CNY",
    "contact": [{"table": "inspection"}],
    "violation": [{"table": "inspection", "where": {"result_codes": {"contains_any": ["6"]}}}],
}


def test_the_packaged_definition_takes_the_problem_codes_and_leaves_the_goods_value_out() -> None:
    definition = load_definition()
    assert definition.violation[0].where["result_codes"].contains_any == PROBLEM_CODES
    assert definition.loss[0].columns == ("fine_cny", "confiscated_cny")
    assert definition.loss_column == "loss_cny"
    assert definition.tables == ("inspection", "penalty")


def test_a_definition_is_read_from_a_file_or_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "address.toml"
    path.write_text(
        'name = "address"\ntitle_en = "a"\ntitle_zh = "b"\ncurrency = "CAD"\nobserved = "everyone"\n'
        '[[violation]]\ntable = "penalty"\n'
    )
    definition = load_definition(path)
    assert definition.loss_column == "loss_cad"
    assert load_definition(definition) is definition


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"curency": "CNY"}, "the key 'curency' is unknown. Did you mean 'currency'?"),
        ({"currency": "yuan"}, "the key 'currency' is wrong"),
        ({"violation": []}, "the key 'violation' is wrong"),
        ({"violation": [{"table": "penalties"}]}, "no record type 'penalties'. Did you mean 'penalty'?"),
        (
            {"violation": [{"table": "penalty", "chanel": "x"}]},
            "'violation.1.chanel' is unknown. Did you mean 'channel'?",
        ),
        ({"contact": []}, "without a [[contact]] only violations would show who was looked at"),
        ({"loss": [{"table": "penalty", "columns": []}]}, "the key 'loss.1.columns' is wrong"),
        ({"observed": "all"}, "the key 'observed' is wrong"),
        ({"settled_after_months": -1}, "the key 'settled_after_months' is wrong"),
    ],
)
def test_a_definition_that_cannot_be_meant_is_refused(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SpecError) as caught:
        parse(OutcomeDefinition, GOOD | change, "outcome definition")
    assert sentence in str(caught.value)


def test_an_unknown_name_is_refused_and_so_is_a_missing_file() -> None:
    with pytest.raises(SpecError, match=r"no outcome definition 'violations'.* Did you mean 'violation'\?"):
        load_definition("violations")
    with pytest.raises(SourceError, match=r"There is no file 'violations\.toml'"):
        load_definition("violations.toml")
