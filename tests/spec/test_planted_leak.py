"""An indicator that could see the outcome's own record is caught.

The check extracts twice: from a registry, and from the same registry without what became known on the as-of
date or later. Whoever sees no future gives the same numbers. Two doors that do see it must fail the check.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import ibis
import pytest
from tests.lib.drawn import Registry, drawn_records
from tests.lib.engines import Values, by_panel, records_of, system_of, values_of
from tests.lib.future import without_later_knowledge

from creditrisk.indicators.executors.scan import rows, sight, span
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.records.records import Records
from creditrisk.records.snapshot import Snapshot

DAY = dt.date(2024, 1, 1)
YEAR_LATER = dt.date(2025, 1, 1)

REGISTRY: Registry = {
    "registration": drawn_records(
        "registration",
        """
        entity_id | occurred_on | known_on   | revoked_on | revoked_known_on
        a         | 2015-01-01  | 2015-01-02 | 2023-12-01 | 2024-02-01
        b         | 2015-01-01  | 2015-01-02 |            |
        """,
    ),
    "penalty": drawn_records(
        "penalty",
        """
        entity_id | occurred_on | known_on   | fine_cny
        a         | 2022-05-01  | 2022-05-09 | 100
        a         | 2023-12-20  | 2024-01-01 | 5000
        b         | 2024-06-01  | 2024-06-09 | 8000
        """,
    ),
    "abnormal_list": drawn_records(
        "abnormal_list",
        """
        entity_id | occurred_on | known_on   | ended_on   | end_known_on
        b         | 2023-06-01  | 2023-06-02 | 2023-12-01 | 2024-03-01
        """,
    ),
}

SYSTEM = system_of(
    {"name": "penalty_n", "table": "penalty", "measure": "count", "months": 36, "missing": "zero"},
    {"name": "fines", "table": "penalty", "measure": "sum", "column": "fine_cny", "missing": "zero"},
    {"name": "listed", "table": "abnormal_list", "measure": "current", "missing": "zero"},
    {
        "name": "revoked",
        "table": "registration",
        "measure": "current",
        "starts": "revoked_on",
        "ends": "deregistered_on",
        "missing": "zero",
    },
)

Door = Callable[[Records], Snapshot]


def sees_the_future(door: Door) -> bool:
    """Return whether what becomes known later changes a value."""
    past = without_later_knowledge(REGISTRY, DAY)
    return extracted(door, REGISTRY) != extracted(door, past)


def extracted(door: Door, registry: Registry) -> Values:
    return values_of(IndicatorExtractor(SYSTEM).transform(door(records_of(registry))))


def the_only_door(records: Records) -> Snapshot:
    return records.as_of(DAY)


def a_door_that_forgets_when_things_were_known(records: Records) -> Snapshot:
    tables = {name: table.mutate(as_of=ibis.literal(DAY)) for name, table in records.tables.items()}
    return replace(records.as_of(DAY), tables=tables)


def a_door_that_looks_a_year_ahead(records: Records) -> Snapshot:
    return replace(records.as_of(YEAR_LATER), date=DAY)


def test_the_only_door_sees_no_future() -> None:
    assert not sees_the_future(the_only_door)
    assert extracted(the_only_door, REGISTRY) == {
        "a": {"penalty_n": 1.0, "fines": 100.0, "listed": 0.0, "revoked": 0.0},
        "b": {"penalty_n": 0.0, "fines": 0.0, "listed": 1.0, "revoked": 0.0},
    }


@pytest.mark.parametrize("door", [a_door_that_forgets_when_things_were_known, a_door_that_looks_a_year_ahead])
def test_a_leaking_door_is_caught(door: Door) -> None:
    assert sees_the_future(door)


@pytest.fixture(params=["a day early", "values with their record"])
def leaky_scan(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the scan see records a day early, or values before the day on which they were known."""
    if request.param == "a day early":
        honest = sight.known_since
        monkeypatch.setattr(sight, "known_since", lambda table: _a_day_earlier(honest(table)))
    else:
        monkeypatch.setattr(rows.Rows, "knowing", lambda self, own, *names: own)


def _a_day_earlier(honest: span.Span) -> span.Span:
    return span.Span(since=honest.begin - 1, until=honest.until)


def a_panel_sees_the_future() -> bool:
    return by_panel(SYSTEM, REGISTRY, DAY) != by_panel(SYSTEM, without_later_knowledge(REGISTRY, DAY), DAY)


def test_a_panel_sees_no_future() -> None:
    assert not a_panel_sees_the_future()


@pytest.mark.usefixtures("leaky_scan")
def test_a_leaking_scan_is_caught() -> None:
    assert a_panel_sees_the_future()


def test_the_outcome_is_in_the_data_and_out_of_the_indicators() -> None:
    records = records_of(REGISTRY)
    assert records.outcomes(DAY).loc["b", "violation"] == 1.0
    X = IndicatorExtractor(SYSTEM).transform(records.as_of(DAY))
    assert X.loc["b", "penalty_n"] == 0.0
