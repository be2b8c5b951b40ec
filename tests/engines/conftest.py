"""The same tables on every engine that records are read from."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow.parquet as pq
import pytest
from tests.lib.servers import postgres, spark

from creditrisk.records.sources.frames import to_arrow

type Load = Callable[[Mapping[str, pd.DataFrame]], Any]

_AS_IT_IS = pytest.mark.filterwarnings("ignore")  # PySpark 4.3 warns of pandas 3 at every turn
_PARAMS = [
    pytest.param("duckdb"),
    pytest.param("postgres"),
    pytest.param("spark", marks=_AS_IT_IS),
]
_MINUTES_ON_SPARK = ("test_audit_agrees", "test_indicators_agree", "test_supervision_agrees")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to `make test-all` what Spark plans for minutes; drawn cases run on it every time."""
    for item in items:
        long = any(f"{name}.py" in item.nodeid for name in _MINUTES_ON_SPARK)
        if long and "spark" in item.name:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", params=_PARAMS)
def load(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Load]:
    """Return how to put tables on one engine; it gives a connection that has these tables only."""
    makers = {"duckdb": _on_duckdb, "postgres": _on_postgres, "spark": _on_spark}
    yield from makers[request.param](tmp_path_factory.mktemp("tables"))


def _on_duckdb(folder: Path) -> Iterator[Load]:
    numbers = itertools.count()

    def put(frames: Mapping[str, pd.DataFrame]) -> Any:
        connection = ibis.duckdb.connect(folder / f"{next(numbers)}.duckdb")
        for name, frame in frames.items():
            connection.create_table(name, ibis.memtable(to_arrow(frame, name)))
        return connection

    yield put


def _on_postgres(folder: Path) -> Iterator[Load]:
    there: list[str] = []
    with postgres() as connection:

        def put(frames: Mapping[str, pd.DataFrame]) -> Any:
            while there:
                connection.raw_sql(f'DROP TABLE "{there.pop()}"').close()
            connection.con.commit()
            for name, frame in frames.items():
                connection.create_table(name, ibis.memtable(to_arrow(frame, name)))
                there.append(name)
            return connection

        yield put


def _on_spark(folder: Path) -> Iterator[Load]:
    connection = spark()
    there: list[str] = []

    def put(frames: Mapping[str, pd.DataFrame]) -> Any:
        while there:
            connection.raw_sql(f"DROP VIEW `{there.pop()}`")
        for name, frame in frames.items():
            file = folder / f"{name}.parquet"
            pq.write_table(to_arrow(frame, name), file)
            connection.create_view(name, connection.read_parquet(file), overwrite=True)
            there.append(name)
        return connection

    yield put
    connection.disconnect()
