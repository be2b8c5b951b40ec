"""The scan gives the tables that queries give, for the general indicators: values, index, types, notes."""

from typing import Literal

import pandas as pd
import pytest
from tests.lib.engines import records_of, registered, system_of

from creditrisk.errors import SchemaError, SpecError
from creditrisk.indicators.executors import sql
from creditrisk.indicators.executors.scan import run
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.synthetic import simulate

DAYS = ["2024-01-01", "2021-07-01"]
SYSTEM = load_system("general")


@pytest.fixture(scope="module")
def records() -> Records:
    return read_records(simulate(250, seed=5).tables)


def extractor(executor: Literal["scan", "sql", "auto"]) -> IndicatorExtractor:
    return IndicatorExtractor(SYSTEM, executor=executor)


def same(scanned: pd.DataFrame, queried: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(scanned, queried, rtol=1e-9, atol=1e-12)
    assert scanned.attrs == queried.attrs


def test_on_one_date(records: Records) -> None:
    snapshot = records.as_of(DAYS[0])
    scanned = extractor("scan").transform(snapshot)
    same(scanned, extractor("sql").transform(snapshot))
    assert scanned.notna().any().mean() > 0.8


def test_on_a_cohort(records: Records) -> None:
    entities = records.as_of(DAYS[1]).spine.to_pyarrow()["entity_id"].to_pylist()[:40]
    pairs = [(entity, day) for number, entity in enumerate(entities) for day in DAYS[: 1 + number % 2]]
    cohort = records.as_of(pd.DataFrame(pairs, columns=["entity_id", "as_of"]))
    same(extractor("scan").transform(cohort), extractor("sql").transform(cohort))


def test_a_panel_is_a_loop_over_its_dates(records: Records) -> None:
    same(extractor("scan").panel(records, DAYS), extractor("sql").panel(records, DAYS))


def test_slices_of_the_entities_give_the_same(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = extractor("scan").panel(records, DAYS)
    monkeypatch.setattr(run, "MANY_ENTITIES", 1)
    monkeypatch.setattr(run, "ROWS_AT_ONCE", 100)
    same(extractor("scan").panel(records, DAYS), whole)


def test_slices_of_a_query_give_the_same(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = extractor("sql").transform(records.as_of(DAYS[0]))
    monkeypatch.setattr(sql, "ROWS_AT_ONCE", 60)
    same(extractor("sql").transform(records.as_of(DAYS[0])), whole)
    entities = records.as_of(DAYS[1]).spine.to_pyarrow()["entity_id"].to_pylist()[:40]
    monkeypatch.setattr(sql, "ROWS_AT_ONCE", 30)
    pairs = pd.DataFrame([(one, day) for one in entities for day in DAYS], columns=["entity_id", "as_of"])
    same(extractor("sql").transform(records.as_of(pairs)), extractor("scan").transform(records.as_of(pairs)))


def test_a_record_type_without_rows_measures_nothing() -> None:
    system = system_of(
        {"name": "n", "table": "penalty", "measure": "count", "missing": "zero"},
        {"id": "B", "name": "last", "table": "penalty", "measure": "latest", "column": "act_type"},
    )
    records = records_of({"registration": registered("a"), "penalty": []})
    X = IndicatorExtractor(system, executor="scan").transform(records.as_of("2024-01-01"))
    assert X.to_numpy(dtype=object).tolist() == [[0.0, None]]


@pytest.mark.parametrize(
    ("entry", "error"),
    [
        ({"measure": "sum", "column": "fine_cyn"}, SchemaError),
        ({"measure": "count", "where": {"fine_cyn": {"at_least": 1}}}, SchemaError),
        ({"measure": "count", "dated_by": "act_type"}, SpecError),
        ({"measure": "mean", "column": "act_type"}, SpecError),
        ({"measure": "latest", "column": "act_type", "missing": "zero"}, SpecError),
    ],
)
def test_mistakes_are_said_in_the_same_words(entry: dict[str, object], error: type[Exception]) -> None:
    records = records_of({"registration": registered("a"), "penalty": []})
    system = system_of({"table": "penalty"} | entry)
    said = []
    for executor in ("scan", "sql"):
        with pytest.raises(error) as raised:
            IndicatorExtractor(system, executor=executor).transform(records.as_of("2024-01-01"))
        said.append(str(raised.value))
    assert said[0] == said[1]
