"""Every packaged system: it loads, names what exists, and says where it comes from."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.load import load_system, packaged
from creditrisk.records.conditions import Condition
from creditrisk.records.tables import TABLES

SECTORS = (
    "food",
    "drug_retail",
    "medical_device",
    "special_equipment",
    "industrial_product",
    "advertising",
    "price",
    "online_trading",
)
ALONE = {
    "individual_business": "violation",
    "abnormal_address": "abnormal_address",
    "invoice_fraud": "invoice_fraud",
    "ride_hailing": "ride_hailing",
}
SOURCES = re.compile(r"Source: \w[^.;]{5,}")
COLUMN_KEYS = ("column", "starts", "ends", "last_days", "done", "before", "after", "numerator", "denominator")


def own_entries(name: str) -> list[dict[str, Any]]:
    """Return the indicators that a packaged file states itself."""
    import creditrisk.indicators

    path = Path(creditrisk.indicators.__file__).parent / "systems" / f"{name}.toml"
    entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["indicators"]
    return entries


def conditions(indicator: Indicator) -> Iterator[tuple[str, Condition]]:
    """Yield the column and the condition of every filter of an indicator."""
    yield from indicator.where.items()
    for key in ("condition", "numerator"):
        part = getattr(indicator.measure, key, None)
        if isinstance(part, Mapping):
            yield from part.items()


def columns(indicator: Indicator) -> set[str]:
    """Return every column that an indicator names."""
    named = {indicator.dated_by, *(column for column, _ in conditions(indicator))}
    for key in COLUMN_KEYS:
        value = getattr(indicator.measure, key, ())
        if not isinstance(value, Mapping):
            named |= {value} if isinstance(value, str) else set(value)
    return named


def codes(condition: Condition) -> set[object]:
    """Return the codes that a condition compares with."""
    equals = () if condition.equals is None else (condition.equals,)
    return {*equals, *(condition.one_of or ()), *(condition.contains_any or ())}


def test_there_are_nine_sectors_and_three_warnings() -> None:
    assert set(packaged()) == {"general", *SECTORS, *ALONE}


@pytest.mark.parametrize("name", SECTORS)
def test_a_sector_extends_the_general_system(name: str) -> None:
    alone, joined = load_system(name), load_system("general", name)
    assert alone.names == joined.names
    assert alone.names[: len(load_system("general").names)] == load_system("general").names
    assert len(own_entries(name)) >= 10
    assert (alone.id, alone.outcome) == (name, load_system("general").outcome)


@pytest.mark.parametrize(("name", "outcome"), ALONE.items())
def test_others_stand_alone_with_their_outcome(name: str, outcome: str) -> None:
    system = load_system(name)
    assert len(system.indicators) == len(own_entries(name))
    assert system.outcome is not None
    assert system.outcome.name == outcome
    assert set(system.groups) == {"region", "sector"}


def test_all_of_them_load_together() -> None:
    own = [entry["name"] for name in packaged() for entry in own_entries(name)]
    assert sorted(load_system(*packaged()).names) == sorted(own)


@pytest.mark.parametrize("name", packaged())
def test_every_indicator_says_its_titles_direction_and_missing_policy(name: str) -> None:
    for entry in own_entries(name):
        assert {"direction", "missing", "dimension"} <= set(entry), entry["id"]
        assert re.search(r"[a-z]", entry["title_en"]), entry["id"]
        assert re.search(r"[\u4e00-\u9fff]", entry["title_zh"]), entry["id"]


@pytest.mark.parametrize("name", [*SECTORS, *ALONE])
def test_every_indicator_says_where_it_comes_from(name: str) -> None:
    for entry in own_entries(name):
        assert SOURCES.search(entry["note"]), entry["id"]
        assert entry["note"].endswith("."), entry["id"]


@pytest.mark.parametrize("indicator", load_system(*packaged()).indicators, ids=lambda one: str(one.id))
def test_every_column_and_code_exists(indicator: Indicator) -> None:
    if indicator.table is None:
        return
    table = TABLES[indicator.table]
    assert columns(indicator) <= set(table.column_names)
    for name, condition in conditions(indicator):
        known = table.column(name).codes
        assert not known or codes(condition) <= set(known), name
