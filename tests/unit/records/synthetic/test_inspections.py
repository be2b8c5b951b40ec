"""Each violation that an inspection finds is punished once, in its own year, with its true loss."""

import pandas as pd
import pytest

from creditrisk.records.synthetic import SyntheticRegistry


@pytest.fixture(scope="module")
def visits(small_registry: SyntheticRegistry) -> pd.DataFrame:
    inspection = small_registry.tables["inspection"]
    return inspection.assign(
        year=inspection["occurred_on"].dt.year, problem=inspection["result_codes"].ne("1")
    )


@pytest.fixture(scope="module")
def penalties(small_registry: SyntheticRegistry) -> pd.DataFrame:
    penalty = small_registry.tables["penalty"]
    return penalty.assign(year=penalty["occurred_on"].dt.year)


def test_inspections_reveal_the_violation_of_the_year(
    small_registry: SyntheticRegistry, visits: pd.DataFrame
) -> None:
    truth = small_registry.truth.assign(year=small_registry.truth["as_of"].dt.year)
    seen = visits.merge(truth, on=["entity_id", "year"])
    assert len(seen) > 1000
    assert (seen["problem"] == seen["violation"]).all()


def test_each_found_violation_has_one_penalty_in_its_year(
    visits: pd.DataFrame, penalties: pd.DataFrame
) -> None:
    found = visits[visits["problem"]].groupby(["entity_id", "year"])["occurred_on"].min()
    punished = penalties.set_index(["entity_id", "year"])["occurred_on"]
    assert punished.index.is_unique
    assert set(punished.index) == set(found.index)
    assert (punished > found.reindex(punished.index)).all()


def test_penalties_add_up_to_the_true_loss(
    small_registry: SyntheticRegistry, penalties: pd.DataFrame
) -> None:
    truth = small_registry.truth.assign(year=small_registry.truth["as_of"].dt.year)
    both = penalties.merge(truth, on=["entity_id", "year"])
    paid = (both["fine_cny"] + both["confiscated_cny"]).round(2)
    assert (paid == both["loss_cny"]).all()
    assert ((paid == 0) == (both["severity"] == 0)).all()
    assert 0 < (paid == 0).mean() < 0.25


def test_nearly_all_penalties_are_known_before_the_next_year(penalties: pd.DataFrame) -> None:
    assert (penalties["known_on"].dt.year == penalties["year"]).mean() > 0.98


def test_only_random_draws_have_an_inclusion_probability(visits: pd.DataFrame) -> None:
    assert (visits["inclusion_probability"].notna() == (visits["channel"] == "random")).all()
    assert visits["inclusion_probability"].dropna().between(0.04, 0.08).all()


def test_a_complaint_comes_before_each_inspection_that_it_caused(
    small_registry: SyntheticRegistry, visits: pd.DataFrame
) -> None:
    caused = visits.loc[visits["channel"] == "complaint", ["entity_id", "occurred_on", "problem"]]
    complaint = small_registry.tables["complaint"][["entity_id", "occurred_on", "verified"]]
    pairs = caused.merge(complaint, on="entity_id", suffixes=("", "_complaint"))
    lead = (pairs["occurred_on"] - pairs["occurred_on_complaint"]).dt.days
    fitting = pairs[lead.between(4, 30) & (pairs["verified"] == pairs["problem"])]
    assert len(fitting.drop_duplicates(["entity_id", "occurred_on"])) == len(caused)
