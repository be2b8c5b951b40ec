"""The register of a snapshot: what was known on the day, and nothing later."""

import datetime as dt

import pandas as pd
import pytest
from tests.lib.registry import read, registration, rows
from tests.unit.supervision.rated import rated

from creditrisk.records.records import Records
from creditrisk.supervision.platforms.register import shared_register


@pytest.fixture
def records() -> Records:
    """Return three entities, one revoked, one listed and removed, with two licences."""
    day = dt.date
    return read(
        registration=registration("E00000", "E00001", "E00002", revoked_on=[None, day(2023, 5, 1), None]),
        abnormal_list=rows(
            ("E00002", day(2022, 1, 1), "not found", day(2023, 1, 1), day(2023, 2, 1)),
            columns="entity_id occurred_on reason ended_on end_known_on",
        ),
        licence=rows(
            ("E00000", day(2021, 1, 1), day(2024, 1, 1), None),
            ("E00000", day(2021, 1, 1), None, day(2022, 1, 1)),
            ("E00002", day(2021, 1, 1), None, None),
            columns="entity_id occurred_on valid_to withdrawn_on",
        ),
    )


def test_status_lists_and_licences_are_those_of_the_day(records: Records) -> None:
    register = shared_register(records.as_of("2024-01-01"), rated(3))
    assert register.entities["status"].to_dict() == {
        "E00000": "active",
        "E00001": "revoked",
        "E00002": "active",
    }
    licence_to = register.entities["licence_to"]
    assert licence_to["E00000"] == pd.Timestamp("2024-01-01")
    assert pd.isna(licence_to["E00001"])
    assert licence_to["E00002"].year == 2200
    assert register.entities["risk_class"].notna().all()
    assert register.listings["removed_on"].notna().tolist() == [True]


def test_a_removal_that_was_not_known_yet_is_not_told(records: Records) -> None:
    register = shared_register(records.as_of("2023-01-15"))
    assert register.listings["removed_on"].isna().tolist() == [True]
    assert register.entities["status"].tolist() == ["active"] * 3
    assert register.entities["risk_class"].isna().all()


def test_records_without_lists_and_licences_make_a_register_too() -> None:
    register = shared_register(read(registration=registration("E1")).as_of("2024-01-01"))
    assert register.listings.empty
    assert register.entities["licence_to"].isna().all()
