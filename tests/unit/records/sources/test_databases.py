"""A DuckDB file and an Ibis connection as sources."""

from pathlib import Path

import duckdb
import ibis
import pytest
from tests.lib.registry import registration, values

from creditrisk.errors import SourceError
from creditrisk.records.read import read_records


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a DuckDB file with a table and a view."""
    path = tmp_path / "bureau's.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.register("given", registration("a", "b"))
        connection.execute("CREATE TABLE registration AS SELECT * FROM given")
        connection.execute("CREATE VIEW licence AS SELECT * FROM registration WHERE entity_id = 'b'")
        connection.execute("CREATE TABLE other AS SELECT 1 AS one")
    return path


def test_a_duckdb_file_is_read_and_let_go(file: Path) -> None:
    records = read_records(file)
    assert values(records, "licence", "entity_id") == ["b"]
    assert records.ignored == ("other",)
    with duckdb.connect(str(file)) as connection:
        connection.execute("DROP TABLE other")


def test_a_connection_is_read_where_it_is_and_keeps_nothing_of_ours(file: Path) -> None:
    connection = ibis.duckdb.connect(file)
    records = read_records(connection)
    assert values(records, "registration", "entity_id") == ["a", "b"]
    lasting = connection.con.sql("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
    assert sorted(lasting) == [("other",), ("registration",)]
    connection.disconnect()
    with duckdb.connect(str(file)) as again:
        assert len(again.execute("SELECT table_name FROM duckdb_tables()").fetchall()) == 2


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bureau.duckdb"
    path.write_bytes(b"nothing of the kind" * 1000)
    with pytest.raises(SourceError, match=r"^File 'bureau\.duckdb' cannot be read as a DuckDB file: "):
        read_records(path)


def test_a_table_of_a_connection_that_cannot_be_read_is_named() -> None:
    connection = ibis.duckdb.connect()
    ids = "'r' AS record_id, 'a' AS entity_id, DATE '2020-01-01' AS occurred_on"
    connection.raw_sql(f"CREATE VIEW registration AS SELECT {ids}, CAST('x' || random() AS DATE) AS known_on")
    with pytest.raises(SourceError, match=r"^'registration' of the duckdb connection cannot be read: "):
        read_records(connection)


def test_another_database_is_refused_before_a_driver_is_fetched_for_it(tmp_path: Path) -> None:
    path = tmp_path / "bureau.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\x00" * 4080)
    with pytest.raises(SourceError, match="cannot be read as a DuckDB file: it does not begin like one"):
        read_records(path)


def test_a_closed_connection_is_named() -> None:
    connection = ibis.duckdb.connect()
    connection.disconnect()
    with pytest.raises(SourceError, match=r"The tables of the duckdb connection cannot be listed: .*open it"):
        read_records(connection)
