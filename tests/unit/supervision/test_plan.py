import numpy as np
import pandas as pd
import pytest
from tests.unit.supervision.rated import of_table, rated, without

from creditrisk.errors import SpecError
from creditrisk.supervision.plan import InspectionPlan

RATES = {"A": 0.02, "B": 0.05, "C": 0.3, "D": 0.9}
PLANS = {
    "rates": InspectionPlan(rates=RATES, seed=1),
    "stratified": InspectionPlan(rates=RATES, design="stratified", seed=1),
    "rates and exploration": InspectionPlan(rates=RATES, exploration=0.3, design="pps", seed=1),
    "rates and capacity": InspectionPlan(rates=RATES, capacity=150, design="systematic", seed=1),
    "capacity": InspectionPlan(capacity=150, exploration=0.2, seed=1),
}


@pytest.fixture(scope="module")
def ratings():
    return rated()


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_draw_does_not_depend_on_the_order_of_the_entities(plan, ratings):
    shuffled = of_table(ratings, ratings.table.sample(frac=1, random_state=5))
    pd.testing.assert_frame_equal(plan.draw(shuffled).loc[ratings.table.index], plan.draw(ratings))


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_class_keeps_a_chance(plan, ratings):
    draw = plan.draw(ratings)
    assert draw["inclusion_probability"].between(0.001, 1).all()
    assert draw.index.equals(ratings.table.index)
    assert (draw["channel"] == "random").equals(draw["drawn"])


@pytest.mark.parametrize("name", ["rates and capacity", "capacity"])
def test_a_capacity_is_met_exactly(name, ratings):
    draw = PLANS[name].draw(ratings)
    assert draw["drawn"].sum() == 150
    assert draw["inclusion_probability"].sum() == pytest.approx(150)


def test_rates_are_the_chances_of_their_class(ratings):
    draw = PLANS["rates"].draw(ratings)
    assert draw["inclusion_probability"].equals(draw["risk_class"].map(RATES))
    assert draw["drawn"].equals(draw["number"] < draw["inclusion_probability"])


def test_a_withdrawn_entity_changes_nobody_elses_fate(ratings):
    plan = PLANS["rates"]
    before = plan.draw(ratings)
    gone = before.index[before["drawn"]][0]
    after = plan.draw(without(ratings, gone))
    pd.testing.assert_frame_equal(after, before.drop(index=gone))


def test_in_a_stratified_draw_a_withdrawal_lets_at_most_one_of_its_class_in(ratings):
    plan = PLANS["stratified"]
    before = plan.draw(ratings)
    gone = before.index[before["drawn"] & (before["risk_class"] == "C")][0]
    after = plan.draw(without(ratings, gone))
    changed = after["drawn"] != before["drawn"].drop(index=gone)
    assert changed.sum() <= 1
    assert (after.loc[changed, "drawn"] & (after.loc[changed, "risk_class"] == "C")).all()


def test_parts_drawn_one_by_one_are_the_whole_draw(ratings):
    plan = InspectionPlan(rates=RATES, seed="2024-06-01")
    parts = [
        plan.draw(of_table(ratings, ratings.table.iloc[part])) for part in (slice(500), slice(500, None))
    ]
    pd.testing.assert_frame_equal(pd.concat(parts), plan.draw(ratings))


def test_another_seed_is_another_draw_and_wins_over_that_of_the_plan(ratings):
    plan = PLANS["rates"]
    assert not plan.draw(ratings, seed=2)["drawn"].equals(plan.draw(ratings)["drawn"])
    assert plan.draw(ratings, seed=2).attrs["creditrisk"]["seed"] == "2"


def test_the_always_inspect_list_is_drawn_and_counts_towards_the_capacity(ratings):
    always = ratings.table.nsmallest(20, "expected_loss_cny").index
    draw = PLANS["capacity"].draw(ratings, always=always)
    assert draw.loc[always, "drawn"].all()
    assert (draw.loc[always, "channel"] == "targeted").all()
    assert (draw.loc[always, "inclusion_probability"] == 1).all()
    assert draw["drawn"].sum() == 150
    assert draw.attrs["creditrisk"]["counts"]["always"] == 20


