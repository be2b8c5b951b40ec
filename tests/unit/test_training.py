import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from tests.unit.learned import write_small_system

from creditrisk.errors import DateError, SpecError
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system
from creditrisk.records.read import read_records
from creditrisk.records.synthetic import simulate
from creditrisk.training import Training, starts_before, starts_with_history

NOW = dt.date(2024, 1, 1)


@pytest.fixture(scope="module")
def records():
    return read_records(simulate(300, seed=4, first_year=2020).tables)


@pytest.fixture(scope="module")
def extractor(tmp_path_factory):
    return IndicatorExtractor(load_system(write_small_system(tmp_path_factory.mktemp("system"))))


def measure(records, extractor, windows):
    starts = starts_before(NOW, months=12, windows=windows, first=records.first_known_on)
    return Training.measure(records, extractor, starts, months=12, known_by=NOW)


def test_indicators_and_outcomes_are_of_the_same_entities_in_the_same_order(records, extractor):
    training = measure(records, extractor, 1)
    assert training.X.index.equals(training.outcomes.index)
    assert training.starts == (dt.date(2023, 1, 1),)
    assert training.X.attrs["creditrisk"]["as_of"] == "2023-01-01"


def test_several_periods_stand_one_below_the_other(records, extractor):
    one, three = measure(records, extractor, 1), measure(records, extractor, 3)
    assert [day.year for day in three.starts] == [2021, 2022, 2023]
    assert three.X.index.equals(three.outcomes.index)
    pd.testing.assert_frame_equal(three.X.xs("2023-01-01"), one.X)
    pd.testing.assert_frame_equal(three.outcomes.xs("2023-01-01"), one.outcomes, check_dtype=False)


def test_outcomes_that_became_known_after_the_present_are_not_learned(records, extractor):
    start = (dt.date(2023, 1, 1),)
    by_summer = Training.measure(records, extractor, start, months=12, known_by=dt.date(2023, 7, 1)).outcomes
    by_new_year = Training.measure(records, extractor, start, months=12, known_by=NOW).outcomes
    assert 0 < by_summer["inspected"].sum() < by_new_year["inspected"].sum()


def test_a_system_may_bring_its_own_outcome(records, extractor):
    own = {
        "name": "penalised",
        "title_en": "penalised",
        "title_zh": "受处罚",
        "currency": "CNY",
        "contact": [{"table": "inspection"}],
        "violation": [{"table": "penalty"}],
        "loss": [],
    }
    bringing = IndicatorExtractor(replace(extractor.system, outcome=own))
    assert measure(records, bringing, 1).outcomes.attrs["creditrisk"]["definition"] == "penalised"


def test_a_start_before_the_first_record_names_the_earliest_day():
    with pytest.raises(DateError, match=r"choose an as-of date after 2022-05-01"):
        starts_before(dt.date(2022, 5, 1), months=12, windows=2, first=dt.date(2020, 5, 1))


@pytest.mark.parametrize(("months", "windows"), [(0, 1), (12, 0), (12, 1.5), (True, 1)])
def test_spans_are_whole_numbers(months, windows):
    with pytest.raises(SpecError):
        starts_before(NOW, months=months, windows=windows, first=dt.date(2000, 1, 1))


@pytest.mark.parametrize(("now", "years"), [(2026, [2023, 2024, 2025]), (2025, [2023, 2024]), (2024, [2023])])
def test_earlier_periods_are_learned_from_where_inspections_reach_back_36_months(records, now, years):
    starts = starts_with_history(records, "violation", dt.date(now, 1, 1), months=12)
    assert [day.year for day in starts] == years


def test_without_any_inspection_only_the_last_period_is_left():
    tables = simulate(300, seed=4, first_year=2020).tables
    alone = read_records({"registration": tables["registration"]})
    starts = starts_with_history(alone, "violation", NOW, months=12)
    assert starts == (dt.date(2023, 1, 1),)
