"""How many rows a table has at most: at once where rows are only chosen, by counting where they are not."""

from collections.abc import Iterator

import ibis
import pytest

from creditrisk.records.engine import IbisTable, rows_at_most


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
