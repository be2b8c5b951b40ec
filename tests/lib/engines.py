"""The ways to compute indicators, under one signature, so that a test can run on all of them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
from tests.lib.drawn import Registry, registered
from tests.lib.reference import reference

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import parse_indicator
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.tables import TABLES

Values = dict[str, dict[str, Any]]
Engine = Callable[[IndicatorSystem, Registry, dt.date], Values]


_LAST: dict[str, Records] = {}


def records_of(registry: Registry) -> Records:
    """Read a drawn registry the way that a bureau's own tables are read; the same one in a row only once."""
    drawn = repr(registry)
    if drawn not in _LAST:
        _LAST.clear()
        _LAST[drawn] = _read(registry)
    return _LAST[drawn]


def _read(registry: Registry) -> Records:
    frames = {
        name: pd.DataFrame(rows, columns=list(TABLES[name].column_names), dtype=object)
        for name, rows in registry.items()
    }
    records = read_records(frames)
    assert records.rejections.counts().empty, records.rejections.counts().to_string()
    return records


def by_sql(system: IndicatorSystem, registry: Registry, day: dt.date) -> Values:
    """Compute with a query."""
    extractor = IndicatorExtractor(system, executor="sql")
    return values_of(extractor.transform(records_of(registry).as_of(day)))


def by_scan(system: IndicatorSystem, registry: Registry, day: dt.date) -> Values:
    """Compute with the compiled scan."""
    extractor = IndicatorExtractor(system, executor="scan")
    return values_of(extractor.transform(records_of(registry).as_of(day)))


def by_panel(system: IndicatorSystem, registry: Registry, day: dt.date) -> Values:
    """Compute with the compiled scan, together with two later days of which the records tell more."""
    days = [day + dt.timedelta(days=400), day, day + dt.timedelta(days=30)]
    panel = IndicatorExtractor(system, executor="scan").panel(records_of(registry), days)
    return values_of(panel.xs(pd.Timestamp(day)))


def values_of(X: pd.DataFrame) -> dict[Any, dict[str, Any]]:
    """Return a table of indicators as plain values, None for missing."""
    return {
        row: {name: None if pd.isna(value) else value for name, value in zip(X.columns, cells, strict=True)}
        for row, cells in zip(X.index, X.to_numpy(dtype=object), strict=True)
    }


PACKAGED: dict[str, Engine] = {"sql": by_sql, "scan": by_scan, "panel": by_panel}
ENGINES: dict[str, Engine] = PACKAGED | {"reference": reference}


def system_of(*entries: dict[str, Any]) -> IndicatorSystem:
    """Return a system from entries of a TOML file, with what a test need not say filled in."""
    return IndicatorSystem(
        id="drawn",
        version="1",
        title_en="drawn",
        title_zh="drawn",
        indicators=tuple(
            parse_indicator(_complete(entry, number), "drawn") for number, entry in enumerate(entries)
        ),
    )


def _complete(entry: dict[str, Any], number: int) -> dict[str, Any]:
    said = {"title_en": "value", "title_zh": "值", "dimension": "drawn", "direction": "either"}
    return said | {"id": f"X{number}", "name": "value", "missing": "missing"} | entry


def measured(engine: Engine, registry: Registry, day: dt.date, **entry: Any) -> dict[str, float | str | None]:
    """Return the value of one indicator for every entity; entities without a registration get a plain one."""
    entities = {row["entity_id"] for rows in registry.values() for row in rows}
    known = {"registration": registered(*sorted(entities))} | registry
    values = engine(system_of(entry), known, day)
    return {entity: row["value"] for entity, row in values.items()}
