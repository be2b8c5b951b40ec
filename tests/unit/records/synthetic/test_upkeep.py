"""Elevators are visited and checked under the contracts of the unit that keeps them up."""

import pandas as pd
import pytest

from creditrisk.records.synthetic import SyntheticRegistry


@pytest.fixture(scope="module")
def visits(small_registry: SyntheticRegistry) -> pd.DataFrame:
    events = small_registry.tables["device_event"]
    return events[events["kind"] == "upkeep_visit"]


def test_a_visit_has_a_contract_of_the_same_unit_and_elevator(
    small_registry: SyntheticRegistry, visits: pd.DataFrame
) -> None:
    contract = small_registry.tables["upkeep"]
    both = visits.merge(contract, on=["entity_id", "device_id"], suffixes=("", "_contract"))
    inside = both["occurred_on"].between(both["occurred_on_contract"], both["due_end_on"])
    assert set(visits["record_id"]) == set(both.loc[inside, "record_id"])
    kinds = small_registry.tables["device"].set_index("record_id")["kind"]
    assert visits["device_id"].map(kinds).eq("elevator").all()


def test_a_worker_belongs_to_one_unit_and_units_have_several(visits: pd.DataFrame) -> None:
    assert visits.groupby("worker_id")["entity_id"].nunique().max() == 1
    assert visits.groupby("entity_id")["worker_id"].nunique().max() > 3


def test_only_visits_name_a_worker(small_registry: SyntheticRegistry) -> None:
    events = small_registry.tables["device_event"]
    assert (events["worker_id"].notna() == events["kind"].eq("upkeep_visit")).all()
