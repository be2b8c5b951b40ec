"""Every packaged system: it loads, names what exists, says where it comes from, and tells entities apart."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.load import load_system, packaged
from creditrisk.records.conditions import Condition
from creditrisk.records.read import read_records
from creditrisk.records.synthetic import simulate
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

CONSTANT = {
    "no inspection ends with code 6 or F": ("addr_unreachable_n",),
    "inspections say no field": (
        "drug_gsp_critical",
        "drug_gsp_major_rate",
        "drug_rectify_overdue",
        "food_check_key_fail",
        "food_check_general_fail_rate",
        "food_rectify_overdue",
        "device_qms_defect",
        "device_check_fail_rate",
        "device_rectify_overdue",
        "price_rectify_overdue",
        "equipment_rectify_overdue",
    ),
    "licences are of no field but food and say no hazard level": (
        "drug_shop_class_2",
        "drug_shop_class_3",
        "drug_licence_lapsed",
        "drug_area_log",
        "food_static_tier_high",
        "food_vulnerable_group",
        "product_hazard_high",
        "device_class_2",
        "device_class_3",
        "device_licence_lapsed",
        "equipment_licence_lapsed",
    ),
    "no pharmacist has a certificate": ("drug_pharmacist",),
    "samples are of food and industrial products only, none is a repeat": (
        "drug_sampling_fail_rate",
        "device_sampling_fail_rate",
        "device_serious_fail_n",
        "product_retest_fail_n",
    ),
    "penalties know seven acts and no field of drugs, devices, equipment or online trading": (
        "drug_rx_without_prescription_n",
        "drug_illegal_purchase_n",
        "drug_penalty_n",
        "drug_penalty_amount_log",
        "device_unregistered_sale_n",
        "device_penalty_n",
        "device_penalty_amount_log",
        "equipment_penalty_n",
        "equipment_penalty_amount_log",
        "lift_safety_bypass_n",
        "ot_fake_review_n",
        "ot_false_promotion_n",
        "ot_exclusive_dealing_n",
        "ot_data_breach_n",
        "ot_penalty_n",
        "price_fraud_penalty_n",
        "price_marking_penalty_n",
        "price_gouging_n",
        "price_government_breach_n",
        "price_competition_penalty_n",
    ),
    "penalties name no overcharge": ("price_overcharged_log", "price_refund_rate"),
    "recalls are of food and industrial products only": (
        "drug_recall_n",
        "device_recall_n",
        "device_recall_class_1_n",
        "device_recall_unfinished",
    ),
    "complaints are of no field of food, drugs, devices or equipment, and all are settled if true": (
        "drug_complaint_n",
        "food_complaint_n",
        "device_complaint_n",
        "equipment_complaint_n",
        "ib_complaint_unsettled_n",
    ),
    "accidents are of the field other": ("food_accident", "equipment_accident"),
    "opinion is never on industrial products": ("product_opinion_n",),
    "every honour is for an honest trader": ("product_quality_award",),
    "no upkeep visit is recorded, and nobody who made it": ("lift_visit_lapsed", "lift_worker_n"),
    "monitoring looks at no platform": ("ot_platform_shown_ratio",),
    "invoices name no sale outside the scope and no rebate": ("inv_outside_scope_share", "inv_rebate_log"),
}


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


@pytest.fixture(scope="module")
def simulated() -> pd.DataFrame:
    """Return every packaged indicator of a simulated registry."""
    records = read_records(simulate(3000).tables)
    return IndicatorExtractor(load_system(*packaged())).transform(records.as_of("2025-01-01"))


@pytest.mark.slow
def test_every_indicator_tells_entities_apart(simulated: pd.DataFrame) -> None:
    names = load_system(*packaged()).names
    distinct = simulated[names].nunique(dropna=False)
    assert set(distinct.index[distinct < 2]) == {name for group in CONSTANT.values() for name in group}
