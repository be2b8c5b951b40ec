"""A snapshot of the records that still count."""

import datetime as dt

import pandas as pd
import pytest
from tests.lib.drawn import Registry, drawn_records, registered
from tests.lib.engines import records_of, system_of, values_of

from creditrisk.errors import SpecError
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.records.records import Records
from creditrisk.records.repair import counting_only
from creditrisk.records.snapshot import Snapshot

DAY = dt.date(2024, 6, 1)

REGISTRY: Registry = {
    "registration": registered("a", "b"),
    "penalty": drawn_records(
        "penalty",
        """
        record_id | entity_id | occurred_on | severity | fine_cny | revoked_on
        warning   | a         | 2024-05-15  | 0        |          |
        small     | a         | 2024-05-15  | 2        | 100      |
        over      | a         | 2024-02-15  | 2        | 200      |
        large     | a         | 2022-02-15  | 2        | 90000    |
        revoked   | a         | 2024-02-15  | 2        | 80000    | 2024-05-01
        """,
    ),
    "serious_list": drawn_records(
        "serious_list",
        """
        record_id | entity_id | occurred_on
        forgotten | b         | 2021-01-15
        """,
    ),
    "complaint": drawn_records(
        "complaint",
        """
        entity_id | occurred_on
        b         | 2015-01-15
        """,
    ),
}


@pytest.fixture(scope="module")
def records() -> Records:
    """Return some records that count and some that do not."""
    return records_of(REGISTRY)


def kept(snapshot: Snapshot, table: str = "penalty") -> set[str]:
    return set(snapshot.tables[table].to_pyarrow()["record_id"].to_pylist())


def test_only_what_counts_stays(records: Records) -> None:
    snapshot = counting_only(records.as_of(DAY))
    assert kept(snapshot) == {"small", "large"}
    assert kept(snapshot, "serious_list") == set()
    assert kept(snapshot, "complaint") == {"complaint-000"}


def test_more_states_may_stay(records: Records) -> None:
    snapshot = counting_only(records.as_of(DAY), states=["active", "not_public", "expired"])
    assert kept(snapshot) == {"small", "large", "warning", "over"}


def test_another_regime_may_be_chosen(records: Records) -> None:
    assert kept(counting_only(records.as_of(DAY), regime="ndrc-2026")) == set()


def test_the_snapshot_is_otherwise_the_same(records: Records) -> None:
    before, after = records.as_of(DAY), counting_only(records.as_of(DAY))
    assert (after.date, set(after.tables)) == (before.date, set(before.tables))
    assert after.spine.equals(before.spine)
    assert all(after.tables[name].schema() == table.schema() for name, table in before.tables.items())


def test_indicators_see_only_what_counts(records: Records) -> None:
    system = system_of({"name": "n", "table": "penalty", "measure": "count", "missing": "zero"})
    extractor = IndicatorExtractor(system)
    all_of_it = values_of(extractor.transform(records.as_of(DAY)))
    counted = values_of(extractor.transform(counting_only(records.as_of(DAY))))
    assert (all_of_it["a"]["n"], counted["a"]["n"]) == (5.0, 2.0)


def test_a_cohort_is_cut_day_by_day(records: Records) -> None:
    days = [dt.date(2024, 5, 15), dt.date(2024, 5, 16), dt.date(2024, 6, 1)]
    cohort = pd.DataFrame({"entity_id": "a", "as_of": days})
    rows = counting_only(records.as_of(cohort)).tables["penalty"].to_pyarrow().to_pandas()
    assert rows.groupby("as_of")["record_id"].agg(set).tolist() == [
        {"over", "large"},
        {"small", "large"},
        {"small", "large"},
    ]


def test_an_unknown_state_is_refused(records: Records) -> None:
    with pytest.raises(SpecError, match="is one of active, repaired, expired, not_public; got 'open'"):
        counting_only(records.as_of(DAY), states=["open"])
