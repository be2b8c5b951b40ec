"""Real engines for tests: a PostgreSQL server and a Spark session, or a reason why there is none."""

import os
import shutil
import warnings
from typing import Any

import ibis
import pytest

MUST = "CREDITRISK_ALL_ENGINES"


def postgres() -> Any:
    """Return a connection to the server that tests may use, or skip."""
    address = os.environ.get("CREDITRISK_POSTGRES")
    if not address:
        _missing("there is no PostgreSQL server for tests; run `tools/with-postgres make test`")
    from urllib.parse import parse_qs, urlsplit

    parts = urlsplit(str(address))
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return ibis.postgres.connect(
        host=query.get("host", parts.hostname),
        user=query.get("user", parts.username),
        password=parts.password,
        port=parts.port or 5432,
        database=parts.path.lstrip("/"),
    )


def spark() -> Any:
    """Return a connection to a local Spark session, or skip."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        _missing("Spark needs Java, which is not installed")
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
