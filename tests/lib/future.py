"""Registries as they would be if nothing had been learned from a day on."""

import datetime as dt

from tests.lib.drawn import Registry, Row

from creditrisk.records.tables import TABLES


def without_later_knowledge(registry: Registry, day: dt.date) -> Registry:
    """Return the registry without what became known on the day or later; registrations all stay."""
    return {
        table: [
            _as_known(table, row, day) for row in rows if row["known_on"] < day or table == "registration"
        ]
        for table, rows in registry.items()
    }


def _as_known(table: str, row: Row, day: dt.date) -> Row:
    hidden = {column.name: column.known_with for column in TABLES[table].columns if column.known_with}
    late = [name for name, key in hidden.items() if row[key] is None or row[key] >= day]
    keys = [hidden[name] for name in late]
    return row | dict.fromkeys([*late, *keys])
