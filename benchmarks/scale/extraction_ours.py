"""The 45 indicators of `benchmarks.scale.extraction` as a system of this library, and its records."""

import datetime as dt
from pathlib import Path
from typing import Any

import ibis

from benchmarks.scale.extraction_peers import names as of
from creditrisk.indicators.load import parse_indicator
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records.records import Records
from creditrisk.records.rejections import Rejections
from creditrisk.records.tables import TABLES

TYPES = {"string": "string", "integer": "int64", "float": "float64", "date": "date", "boolean": "boolean"}


def load(folder: Path) -> Records:
    """Return the records where they are, in Parquet files, without the checks of reading."""
    connection = ibis.duckdb.connect()
    for name in of.TABLES:
        connection.raw_sql(f"CREATE VIEW {name} AS SELECT * FROM '{folder / name}.parquet'")
    return records_of(connection)


def records_of(connection: Any) -> Records:
    """Return the tables of a connection as records, columns that they lack being null."""
    tables = {}
    for name in of.TABLES:
        held = connection.table(name)
        tables[name] = held.select(
            **{
                column.name: held[column.name]
                if column.name in held.columns
                else ibis.null(TYPES[column.type])
                for column in TABLES[name].columns
            }
        )
    return Records(
        tables=tables,
        shapes=TABLES,
        rejections=Rejections(by_table={}, read=of.TABLES),
        account=(),
        ignored=(),
        first_known_on=dt.date(2000, 1, 1),
        last_known_on=dt.date(2026, 12, 31),
    )


def system() -> IndicatorSystem:
    """Return the 45 indicators."""
    entries = [
        *(_entry(f"n_{t}_{m}", t, "count", months=m) for t in of.COUNTED for m in (12, 24, 36)),
        *(_entry(f"s_{t}_{m}", t, "sum", column=c, months=m) for t, c in of.SUMMED.items() for m in (12, 24)),
        *(_entry(f"d_{t}", t, "days_since_last", missing="missing") for t in of.LAST),
        *(_entry(f"k_{t}", t, "decayed_count", half_life_months=of.HALF_LIFE_MONTHS) for t in of.DECAYED),
        *(_entry(f"u_{t}", t, "distinct", column=c, months=24) for t, c in of.DISTINCT.items()),
        *(_entry(f"e_{t}", t, "flag", months=36) for t in of.FLAGGED),
        _entry("in_list", "abnormal_list", "current"),
        _entry("max_fine_36", "penalty", "max", column="fine_cny", months=36, missing="missing"),
        _entry("max_severity_24", "penalty", "max", column="severity", months=24, missing="missing"),
    ]
    indicators = tuple(
        parse_indicator(entry | {"id": f"B{i:02d}"}, "scale") for i, entry in enumerate(entries)
    )
    return IndicatorSystem(
        id="scale", version="1", title_en="benchmark", title_zh="基准", indicators=indicators
    )


def _entry(name: str, table: str, measure: str, **more: Any) -> dict[str, Any]:
    said = {"title_en": name, "title_zh": name, "dimension": "benchmark", "direction": "either"}
    return said | {"name": name, "table": table, "measure": measure, "missing": "zero"} | more
