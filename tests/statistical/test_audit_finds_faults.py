"""The audit finds planted faults of all six dimensions, and nothing in the clean twin."""

from collections.abc import Iterator

import pandas as pd
import pytest

from creditrisk.records.dimension import Dimension
from creditrisk.records.quality import run
from creditrisk.records.quality.audit import Audit
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.synthetic import plant_faults, simulate
from creditrisk.records.synthetic.registry import SyntheticRegistry

AS_OF = "2025-01-01"
GOAL = 0.99
FEW = (
    "registration",
    "registration_change",
    "annual_report",
    "licence",
    "inspection",
    "sampling_test",
    "penalty",
    "abnormal_list",
    "serious_list",
    "complaint",
    "online_shop",
    "utility",
    "repair",
)


def few_tables(registry: SyntheticRegistry) -> dict[str, pd.DataFrame]:
    """Return tables that can have every kind of fault between them."""
    return {name: registry.tables[name] for name in FEW}


@pytest.fixture(scope="module")
def clean() -> SyntheticRegistry:
    return simulate(1200, seed=4)


@pytest.fixture(scope="module")
def planted(clean: SyntheticRegistry) -> SyntheticRegistry:
    return plant_faults(clean, share=0.02, seed=4)[0]


@pytest.fixture(scope="module")
def faulty(planted: SyntheticRegistry) -> Records:
    return read_records(few_tables(planted))


def found(audit: Audit, planted: SyntheticRegistry) -> pd.Series:
    """Return by dimension which share of the planted faults the audit found in that dimension."""
    assert planted.planted is not None
    faults = planted.planted[planted.planted["table"].isin(audit.table["table"])]
    failures = audit.failures()
    missing = failures["entity_id"].fillna(failures["source_org"]) + " " + failures["detail"].fillna("")
    ids = failures["record_id"].fillna(missing)
    seen = set(zip(failures["table"], ids, failures["dimension"], strict=True))
    hit = [one in seen for one in zip(faults["table"], faults["record_id"], faults["dimension"], strict=True)]
    return pd.Series(hit).groupby(faults["dimension"].to_numpy()).mean()


def test_planted_faults_are_found_in_their_dimension(faulty: Records, planted: SyntheticRegistry) -> None:
    shares = found(faulty.audit(AS_OF), planted)
    assert set(shares.index) == {str(dimension) for dimension in Dimension}
    assert shares.min() >= GOAL, shares.to_string()


def test_nothing_fails_in_the_clean_twin(clean: SyntheticRegistry) -> None:
    audit = read_records(few_tables(clean)).audit(AS_OF)
    assert audit.summary()["checked"].min() > 0
    assert audit.failures().empty, audit.failures().to_string()


@pytest.fixture
def without_timeliness(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    parts = tuple(part for part in run._PARTS if part is not run.timeliness)
    monkeypatch.setattr(run, "_PARTS", parts)
    yield


@pytest.mark.usefixtures("without_timeliness")
def test_an_audit_without_one_dimension_misses_its_faults(
    faulty: Records, planted: SyntheticRegistry
) -> None:
    shares = found(faulty.audit(AS_OF), planted)
    assert shares["timeliness"] < GOAL
    assert shares.drop("timeliness").min() >= GOAL


@pytest.mark.slow
def test_all_tables(clean: SyntheticRegistry, planted: SyntheticRegistry) -> None:
    assert found(read_records(planted.tables).audit(AS_OF), planted).min() >= GOAL
    assert read_records(clean.tables).audit(AS_OF).failures().empty
