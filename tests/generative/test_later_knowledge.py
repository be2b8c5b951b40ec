"""What becomes known on a day or after it never changes what was extracted as of that day."""

from hypothesis import given
from tests.generative.strategies import DAY, registries, related_registries, systems, systems_of_others
from tests.lib.drawn import Registry
from tests.lib.engines import PACKAGED
from tests.lib.future import without_later_knowledge

from creditrisk.indicators.system import IndicatorSystem


@given(system=systems(), registry=registries())
def test_of_own_records(system: IndicatorSystem, registry: Registry) -> None:
    assert_blind(system, registry)


@given(system=systems_of_others(), registry=related_registries())
def test_of_other_entities(system: IndicatorSystem, registry: Registry) -> None:
    assert_blind(system, registry)


def assert_blind(system: IndicatorSystem, registry: Registry) -> None:
    """Check that every executor sees on a day what it would see if nothing were learned from then on."""
    seen = {name: engine(system, registry, DAY) for name, engine in PACKAGED.items()}
    past = without_later_knowledge(registry, DAY)
    assert seen == {name: engine(system, past, DAY) for name, engine in PACKAGED.items()}
