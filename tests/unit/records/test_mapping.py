"""What a mapping file may say, and what is said of one that cannot be meant."""

import copy
from pathlib import Path
from typing import Any

import pytest

from creditrisk.errors import SourceError, SpecError
from creditrisk.records.forms.codes import JOINED_BY
from creditrisk.records.mapping import Mapping, load_mapping
from creditrisk.records.tables import TABLES
from creditrisk.records.toml_file import parse

GOOD = {
    "name": "town",
    "tables": {
        "penalty": {
            "source": "fines",
            "distinct_by": ["record_id"],
            "columns": {"record_id": "no", "fine_cny": {"column": "fine", "multiply": 10000}},
            "extra": {"officer": {"column": "officer", "type": "string", "known_with": "revoked_on"}},
        }
    },
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the good mapping with one thing replaced or added."""
    mapping = copy.deepcopy(GOOD)
    *folders, last = path.split("/")
    place: Any = mapping
    for folder in folders:
        place = place[folder]
    place[last] = value
    return mapping


def test_a_bare_name_is_a_column_and_extra_columns_join_the_record_type() -> None:
    table = parse(Mapping, GOOD, "mapping").tables["penalty"]
    assert table.columns["record_id"].column == "no"
    extra = table.shape(TABLES["penalty"]).column("officer")
    assert (extra.type, extra.known_with) == ("string", "revoked_on")


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("tabels", {}, "the key 'tabels' is unknown. Did you mean 'tables'?"),
        (
            "tables/penalties",
            {"source": "x", "columns": {}},
            "no record type 'penalties'. Did you mean 'penalty'?",
        ),
        ("tables/penalty/sorce", "x", "the key 'tables.penalty.sorce' is unknown. Did you mean 'source'?"),
        ("tables/penalty/columns/fine", "x", "no column 'fine'; put a new one under [tables.penalty.extra]."),
        (
            "tables/penalty/columns/act_type",
            {"colum": "x"},
            "columns.act_type.colum' is unknown. Did you mean 'column'?",
        ),
        ("tables/penalty/columns/act_type", {}, "exactly one of column, value and sql; got none of them."),
        ("tables/penalty/columns/act_type", {"column": "a", "sql": "b"}, "exactly one of"),
        (
            "tables/penalty/columns/act_type",
            {"column": "a", "otherwise": "b"},
            "'otherwise' needs a 'recode'",
        ),
        (
            "tables/penalty/columns/act_type",
            {"column": "a", "recode": {"1": "x"}, "multiply": 2},
            "one of recode, number or unit, and format; got recode and multiply.",
        ),
        ("tables/penalty/columns/act_type", {"column": "a", "recode": {}}, "'recode' names nothing"),
        (
            "tables/penalty/columns/act_type",
            {"value": "a", "format": "%Y-%m-%d"},
            "'value' stands in every row as it is; leave 'format' out",
        ),
        (
            "tables/penalty/columns/fine_cny",
            {"column": "a", "unit": "ten_thousand_yuans"},
            "no unit 'ten_thousand_yuans'; use 'multiply' for others. Did you mean 'ten_thousand_yuan'?",
        ),
        (
            "tables/penalty/columns/fine_cny",
            {"column": "a", "unit": "percent"},
            "the unit 'percent' becomes share, but 'fine_cny' is in CNY",
        ),
        (
            "tables/penalty/columns/fine_cny",
            {"column": "a", "unit": "元", "multiply": 2},
            "takes one of unit and multiply",
        ),
        ("tables/penalty/columns/fine_cny", {"column": "a", "number": "1234"}, "fine_cny.number' is wrong"),
        (
            "tables/penalty/columns/act_type",
            {"column": "a", "unit": "元"},
            "'unit' is for numbers, and 'act_type'",
        ),
        (
            "tables/penalty/columns/act_type",
            {"column": "a", "format": "%Y-%m-%d"},
            "'format' is for dates, and 'act_type'",
        ),
        (
            "tables/penalty/columns/occurred_on",
            {"column": "a", "format": ["%Y-%m-%d", "%Y-%m"]},
            "the format '%Y-%m' names no day; add it",
        ),
        ("tables/penalty/columns/occurred_on", {"column": "a", "format": []}, "'format' names nothing"),
        (
            "tables/penalty/columns/occurred_on",
            {"column": "a", "format": "epoch"},
            "'epoch_s' or 'epoch_ms', with an offset such as '+08:00'; got 'epoch'",
        ),
        (
            "tables/penalty/columns/act_type",
            {"column": "a", "separator": ","},
            "'act_type' holds one code; it takes no 'separator'",
        ),
        ("tables/penalty/columns/act_type", {"column": "a", "width": 0}, "'width' counts digits; got 0"),
        (
            "tables/penalty/columns/act_type",
            {"column": "a", "normalise": "upper"},
            "act_type.normalise' is wrong",
        ),
        (
            "tables/penalty/extra/raw_fine",
            {"column": "a", "type": "float"},
            "'raw_fine' is a name that snapshots use",
        ),
        (
            "tables/penalty/extra/fine_cny",
            {"column": "a", "type": "float"},
            "has the column 'fine_cny' already",
        ),
        (
            "tables/penalty/extra/as_of",
            {"column": "a", "type": "date"},
            "'as_of' is a name that snapshots use",
        ),
        (
            "tables/penalty/extra/judge",
            {"column": "a", "type": "text"},
            "the key 'tables.penalty.extra.judge.type'",
        ),
        (
            "tables/penalty/extra/judge",
            {"column": "a", "type": "date", "known_with": "x"},
            "names no date column",
        ),
        (
            "tables/penalty/distinct_by",
            ["entity_id"],
            "'entity_id', which the mapping of 'penalty' does not fill",
        ),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(path: str, value: object, sentence: str) -> None:
    with pytest.raises(SpecError) as caught:
        parse(Mapping, changed(path, value), "mapping 'town.toml'")
    assert str(caught.value).startswith("In mapping 'town.toml'")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_sentinels_are_those_of_the_nearest_that_names_some() -> None:
    own = changed("sentinels", ["-"])
    assert parse(Mapping, own, "mapping").tables["penalty"].sentinels == ("-",)
    own["tables"]["penalty"]["sentinels"] = []
    assert parse(Mapping, own, "mapping").tables["penalty"].sentinels == ()


def test_codes_are_joined_as_the_record_types_say() -> None:
    columns = [column for table in TABLES.values() for column in table.columns if column.separator]
    assert {column.separator for column in columns} == {JOINED_BY}


def test_a_mapping_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "town.toml"
    path.write_text(
        'name = "town"\n[tables.penalty]\nsource = "fines"\n[tables.penalty.columns]\nrecord_id = "no"\n'
    )
    mapping = load_mapping(path)
    assert mapping.tables["penalty"].source == "fines"
    assert load_mapping(mapping) is mapping


def test_a_mapping_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no file"):
        load_mapping(tmp_path / "town.toml")
