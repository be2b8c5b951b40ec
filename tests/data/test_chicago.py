"""Chicago's food inspections through mapping and system alone: counts, no leak, values, outcomes."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from benchmarks.accuracy.chicago_events import SOURCE, SYSTEMS, visits
from benchmarks.splits import load_splits
from tests.lib.registry import rejected

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system
from creditrisk.records.engine import to_frame
from creditrisk.records.read import read_records
from creditrisk.records.records import Records

pytestmark = pytest.mark.data

MAPPING = SYSTEMS / "chicago-food.mapping.toml"
SYSTEM = load_system(SYSTEMS / "chicago-food.toml")
DAY = pd.Timestamp("2014-09-02")


@pytest.fixture(scope="module")
def events(public_data: Path) -> pd.DataFrame:
    """Return the source as it is."""
    return pd.read_parquet(public_data / f"{SOURCE}.parquet")


@pytest.fixture(scope="module")
def records(events: pd.DataFrame) -> Records:
    """Return the source through the mapping."""
    return read_records({SOURCE: events}, mapping=MAPPING)


def cohort_of(events: pd.DataFrame) -> pd.DataFrame:
    named = {"entity_id": events["license_id"].astype(str), "as_of": events["inspection_date"]}
    return pd.DataFrame(named).drop_duplicates()


def test_every_inspection_and_every_licence_is_there_once(records: Records) -> None:
    sizes = {name: table.count().to_pyarrow().as_py() for name, table in records.tables.items()}
    assert sizes == {"registration": 12_367, "inspection": 27_600}
    assert rejected(records) == {}
    assert records.ignored == ()


def test_a_licence_began_when_its_age_says(records: Records, events: pd.DataFrame) -> None:
    register = to_frame(records.tables["registration"]).set_index("entity_id")
    ids = events["license_id"].astype(str)
    first_visit = events["inspection_date"].groupby(ids).min().reindex(register.index)
    age = (events["license_age_years"] * 365).round().where(events["license_age_years"] >= 0)
    began = (events["inspection_date"] - pd.to_timedelta(age, unit="D")).groupby(ids).min()
    began = began.reindex(register.index)
    assert (register["licence_dated"] == (began <= first_visit)).all()
    assert register["licence_dated"].sum() == 12_367 - 1_011
    older = began < first_visit
    assert (pd.to_datetime(register.loc[older, "occurred_on"]) == began[older]).all()
    assert (pd.to_datetime(register["known_on"]) < first_visit).all()


def test_values_are_those_that_pandas_finds_in_earlier_inspections(public_data: Path) -> None:
    loaded = load_splits(public_data).load_chicago_events()
    plain = loaded["X"]
    ours = visits(public_data).reset_index(drop=True)
    seen = plain["n_prior"] > 0
    rate = (plain["sum_critical"] + 4 * 0.125) / (plain["n_prior"] + 4)
    np.testing.assert_allclose(ours["critical_rate"], rate.where(seen))
    np.testing.assert_array_equal(ours["last_inspection_days"], plain["days_since_last"])
    np.testing.assert_array_equal(ours["month"], plain["month"])
    serious = plain["last_serious_count"]
    twice_on_the_day_before = 30
    assert 0 < (ours["serious_last"] - serious).abs().gt(0).sum() < twice_on_the_day_before


def test_an_inspection_does_not_see_its_own_result_nor_a_later_one(
    records: Records, events: pd.DataFrame
) -> None:
    later = events["inspection_date"] >= DAY
    changed = events.assign(
        critical_count=events["critical_count"].where(~later, 9),
        result=events["result"].where(~later, "Fail"),
    )
    cohort = cohort_of(events[events["inspection_date"] == DAY])
    extractor = IndicatorExtractor(SYSTEM)
    other = read_records({SOURCE: changed}, mapping=MAPPING)
    on_the_day = [extractor.transform(held.as_of(cohort)) for held in (records, other)]
    pd.testing.assert_frame_equal(*on_the_day)
    after = cohort.assign(as_of=DAY + pd.Timedelta(days=1))
    day_after = [extractor.transform(held.as_of(after)) for held in (records, other)]
    assert (day_after[0]["critical_last"] != day_after[1]["critical_last"]).any()


def test_outcomes_say_who_was_inspected_and_what_was_found(records: Records, events: pd.DataFrame) -> None:
    outcomes = records.outcomes("2013-01-01", definition=SYSTEM.outcome)
    year = events[events["inspection_date"].dt.year == 2013]
    critical = (year["critical_count"] > 0).groupby(year["license_id"].astype(str)).any()
    found = outcomes["violation"].dropna()
    assert outcomes["inspected"].sum() == len(found)
    pd.testing.assert_series_equal(
        found.sort_index(),
        critical.reindex(found.index).astype(float).sort_index(),
        check_names=False,
    )
    began_in_the_year = critical.index.difference(found.index)
    assert 0 < len(began_in_the_year) < 0.3 * len(critical)
    assert outcomes["loss_usd"].isna().all()
