"""Monitoring points and tags find the same on every engine."""

import datetime as dt

import pandas as pd
import pytest
from tests.engines.conftest import Load

from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.synthetic import simulate
from creditrisk.supervision.monitoring.find import find_on_days
from creditrisk.supervision.monitoring.point import load_point
from creditrisk.supervision.screening.registry import load_tags
from creditrisk.supervision.screening.screen import tag_entities

pytestmark = pytest.mark.slow

DAY = dt.date(2024, 7, 1)
TABLES = ("registration", "registration_change", "licence", "annual_report", "abnormal_list", "online_shop")
POINTS = ("abnormal_address_cluster", "annual_report_all_zero", "licence_expired", "licence_inconsistent")


def answers(records: Records) -> dict[str, pd.DataFrame]:
    """Return what is found and tagged, in an order that does not depend on the engine."""
    snapshot = records.as_of(DAY)
    (findings,) = find_on_days(records, [load_point(name) for name in POINTS], [DAY])
    tagged = tag_entities(snapshot, load_tags("market_supervision"))
    return {
        "findings": findings.table,
        "tags": tagged.table.sort_index(),
        "absent": pd.DataFrame({"tag": tagged.absent}),
    }


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    """Return a simulated registry."""
    tables = simulate(300, seed=11).tables
    return {name: tables[name] for name in TABLES}


def test_the_same_is_found_and_tagged(load: Load, frames: dict[str, pd.DataFrame]) -> None:
    here, there = answers(read_records(frames)), answers(read_records(load(frames)))
    assert len(here["findings"]) > 10
    assert here["tags"].any().sum() > 10
    for what, expected in here.items():
        pd.testing.assert_frame_equal(there[what], expected, check_dtype=False, obj=what)
