"""Montréal's convictions through mapping and system alone: counts, two clocks, values, outcomes."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from benchmarks.accuracy.montreal import SOURCE, SYSTEMS, business_years, run
from benchmarks.command import main
from benchmarks.splits import load_splits
from tests.lib.registry import rejected

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system
from creditrisk.records.engine import to_frame
from creditrisk.records.read import read_records
from creditrisk.records.records import Records

pytestmark = pytest.mark.data

SYSTEM = load_system(SYSTEMS / "montreal-food.toml")
START = pd.Timestamp("2018-01-01")


@pytest.fixture(scope="module")
def events(public_data: Path) -> pd.DataFrame:
    """Return the source as it is."""
    return pd.read_parquet(public_data / f"{SOURCE}.parquet")


@pytest.fixture(scope="module")
def records(events: pd.DataFrame) -> Records:
    """Return the source through the mapping."""
    return read_records({SOURCE: events}, mapping=SYSTEMS / "montreal-food.mapping.toml")


@pytest.fixture(scope="module")
def panel(public_data: Path) -> pd.DataFrame:
    """Return the public panel, indexed as ours."""
    plain = load_splits(public_data).montreal_panel()
    days = pd.to_datetime(plain["year"].astype(str) + "-01-01")
    plain.index = pd.MultiIndex.from_arrays(
        [days, plain["business_id"].astype(str)], names=["as_of", "entity_id"]
    )
    return plain.sort_index()


@pytest.fixture(scope="module")
def measured(public_data: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return our indicators and outcomes of all business-years."""
    X, outcomes = business_years(public_data, list(range(2013, 2024)))
    return X.sort_index(), outcomes.sort_index()


def test_every_conviction_is_an_offence_and_a_penalty(records: Records, events: pd.DataFrame) -> None:
    sizes = {name: table.count().to_pyarrow().as_py() for name, table in records.tables.items()}
    assert sizes == {"registration": 3_229, "inspection": 7_988, "penalty": 7_988}
    assert rejected(records) == {}
    assert records.ignored == ()
    early = to_frame(records.tables["penalty"])
    judged = early.set_index("record_id")["known_on"].pipe(pd.to_datetime)
    stated = events.set_index(events["case_id"].astype(str))["judgment_date"].reindex(judged.index)
    moved = judged[judged != stated]
    assert len(moved) == 3
    assert (moved > stated[moved.index]).all()


def test_businesses_and_outcomes_are_those_of_the_public_panel(
    panel: pd.DataFrame, measured: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    _, outcomes = measured
    assert len(panel) == 10_774
    assert outcomes.index.equals(panel.index)
    np.testing.assert_array_equal(outcomes["violation"], panel["y"])
    np.testing.assert_array_equal(outcomes["loss_cad"].fillna(0), panel["amount"])


def test_values_are_those_that_pandas_finds(
    panel: pd.DataFrame, measured: tuple[pd.DataFrame, pd.DataFrame], events: pd.DataFrame
) -> None:
    X, _ = measured
    np.testing.assert_array_equal(X["last_offence_days"], panel["days_since_last"])
    np.testing.assert_array_equal(X["offence_kind_n"], panel["n_codes"])
    mean = panel["fines_known"] / panel["n_judged"].where(panel["n_judged"] > 0)
    np.testing.assert_allclose(X["fine_mean_cad"], mean)
    for day in (pd.Timestamp(2014, 1, 1), pd.Timestamp(2021, 1, 1)):
        past = events[
            (events["offence_date"] < day) & (events["offence_date"] >= day - pd.DateOffset(years=1))
        ]
        count = past.groupby(past["business_id"].astype(str)).size()
        np.testing.assert_array_equal(X.loc[day, "offence_12m_n"], count.reindex(X.loc[day].index).fillna(0))


def test_a_fine_is_unseen_until_the_day_after_its_judgment(records: Records, events: pd.DataFrame) -> None:
    only_once = events[events.groupby("business_id")["case_id"].transform("size") == 1]
    open_still = only_once[only_once["status"] == "Ouvert"]
    waited = open_still[open_still["judgment_date"] > open_still["offence_date"] + pd.Timedelta(days=30)]
    some = waited.head(50)
    ids = some["business_id"].astype(str)
    extractor = IndicatorExtractor(SYSTEM)
    for days_later, seen in ((0, False), (1, True)):
        days = some["judgment_date"] + pd.Timedelta(days=days_later)
        X = extractor.transform(records.as_of(pd.DataFrame({"entity_id": ids, "as_of": days})))
        fines = X.reset_index("as_of", drop=True)["fine_mean_cad"].reindex(ids)
        assert (X["offence_kind_n"] == 1).all()
        if seen:
            np.testing.assert_array_equal(fines, some["fine_cad"])
        else:
            assert fines.isna().all()


def test_a_training_day_knows_no_fine_of_a_year_that_is_not_settled(records: Records) -> None:
    known = records.outcomes(START, definition=SYSTEM.outcome, known_by="2019-01-01")
    settled = records.outcomes(START, definition=SYSTEM.outcome, known_by="2021-01-01")
    assert known["violation"].sum() == settled["violation"].sum() > 200
    assert known["loss_cad"].isna().all()
    fines = settled["loss_cad"].sum()
    assert 0.8 < fines / records.outcomes(START, definition=SYSTEM.outcome)["loss_cad"].sum() < 1


@pytest.mark.slow
def test_the_benchmark_ends_with_its_json_object(
    public_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("lightgbm")
    main(run, ["--data", str(public_data), "--quick"])
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["benchmark"] == "accuracy.montreal"
    assert set(last["peers"]) == {"constant", "logreg", "lgbm_default", "lgbm_200x0.05"}
    assert last["bars"]["log_loss"]["value"] == last["ours"]["log_loss"]
    assert last["peers"]["logreg"]["log_loss"] == pytest.approx(0.3915, abs=5e-4)
    assert last["ours"]["log_loss"] < last["peers"]["constant"]["log_loss"]
