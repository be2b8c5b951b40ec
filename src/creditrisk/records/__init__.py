"""What a bureau holds: dated records, what was known of them on a day, and what came of it.

Start with `read_records`. The names below load when they are first used, so that this package costs nothing
to those who only need its types.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from creditrisk.records.mapping import Mapping, load_mapping
    from creditrisk.records.outcomes import OutcomeDefinition, load_definition
    from creditrisk.records.read import read_records
    from creditrisk.records.records import Records
    from creditrisk.records.rejections import Rejections
    from creditrisk.records.schema import Column, ColumnType, Table
    from creditrisk.records.snapshot import Snapshot
    from creditrisk.records.tables import TABLES

_HOMES = {
    "Mapping": "mapping",
    "load_mapping": "mapping",
    "OutcomeDefinition": "outcomes",
    "load_definition": "outcomes",
    "read_records": "read",
    "Records": "records",
    "Rejections": "rejections",
    "Column": "schema",
    "ColumnType": "schema",
    "Table": "schema",
    "Snapshot": "snapshot",
    "TABLES": "tables",
}

__all__ = [
    "TABLES",
    "Column",
    "ColumnType",
    "Mapping",
    "OutcomeDefinition",
    "Records",
    "Rejections",
    "Snapshot",
    "Table",
    "load_definition",
    "load_mapping",
    "read_records",
]


def __getattr__(name: str) -> Any:
    """Load a public name where it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
