"""What an engine is asked: rows at most, in batches as they come, in the order of a column."""

from collections.abc import Iterator

import ibis
import pyarrow as pa
import pytest

from creditrisk.records.engine import IbisTable, batches_of, in_order, rows_at_most


@pytest.fixture
def table() -> Iterator[IbisTable]:
    connection = ibis.duckdb.connect()
    connection.raw_sql("CREATE TABLE penalty AS SELECT range AS number, [1, 2] AS parts FROM range(5)")
    yield connection.table("penalty")
    connection.disconnect()


def test_rows_that_are_only_chosen_are_no_more_than_those_stored(table: IbisTable) -> None:
    chosen = table.filter(table.number > 2).mutate(twice=table.number * 2).drop("parts")
    assert rows_at_most(chosen) == 5


def test_rows_that_are_multiplied_are_counted(table: IbisTable) -> None:
    assert rows_at_most(table.cross_join(table.view())) == 25
    assert rows_at_most(table.select(part=table.parts.unnest())) == 10
    assert rows_at_most(table.filter(table.number > 2).union(table)) == 7


def test_rows_come_in_batches_with_the_types_of_the_table(table: IbisTable) -> None:
    batches = list(batches_of(table.select("number")))
    assert [number for batch in batches for number in batch["number"].to_pylist()] == list(range(5))
    assert all(batch.schema == table.select("number").schema().to_pyarrow() for batch in batches)


def test_no_rows_are_one_batch_with_the_same_columns(table: IbisTable) -> None:
    (batch,) = batches_of(table.filter(table.number > 9))
    assert (len(batch), batch.schema.names) == (0, ["number", "parts"])


def test_rows_that_no_engine_stores_come_in_batches_as_well() -> None:
    (batch,) = batches_of(ibis.memtable(pa.table({"number": [3, 4]})))
    assert batch["number"].to_pylist() == [3, 4]


def test_whoever_stops_early_leaves_the_engine_free(table: IbisTable) -> None:
    batches = batches_of(table.cross_join(ibis.range(1_000_000).unnest().name("other").as_table()))
    next(batches)
    batches.close()
    assert rows_at_most(table) == 5


def test_texts_are_put_in_order_of_their_bytes() -> None:
    texts = ["b", "é", "", "B", "ab", "北京", "a"]
    rows = in_order(ibis.memtable(pa.table({"text": texts, "number": range(7)})), "text")
    assert rows["text"].to_pylist() == sorted(texts, key=str.encode)
    assert [texts[number] for number in rows["number"].to_pylist()] == sorted(texts, key=str.encode)