def test_who_was_visited_lately_rests_unless_listed(ratings):
    plan = InspectionPlan(rates=RATES, rest_months=6, seed=1)
    ids = ratings.table.index
    last = pd.Series(pd.to_datetime(["2023-07-01", "2023-06-30", "2024-01-01"]), index=ids[:3])
    draw = plan.draw(ratings, last_visit=last)
    assert draw["reason"].eq("rests").to_numpy().nonzero()[0].tolist() == [0]
    assert draw.loc[ids[0], "inclusion_probability"] == 0
    assert draw.attrs["creditrisk"]["counts"]["rests"] == 1
    later = plan.draw(ratings, last_visit=last, on="2024-01-02")
    assert later.index[later["reason"] == "rests"].tolist() == [ids[2]]
    assert plan.draw(ratings, last_visit=last, always=[ids[0]]).loc[ids[0], "reason"] == "always"


def test_the_counts_add_up(ratings):
    about = PLANS["capacity"].draw(ratings).attrs["creditrisk"]
    assert sum(about["counts"].values()) == 1000
    assert about["counts"]["certain"] > 0
    assert about["design"] == "pps"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "needs rates by class or a capacity"),
        ({"rates": {"A": 1.5}}, "got A=1.5"),
        ({"capacity": 0}, "at least 1; got 0"),
        ({"capacity": 2.5}, "at least 1; got 2.5"),
        ({"capacity": 10, "least_chance": 0}, "no class is exempt (不免抽); got 0"),
        ({"capacity": 10, "exploration": 1.1}, "0 to 1; got 1.1"),
        ({"capacity": 10, "design": "poison"}, "Did you mean 'poisson'?"),
        ({"capacity": 10, "design": "stratified"}, "choose the design 'pps'"),
        ({"rates": RATES, "exploration": 0.1, "design": "stratified"}, "choose the design 'pps'"),
        ({"capacity": 10, "rest_months": -1}, "whole number of months; got -1"),
    ],
)
def test_an_impossible_plan_is_one_sentence(fields, sentence):
    with pytest.raises(SpecError) as caught:
        InspectionPlan(**fields)
    assert sentence in str(caught.value)


def with_class(ratings, letter):
    table = ratings.table.copy()
    table.iloc[0, 0] = letter
    return of_table(ratings, table)


def only(ratings, letters):
    return of_table(ratings, ratings.table[ratings.table["risk_class"].isin(list(letters))])


@pytest.mark.parametrize(
    ("plan", "change", "sentence"),
    [
        (InspectionPlan(rates=RATES), None, "got none: pass seed"),
        (InspectionPlan(rates={"D": 0.9}, seed=1), None, "class A has 500 entities and no rate"),
        (PLANS["rates"], lambda r: only(r, "ABC"), "class D has a rate and none in the ratings"),
        (PLANS["rates"], lambda r: with_class(r, "E"), "got 'E'"),
        (InspectionPlan(capacity=1001, seed=1), None, "got 1001 for 1000 of 1000 entities: lower it"),
        (InspectionPlan(capacity=5, seed=1), None, "lower one"),
        (
            PLANS["rates"],
            lambda r: of_table(r, pd.concat([r.table, r.table.iloc[:1]])),
            "'E00000' more than once",
        ),
        (InspectionPlan(rates=RATES, rest_months=3, seed=1), None, "got no last visits"),
    ],
)
def test_a_plan_that_does_not_fit_is_one_sentence(plan, change, sentence, ratings):
    with pytest.raises(SpecError) as caught:
        plan.draw(change(ratings) if change else ratings)
    assert sentence in str(caught.value)


def test_lists_name_rated_entities_and_fit_the_capacity(ratings):
    with pytest.raises(SpecError, match="'nobody' is not among them"):
        PLANS["rates"].draw(ratings, always=["nobody"])
    with pytest.raises(SpecError, match="got 150 for a list of 200: raise it"):
        PLANS["capacity"].draw(ratings, always=ratings.table.index[:200])


def test_the_seed_of_a_plan_is_checked(ratings):
    with pytest.raises(SpecError, match="1 to 64 bytes"):
        PLANS["rates"].draw(ratings, seed="")


def test_a_model_without_an_interval_explores_evenly(ratings):
    table = ratings.table.copy()
    table["p_violation_lower"] = table["p_violation_upper"] = table["p_violation"]
    draw = PLANS["capacity"].draw(of_table(ratings, table))
    below = draw["inclusion_probability"][draw["inclusion_probability"] < 1]
    assert np.sort(below.unique())[:-1] == pytest.approx(below.min())
