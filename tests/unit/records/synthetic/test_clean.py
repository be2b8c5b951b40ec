"""A simulated registry has no fault in any of the six dimensions; each check must fail on a spoiled copy."""

import chinese_calendar
import pandas as pd
import pytest

from creditrisk.records.codes import industry_tree, region_tree, uscc_is_valid
from creditrisk.records.schema import Table
from creditrisk.records.synthetic import SyntheticRegistry
from creditrisk.records.tables import TABLES

EVERY_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
PUBLIC = pytest.mark.parametrize(
    "table", [table for table in TABLES.values() if table.public], ids=lambda table: table.name
)
EXPORTED = pd.Timestamp("2025-04-01")


def working_days(start: pd.Timestamp, end: pd.Timestamp) -> int:
    """Count the working days after `start` up to `end`."""
    return sum(chinese_calendar.is_workday(day) for day in pd.date_range(start, end)[1:])


def years_owed(registration: pd.DataFrame, years: range) -> set[tuple[str, int]]:
    """Return each entity with each year that it began as registered."""
    owed = set()
    for year in years:
        begins = pd.Timestamp(year, 1, 1)
        there = (registration["occurred_on"] < begins) & ~(registration["deregistered_on"] < begins)
        owed |= {(entity, year) for entity in registration.loc[there, "entity_id"]}
    return owed


@PUBLIC
def test_public_records_are_collected_in_seven_and_published_in_twenty_working_days(
    small_registry: SyntheticRegistry, table: Table
) -> None:
    frame = small_registry.tables[table.name].sample(150, random_state=1, replace=True)
    for row in frame.itertuples():
        assert working_days(row.occurred_on, row.known_on) <= 7
        assert row.known_on <= row.published_on
        assert working_days(row.occurred_on, row.published_on) <= 20


def test_some_public_records_are_collected_only_on_the_last_day(small_registry: SyntheticRegistry) -> None:
    frame = small_registry.tables["penalty"].head(150)
    lags = [working_days(row.occurred_on, row.known_on) for row in frame.itertuples()]
    assert max(lags) == 7
    assert min(lags) == 2


@EVERY_TABLE
def test_provenance_numbers_and_expected_values_are_there(
    small_registry: SyntheticRegistry, table: Table
) -> None:
    frame = small_registry.tables[table.name]
    filled = ["source_org", "entity_name", *(column.name for column in table.columns if column.expected)]
    filled += [table.number] if table.number else []
    assert frame[filled].notna().all().all()
    names = small_registry.tables["registration"].set_index("entity_id")["name"]
    assert (frame["entity_name"] == frame["entity_id"].map(names)).all()


@EVERY_TABLE
def test_no_record_is_there_twice(small_registry: SyntheticRegistry, table: Table) -> None:
    frame = small_registry.tables[table.name]
    matter = list(table.matter) or [name for name in frame.columns if name != "record_id"]
    assert not frame.duplicated(["entity_id", "occurred_on", *matter]).any()
    if table.number:
        assert not frame.duplicated(["entity_id", table.number]).any()


@EVERY_TABLE
def test_links_lead_to_records_of_the_same_entity(small_registry: SyntheticRegistry, table: Table) -> None:
    frame = small_registry.tables[table.name]
    for link in table.links:
        if link.table is None:
            continue
        entities = small_registry.tables[link.table].set_index("record_id")["entity_id"]
        linked = frame[frame[link.column].notna()]
        assert set(linked[link.column]) <= set(entities.index)
        if link.same_entity:
            assert (linked[link.column].map(entities) == linked["entity_id"]).all()


def test_penalties_follow_the_inspection_that_they_name(small_registry: SyntheticRegistry) -> None:
    penalty = small_registry.tables["penalty"]
    inspection = small_registry.tables["inspection"].set_index("record_id")
    named = inspection.loc[penalty["inspection_id"]]
    assert (named["occurred_on"].to_numpy() < penalty["occurred_on"].to_numpy()).all()
    assert (named["result_codes"] != "1").all()
    complaint = named["channel"].eq("complaint").to_numpy()
    assert (penalty["complaint_id"].notna() == complaint).all()
    assert penalty["complaint_id"].notna().any()


def test_each_year_owed_has_exactly_one_annual_report(small_registry: SyntheticRegistry) -> None:
    report = small_registry.tables["annual_report"]
    years = report["occurred_on"].dt.year
    assert (report["year"] == years - 1).all()
    got = list(zip(report["entity_id"], years, strict=True))
    assert len(got) == len(set(got))
    assert set(got) == years_owed(small_registry.tables["registration"], range(2019, 2025))


@EVERY_TABLE
def test_nothing_has_happened_after_the_export(small_registry: SyntheticRegistry, table: Table) -> None:
    frame = small_registry.tables[table.name]
    happened = {"occurred_on", "known_on", "published_on"} | {
        column.known_with for column in table.columns if column.known_with
    }
    for name in happened:
        assert not (frame[name] >= EXPORTED).any(), name


def test_codes_are_those_of_the_code_systems(small_registry: SyntheticRegistry) -> None:
    registration = small_registry.tables["registration"]
    assert uscc_is_valid(registration["entity_id"]).all()
    assert uscc_is_valid(registration["parent_id"].dropna()).all()
    assert region_tree().known(registration["region"]).all()
    assert industry_tree().known(registration["industry"]).all()
