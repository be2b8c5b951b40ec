"""Drawn cases, many of them put through one query: planning a query takes an engine longer than running it.

A case is one drawn system with one drawn registry. Cases that go together have entities, records and
indicators of their own; every indicator is compared for the entities of every case.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.lib.drawn import Registry, Row
from tests.lib.engines import Values, system_of

from creditrisk.indicators.system import IndicatorSystem

TOGETHER = 50
IDS = ("record_id", "entity_id", "other_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Indicators, as a system file has them, and the records that they read."""

    entries: Sequence[dict[str, Any]]
    registry: Registry


def drawn(cases: st.SearchStrategy[Case], count: int) -> Iterator[tuple[Case, ...]]:
    """Draw that many examples with Hypothesis, and give them in parts that go through one query."""
    found: list[Case] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def draw(case: Case) -> None:
        found.append(case)

    draw()
    assert len(found) >= count
    yield from batched(found, TOGETHER)


def together(cases: Sequence[Case]) -> tuple[IndicatorSystem, Registry]:
    """Return all indicators as one system, and all records as one registry."""
    entries = [
        entry | {"name": f"x{number}_{place}"}
        for number, case in enumerate(cases)
        for place, entry in enumerate(case.entries)
    ]
    registry: Registry = {}
    for number, case in enumerate(cases):
        for table, rows in case.registry.items():
            registry.setdefault(table, []).extend(_marked(row, f"{number:02d}-") for row in rows)
    return system_of(*entries), registry


def disagreements(found: Values, wanted: Values, cases: Sequence[Case]) -> list[str]:
    """Return every value that differs by more than rounding, with its indicator and its records."""
    if found.keys() != wanted.keys():
        return [f"entities that only one side has: {sorted(found.keys() ^ wanted.keys())}"]
    return [
        f"{name} of {entity}: {found[entity][name]}, not {value}; {_told(name, entity, cases)}"
        for entity, values in wanted.items()
        for name, value in values.items()
        if not _same(found[entity][name], value)
    ]


def _marked(row: Row, mark: str) -> Row:
    return row | {name: mark + row[name] for name in IDS if row.get(name) is not None}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return bool(one == other)


def _told(name: str, entity: str, cases: Sequence[Case]) -> str:
    number, place = map(int, name.removeprefix("x").split("_"))
    registry: Mapping[str, Any] = cases[int(entity[:2])].registry
    return f"{cases[number].entries[place]} over {registry}"
