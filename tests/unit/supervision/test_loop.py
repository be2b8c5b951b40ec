import datetime as dt

import numpy as np
import pandas as pd
import pytest
from tests.unit.supervision.rated import rated

from creditrisk.errors import SchemaError
from creditrisk.models.inference.engines import Map
from creditrisk.supervision.loop import close_loop, outcomes_of_draw
from creditrisk.supervision.plan import InspectionPlan
from creditrisk.supervision.simulation.play import inspect, risk_model
from creditrisk.supervision.simulation.world import LoopWorld


@pytest.fixture(scope="module")
def played():
    """Return a quarter, a draw of it and what was found."""
    world = LoopWorld(entities=3000, seed=3)
    quarter = world.next_quarter()
    ratings = rated(3000)
    table = ratings.table.set_axis(quarter.X.index)
    rates = {"A": 0.1, "B": 0.2, "C": 0.5, "D": 0.9}
    same = type(ratings)(table=table, currency="CNY", interval=0.9, policy="t", as_of="2024-01-01")
    draw = InspectionPlan(rates=rates, seed=1).draw(same, always=table.index[:20])
    return quarter, draw, inspect(quarter, draw)


def test_outcomes_have_the_columns_of_records(played):
    _, draw, results = played
    outcomes = outcomes_of_draw(draw, results)
    columns = ["inspected", "violation", "loss_cny", "inclusion_probability", "channel"]
    assert outcomes.columns.tolist() == columns
    assert outcomes["inspected"].sum() == draw["drawn"].sum() == len(results)
    assert outcomes.loc[~outcomes["inspected"], columns[1:]].isna().all(axis=None)
    assert outcomes["loss_cny"].notna().sum() == outcomes["violation"].sum() > 0


def test_only_the_drawn_by_lot_carry_a_chance(played):
    _, draw, results = played
    outcomes = outcomes_of_draw(draw, results)
    at_random = outcomes["channel"] == "random"
    assert outcomes.loc[at_random, "inclusion_probability"].equals(
        draw.loc[at_random, "inclusion_probability"]
    )
    assert outcomes.loc[~at_random, "inclusion_probability"].isna().all()
    assert (outcomes["channel"] == "targeted").sum() == 20


def test_visits_that_nobody_drew_keep_their_channel(played):
    _, draw, results = played
    others = draw.index[~draw["drawn"]][:3]
    more = pd.DataFrame({"violation": 1.0, "channel": ["campaign", None, "complaint"]}, index=others)
    outcomes = outcomes_of_draw(draw, pd.concat([results, more]))
    assert outcomes.loc[others, "channel"].tolist() == ["campaign", "complaint", "complaint"]
    assert outcomes.loc[others, "inclusion_probability"].isna().all()


def test_the_next_fit_has_all_rounds_with_their_weights(played):
    quarter, draw, results = played
    model = risk_model(Map(), 1)
    first = close_loop(model, draw, results, quarter.X, as_of="2021-01-01")
    second = close_loop(model, draw, results, quarter.X, as_of="2021-04-01", earlier=first.rounds)
    assert [one.as_of for one in second.rounds] == [dt.date(2021, 1, 1), dt.date(2021, 4, 1)]
    assert second.model.violation_.status_.rows == 2 * len(results) == 2 * first.model.violation_.status_.rows
    assert first.model.violation_.design_effects_.max() > 1.01
    flat = draw.assign(inclusion_probability=0.5)
    unweighted = close_loop(model, flat, results, quarter.X, as_of="2021-01-01")
    gap = first.model.posterior(quarter.X).mean_p() - unweighted.model.posterior(quarter.X).mean_p()
    assert np.abs(gap).max() > 0.005
    assert not hasattr(model, "violation_")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda r: r.drop(columns="violation"), "need the column 'violation'; got loss_cny, channel"),
        (lambda r: pd.concat([r, r.iloc[:1]]), "one result an entity"),
        (lambda r: r.rename(index={r.index[0]: "nobody"}), "'nobody' is not among them"),
        (lambda r: r.assign(violation=2.0), "0, 1 or missing; got 2.0"),
        (lambda r: r.assign(channel="lottery"), "got 'lottery'"),
    ],
)
def test_wrong_results_are_one_sentence(change, sentence, played):
    _, draw, results = played
    with pytest.raises(SchemaError) as caught:
        outcomes_of_draw(draw, change(results))
    assert sentence in str(caught.value)


def test_a_round_has_its_own_date_and_its_own_indicators(played):
    quarter, draw, results = played
    model = risk_model(Map(), 1)
    closed = close_loop(model, draw, results, quarter.X, as_of="2021-01-01")
    with pytest.raises(SchemaError, match="2021-01-01 is there already"):
        close_loop(model, draw, results, quarter.X, as_of="2021-01-01", earlier=closed.rounds)
    with pytest.raises(SchemaError, match="X has none of"):
        close_loop(model, draw, results, quarter.X.drop(index=results.index[0]), as_of="2021-01-01")
