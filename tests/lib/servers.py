"""Real engines for tests: a PostgreSQL server and a Spark session, or a reason why there is none."""

import os
import shutil
import sys
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis
import pytest

MUST = "CREDITRISK_ALL_ENGINES"


@contextmanager
def postgres() -> Iterator[Any]:
    """Give a connection to a database made for this one use, on the server that tests may use, or skip."""
    address = os.environ.get("CREDITRISK_POSTGRES")
    if not address:
        _missing("there is no PostgreSQL server for tests; run `tools/with-postgres make test`")
    import psycopg

    name = f"creditrisk_{uuid.uuid4().hex}"
    with psycopg.connect(str(address), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        connection = ibis.postgres.connect(
            host=server.info.host,
            user=server.info.user,
            password=server.info.password or None,
            port=server.info.port,
            database=name,
        )
        try:
            yield connection
        finally:
            connection.disconnect()
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def spark() -> Any:
    """Return a connection to a local Spark session, or skip."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        _missing("Spark needs Java, which is not installed")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.default.parallelism", "1")
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.sql.codegen.wholeStage", "false")  # compiling costs more than small tables do
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.driver.memory", "1g")
            .config("spark.log.level", "ERROR")
            .getOrCreate()
        )
        return ibis.pyspark.connect(session)


def _missing(reason: str) -> None:
    if os.environ.get(MUST):
        pytest.fail(f"{reason}, but {MUST} is set")
    pytest.skip(reason)
