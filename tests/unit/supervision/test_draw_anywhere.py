"""The same seed is the same draw on every engine, in every order and chunking."""

import ibis
import numpy as np
import pandas as pd
import pytest
from tests.unit.supervision.rated import of_table, rated

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.lot import lot_numbers, with_lot_numbers
from creditrisk.supervision.plan import InspectionPlan

SEED = "2024-06-01 09:00"
RATES = {"A": 0.02, "B": 0.05, "C": 0.3, "D": 0.9}
PLANS = {
    "poisson": InspectionPlan(rates=RATES),
    "stratified": InspectionPlan(rates=RATES, design="stratified"),
    "pps": InspectionPlan(capacity=150, exploration=0.2),
    "systematic": InspectionPlan(rates=RATES, capacity=150, design="systematic"),
}


@pytest.fixture(scope="module")
def ratings():
    return rated(3000)


@pytest.fixture(scope="module")
def parquet(ratings, tmp_path_factory):
    """Write the ratings as several Parquet files with small row groups, in another order."""
    folder = tmp_path_factory.mktemp("ratings")
    mixed = ratings.table.sample(frac=1, random_state=3).reset_index()
    for number, part in enumerate(np.array_split(np.arange(len(mixed)), 3)):
        mixed.iloc[part].to_parquet(folder / f"part-{number}.parquet", row_group_size=301)
    return folder


@pytest.fixture
def table(parquet):
    connection = ibis.duckdb.connect()
    connection.raw_sql("SET threads = 2; SET preserve_insertion_order = false")
    return connection.read_parquet(f"{parquet}/*.parquet")


def test_duckdb_computes_the_same_numbers_bit_for_bit(ratings, table):
    there = with_lot_numbers(table, SEED).select("entity_id", "number").to_pyarrow().to_pandas()
    here = pd.Series(lot_numbers(ratings.table.index, SEED), index=ratings.table.index)
    assert there.set_index("entity_id")["number"].reindex(here.index).tolist() == here.tolist()


def test_the_draw_itself_can_be_a_query(ratings, table):
    numbered = with_lot_numbers(table, SEED)
    rate = ibis.cases(
        *((numbered.risk_class == letter, chance) for letter, chance in RATES.items()), else_=0.0
    )
    there = numbered.filter(numbered.number < rate).entity_id.to_pyarrow().to_pylist()
    here = PLANS["poisson"].draw(ratings, seed=SEED)
    assert sorted(there) == sorted(here.index[here["drawn"]])


@pytest.mark.parametrize("design", PLANS)
def test_a_draw_from_duckdb_and_parquet_is_the_local_one(design, ratings, table):
    read = table.to_pyarrow().to_pandas().set_index("entity_id")
    there = PLANS[design].draw(of_table(ratings, read), seed=SEED)
    here = PLANS[design].draw(ratings, seed=SEED)
    assert not read.index.equals(ratings.table.index)
    pd.testing.assert_frame_equal(there.loc[here.index], here, check_index_type=False)


@pytest.mark.parametrize("size", [1, 7, 999])
def test_chunks_change_nothing(size, ratings):
    ids = ratings.table.index[:2000]
    whole = lot_numbers(ids, SEED)
    parts = [lot_numbers(ids[at : at + size], SEED) for at in range(0, len(ids), size)]
    assert np.concatenate(parts).tolist() == whole.tolist()


def test_two_seeds_in_one_query_are_kept_apart(ratings, table):
    both = with_lot_numbers(with_lot_numbers(table, 1).rename(first="number"), 2)
    found = both.select("entity_id", "first", "number").to_pyarrow().to_pandas().set_index("entity_id")
    found = found.loc[ratings.table.index]
    assert found["first"].tolist() == lot_numbers(ratings.table.index, 1).tolist()
    assert found["number"].tolist() == lot_numbers(ratings.table.index, 2).tolist()


def test_bad_input_is_one_sentence(table):
    with pytest.raises(SchemaError, match="the table has no column 'uscc'"):
        with_lot_numbers(table, SEED, entity_id="uscc")
    with pytest.raises(SpecError, match="1 to 64 bytes; got 0"):
        with_lot_numbers(table, "")

    class Elsewhere:
        """A table of an engine of which nobody said how it computes SHA-256."""

        columns = ("entity_id",)

        def get_backend(self):
            return type("Backend", (), {"name": "sqlite"})

    with pytest.raises(
        SpecError, match="inside duckdb, postgres, pyspark; got a table of sqlite: fetch the ids, and compute"
    ):
        with_lot_numbers(Elsewhere(), SEED)
