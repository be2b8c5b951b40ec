"""What becomes known on a day or after it never changes what was extracted as of that day."""

from hypothesis import given
from tests.generative.strategies import DAY, registries, systems
from tests.lib.drawn import Registry
from tests.lib.engines import by_extractor
from tests.lib.future import without_later_knowledge

from creditrisk.indicators.system import IndicatorSystem


@given(system=systems(), registry=registries())
def test_records_known_later_never_change_a_value(system: IndicatorSystem, registry: Registry) -> None:
    assert by_extractor(system, registry, DAY) == by_extractor(
        system, without_later_knowledge(registry, DAY), DAY
    )
