"""The same seed is the same draw inside every engine, whatever the order and the chunks."""

import ibis
import pandas as pd
import pytest
from tests.engines.conftest import Load
from tests.unit.supervision.rated import of_table, rated

from creditrisk.supervision.lot import lot_numbers, with_lot_numbers
from creditrisk.supervision.plan import InspectionPlan

SEED = "2024-06-01 9:00 «企%s»\\n'\"; --"
RATES = {"A": 0.02, "B": 0.05, "C": 0.3, "D": 0.9}
PLANS = {
    "poisson": InspectionPlan(rates=RATES),
    "stratified": InspectionPlan(rates=RATES, design="stratified"),
    "pps": InspectionPlan(capacity=60, exploration=0.2),
    "systematic": InspectionPlan(rates=RATES, capacity=60, design="systematic"),
}
ODD = ["企业1", "a'b\\c", "é", "e\u0301", " 7", "7 ", "0", "%s", "91110108551385082Q", "🏭"]


@pytest.fixture(scope="module")
def ratings():
    """Return ratings of plain ids, in the order of nothing."""
    made = rated(400)
    return of_table(made, made.table.sample(frac=1, random_state=3))


@pytest.fixture(scope="module")
def engine(load: Load, ratings):
    """Return a connection that holds the ratings, and ids of every kind of letters, in another order."""
    mixed = ratings.table.sample(frac=1, random_state=5).reset_index()
    return load({"ratings": mixed, "odd": pd.DataFrame({"entity_id": [*ODD, None, ""]})})


def numbers_there(table, seed=SEED):
    found = with_lot_numbers(table, seed).select("entity_id", "number").to_pyarrow().to_pandas()
    return found.set_index("entity_id")["number"]


def test_numbers_are_the_same_bit_for_bit(engine):
    there = numbers_there(engine.table("odd"))
    assert there[ODD].tolist() == lot_numbers(ODD, SEED).tolist()
    assert there.drop(ODD).isna().tolist() == [True, True]


def test_chunks_have_the_numbers_of_the_whole(engine, ratings):
    table = engine.table("ratings")
    chunks = [table.filter(table.risk_class == letter) for letter in "CD"]
    chunks.append(table.filter(table.risk_class.isin(["A", "B"])))
    there = pd.concat([numbers_there(chunk) for chunk in chunks])
    assert not there.index.equals(ratings.table.index)
    assert there[ratings.table.index].tolist() == lot_numbers(ratings.table.index, SEED).tolist()


def test_a_poisson_draw_is_a_query(engine, ratings):
    numbered = with_lot_numbers(engine.table("ratings"), SEED)
    rate = ibis.cases(
        *((numbered.risk_class == letter, chance) for letter, chance in RATES.items()), else_=0.0
    )
    there = numbered.filter(numbered.number < rate).entity_id.to_pyarrow().to_pylist()
    here = PLANS["poisson"].draw(ratings, seed=SEED)
    assert sorted(there) == sorted(here.index[here["drawn"]])


def test_a_stratified_draw_is_a_query(engine, ratings):
    """Whoever has one of the first places in its class is drawn; how many places there are the seed says."""
    here = PLANS["stratified"].draw(ratings, seed=SEED)
    places = here[here["drawn"]].groupby("risk_class").size()
    numbered = with_lot_numbers(engine.table("ratings"), SEED)
    by_number = ibis.window(group_by="risk_class", order_by=[numbered.number, numbered.entity_id])
    placed = numbered.select("entity_id", "risk_class", place=ibis.row_number().over(by_number))
    due = ibis.cases(*((placed.risk_class == letter, int(n)) for letter, n in places.items()), else_=0)
    there = placed.filter(placed.place < due).entity_id.to_pyarrow().to_pylist()
    assert sorted(there) == sorted(here.index[here["drawn"]])


def test_every_draw_from_what_the_engine_returns_is_the_local_one(engine, ratings):
    read = engine.table("ratings").to_pyarrow().to_pandas().set_index("entity_id")
    for plan in PLANS.values():
        there, here = plan.draw(of_table(ratings, read), seed=SEED), plan.draw(ratings, seed=SEED)
        pd.testing.assert_frame_equal(there.loc[here.index], here, check_index_type=False)
