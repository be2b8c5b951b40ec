"""Records that nobody here made up, through mappings alone."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from tests.lib.registry import rejected

from creditrisk.records.mapping import Mapping
from creditrisk.records.outcomes import OutcomeDefinition
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.toml_file import parse

pytestmark = pytest.mark.data

CHICAGO = """
name = "chicago"
[tables.registration]
source = "chicago_food_events"
distinct_by = ["entity_id"]
[tables.registration.columns]
record_id = "license_id"
entity_id = "license_id"
occurred_on = "inspection_date"
known_on = "inspection_date"
region = "zip"
[tables.inspection]
source = "chicago_food_events"
[tables.inspection.columns]
record_id = "inspection_id"
entity_id = "license_id"
occurred_on = "inspection_date"
known_on = "inspection_date"
result_codes = { sql = "CASE WHEN critical_count > 0 THEN '3' ELSE '1' END" }
channel = { value = "targeted" }
[tables.inspection.extra]
critical_count = { column = "critical_count", type = "integer" }
"""

MONTREAL = """
name = "montreal"
[tables.registration]
source = "montreal_fines_events"
distinct_by = ["entity_id"]
[tables.registration.columns]
record_id = "business_id"
entity_id = "business_id"
occurred_on = "offence_date"
known_on = "judgment_date"
[tables.penalty]
source = "montreal_fines_events"
[tables.penalty.columns]
record_id = "case_id"
entity_id = "business_id"
occurred_on = "offence_date"
known_on = "judgment_date"
[tables.penalty.extra]
fine_cad = { column = "fine_cad", type = "float" }
"""


def read(folder: Path, mapping: str) -> Records:
    return read_records(folder, mapping=parse(Mapping, tomllib.loads(mapping), "mapping"))


def test_chicago_has_every_inspection_and_every_licence_once(public_data: Path) -> None:
    records = read(public_data, CHICAGO)
    sizes = {name: table.count().to_pyarrow().as_py() for name, table in records.tables.items()}
    assert sizes == {"registration": 12_367, "inspection": 27_600}
    assert rejected(records) == {}
    assert "chicago_food_table" in records.ignored
    zips = records.tables["registration"].region.length().max().to_pyarrow().as_py()
    assert zips == 5


def test_chicago_outcomes_know_who_was_inspected(public_data: Path) -> None:
    outcomes = read(public_data, CHICAGO).outcomes("2013-01-01")
    assert 0 < outcomes["inspected"].sum() < len(outcomes)
    assert 0.10 < outcomes["violation"].mean() < 0.16
    assert outcomes["loss_cny"].isna().all()


def test_a_montreal_fine_is_known_from_its_judgment_only(public_data: Path) -> None:
    records = read(public_data, MONTREAL)
    day = dt.date(2018, 1, 1)
    seen = records.as_of(day).table("penalty")
    waiting = records.tables["penalty"].filter(lambda fine: (fine.occurred_on < day) & (fine.known_on >= day))
    assert waiting.count().to_pyarrow().as_py() > 100
    assert seen.known_on.max().to_pyarrow().as_py() < day
    assert seen.semi_join(waiting, "record_id").count().to_pyarrow().as_py() == 0


def test_montreal_convictions_give_money_in_their_own_currency(public_data: Path) -> None:
    definition = OutcomeDefinition.model_validate(
        {
            "name": "convictions",
            "title_en": "Convictions",
            "title_zh": "定罪",
            "currency": "CAD",
            "observed": "everyone",
            "violation": [{"table": "penalty"}],
            "loss": [{"table": "penalty", "columns": ["fine_cad"]}],
        }
    )
    records = read(public_data, MONTREAL)
    outcomes = records.outcomes("2018-01-01", definition=definition)
    early = records.outcomes("2018-01-01", definition=definition, known_by="2019-01-01")
    assert 0.05 < outcomes["violation"].mean() < 0.5
    assert outcomes["loss_cad"].sum() > early["loss_cad"].sum() > 0
