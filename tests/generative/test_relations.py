"""Indicators of other entities: every executor agrees, and a snapshot that leaks changes them."""

import pytest
from hypothesis import given
from tests.generative.strategies import DAY, RELATED, related_registries, systems_of_others
from tests.generative.test_engines_agree import DAYS, EXECUTORS, assert_same
from tests.lib.drawn import Registry, drawn_records, registered
from tests.lib.engines import PACKAGED, Engine, records_of, system_of, values_of
from tests.lib.future import without_later_knowledge
from tests.lib.reference import reference

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records import snapshot
from creditrisk.records.engine import IbisTable, IbisValue
from creditrisk.records.schema import Table

KNOWN_LATER: Registry = {
    "registration": registered("a", "b", "c"),
    "relation_edge": drawn_records(
        "relation_edge",
        """
        entity_id | occurred_on | known_on   | other_id | relation
        a         | 2023-01-01  | 2023-01-01 | b        | branch
        a         | 2023-01-01  | 2024-04-01 | c        | branch
        """,
    ),
    "penalty": drawn_records(
        "penalty",
        """
        entity_id | occurred_on | known_on
        b         | 2023-01-01  | 2024-04-01
        """,
    ),
}


@given(system=systems_of_others(), registry=related_registries())
def test_executors_agree(system: IndicatorSystem, registry: Registry) -> None:
    records = records_of(registry)
    wanted = reference(system, registry, DAY)
    for executor in EXECUTORS:
        found = IndicatorExtractor(system, executor=executor).transform(records.as_of(DAY))
        assert_same(values_of(found), wanted)
    panel = values_of(IndicatorExtractor(system, executor="scan").panel(records, DAYS))
    for day in DAYS:
        found_then = {entity: row for (date, entity), row in panel.items() if date.date() == day}
        assert_same(found_then, reference(system, registry, day))


@pytest.mark.parametrize("table", ["relation_edge", "penalty"])
def test_a_leaky_snapshot_is_caught(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = snapshot.known_before
    system = system_of(RELATED[0])
    assert_blind(PACKAGED["sql"], system, KNOWN_LATER)

    def leaky(rows: IbisTable, shape: Table, day: IbisValue) -> IbisTable:
        return rows if shape.name == table else honest(rows, shape, day)

    monkeypatch.setattr(snapshot, "known_before", leaky)
    with pytest.raises(AssertionError):
        assert_blind(PACKAGED["sql"], system, KNOWN_LATER)


def assert_blind(engine: Engine, system: IndicatorSystem, registry: Registry) -> None:
    """Check that an engine sees on a day what it would see if nothing were learned from then on."""
    assert engine(system, registry, DAY) == engine(system, without_later_knowledge(registry, DAY), DAY)
