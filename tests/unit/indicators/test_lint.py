"""Lint finds each kind of mistake where it is planted, and nothing in a file without one."""

from pathlib import Path

import pandas as pd
import pytest

from creditrisk.indicators.lint import lint_system
from creditrisk.indicators.load import packaged
from creditrisk.records.read import read_records

HEAD = 'id = "mine"\nversion = "1"\ntitle_en = "t"\ntitle_zh = "t"\n'
GOOD = {
    "id": '"S06"',
    "name": '"penalty_n"',
    "title_en": '"penalties"',
    "title_zh": '"处罚"',
    "dimension": '"d"',
    "table": '"penalty"',
    "measure": '"count"',
    "months": "36",
    "direction": '"raises"',
    "missing": '"zero"',
    "legal_basis": '"some rule"',
}
SHARE = {"measure": '"related_share"', "prior_strength": "2", "prior_mean": "0.1"}


def indicator(**changes: str) -> str:
    keys = {key: value for key, value in (GOOD | changes).items() if value}
    return "[[indicators]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())


@pytest.fixture
def lint(tmp_path: Path):
    """Return a function that lints a file of these texts and gives (level, check, ids) and the sentences."""

    def run(*texts: str, **options: object):
        path = tmp_path / "mine.toml"
        path.write_text(HEAD + "\n".join(texts), encoding="utf-8")
        found = lint_system(path, **options)
        return [(one.level, one.check, one.ids) for one in found.findings], [
            one.sentence for one in found.findings
        ]

    return run


def test_a_good_file_has_no_findings(lint) -> None:
    assert lint(indicator()) == ([], [])


@pytest.mark.parametrize(
    ("changes", "check", "sentence"),
    [
        ({"where": "{ revoked = { known = false } }"}, "column", "reads penalty.revoked, .*'revoked_on'"),
        ({"dated_by": '"ocurred_on"'}, "column", "'occurred_on'"),
        ({"measure": '"sum"', "column": '["fine_cny", "fine"]'}, "column", "reads penalty.fine,"),
        (
            {"measure": '"rate"', "numerator": "{ fine = 3 }", "prior_strength": "2", "prior_mean": "0.1"},
            "column",
            "reads penalty.fine,",
        ),
        (
            {"table": '"complaint"', "where": '{ kind = ["complaint", "reprot"] }'},
            "code",
            "'reprot', which is not one of its codes. Did you mean 'report'",
        ),
        (
            {"table": '"inspection"', "where": '{ result_codes = { contains_any = ["Z"] } }'},
            "code",
            "'Z', which is not one of its codes",
        ),
        ({"table": '"annual_report"', "where": '{ filed = "no" }'}, "code", "holds boolean values"),
        ({"where": "{ fine_cny = true }"}, "code", "holds float values"),
        (
            SHARE | {"over": '{ edges = { kind = "branch" } }'},
            "column",
            "reads relation_edge.kind, which that record type does not have",
        ),
        (
            SHARE | {"over": '{ edges = { relation = "brunch" } }'},
            "code",
            "asks for relation_edge.relation = 'brunch', .*Did you mean 'branch'",
        ),
        (
            SHARE | {"over": '{ alike = { column = "sector" } }'},
            "column",
            "reads registration.sector, which that record type does not have",
        ),
        (
            {"measure": '"base_rate"', "code": '"regoin"', "levels": "[2, 6]", "prior_strength": "9"},
            "column",
            "reads registration.regoin, .*Did you mean 'region'",
        ),
    ],
)
def test_what_can_never_be_met_is_an_error(lint, changes: dict[str, str], check: str, sentence: str) -> None:
    found, (said,) = lint(indicator(**changes))
    assert found == [("error", check, ("S06",))]
    assert pd.Series([said]).str.contains(sentence).all()


def test_a_missing_legal_basis_is_one_warning(lint) -> None:
    other = indicator(legal_basis="", id='"S7"', name='"x"', title_en='"x"', title_zh='"x"')
    assert lint(indicator(legal_basis=""), other)[0] == [("warning", "legal_basis", ("S06", "S7"))]


def test_titles_that_cannot_be_told_apart_are_a_warning(lint) -> None:
    found, _ = lint(indicator(), indicator(id='"S7"', name='"x"', title_en='"Penalties"', title_zh='"x"'))
    assert found == [("warning", "title", ("S06", "S7"))]


def test_no_direction_without_a_word_is_a_warning(lint) -> None:
    assert lint(indicator(direction='"either"'))[0] == [("warning", "direction", ("S06",))]
    assert lint(indicator(direction='"either"', note='"both happen"'))[0] == []
    kind = {"table": '"registration"', "measure": '"attribute"', "column": '"entity_type"'}
    text = indicator(**kind, direction='"either"', months="", missing='"missing"')
    assert lint(text)[0] == []


def test_a_contradiction_on_a_later_day_is_an_error(lint) -> None:
    rule = (
        '[[rules]]\nid = "R1"\nkind = "veto"\nindicator = "penalty_n"\ncertainty = "own"\nbasis = "b"\n'
        'title_en = "t"\ntitle_zh = "t"\nin_force_to = 2026-01-01\n'
    )
    text = indicator(in_force_to="2025-01-01")
    found, (said,) = lint(text, rule)
    assert found == [("error", "dates", ())]
    assert "From 2025-01-01 on" in said


def test_only_what_the_file_states_is_judged(lint) -> None:
    assert (
        lint('extends = ["general"]', indicator(id='"X1"', name='"x"', title_en='"x"', title_zh='"x"'))[0]
        == []
    )


def test_windows_longer_than_the_records_are_a_warning(lint) -> None:
    registration = pd.DataFrame(
        {"record_id": ["1"], "entity_id": ["a"], "occurred_on": ["2015-01-01"], "known_on": ["2015-01-02"]}
    )
    penalty = pd.DataFrame(
        {
            "record_id": ["1", "2"],
            "entity_id": ["a", "a"],
            "occurred_on": ["2022-05-01", "2024-03-01"],
            "known_on": ["2022-05-01", "2024-05-02"],
        }
    )
    records = read_records({"registration": registration, "penalty": penalty})
    found, (said,) = lint(indicator(months="36"), records=records)
    assert found == [("warning", "window", ("S06",))]
    assert "begin only on 2022-05-01" in said
    assert lint(indicator(months="24"), records=records)[0] == []


@pytest.mark.parametrize("name", packaged())
def test_packaged_systems_have_no_errors(name: str) -> None:
    assert [one.sentence for one in lint_system(name).errors] == []


@pytest.mark.parametrize("city", ["chicago-food", "montreal-food"])
def test_columns_of_a_mapping_are_known_with_it(city: str, repository: Path) -> None:
    folder = repository / "indicators"
    assert lint_system(folder / f"{city}.toml").errors != ()
    assert lint_system(folder / f"{city}.toml", mapping=folder / f"{city}.mapping.toml").errors == ()
