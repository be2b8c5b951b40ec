"""What becomes known on a day or after it never changes what was extracted as of that day."""

from collections.abc import Callable

import pytest
from hypothesis import Phase, given, settings
from tests.generative.strategies import DAY, registries, systems
from tests.lib.drawn import Registry
from tests.lib.engines import PACKAGED, Engine
from tests.lib.future import without_later_knowledge

from creditrisk.indicators.executors.scan import rows, sight, span
from creditrisk.indicators.system import IndicatorSystem


@pytest.mark.parametrize("engine", PACKAGED.values(), ids=PACKAGED)
def test_records_known_later_never_change_a_value(engine: Engine) -> None:
    blind_to_the_future(engine)()


@pytest.mark.parametrize("leak", ["a day early", "values with their record"])
def test_a_leaky_scan_is_caught(leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if leak == "a day early":
        honest = sight.known_since
        monkeypatch.setattr(sight, "known_since", lambda table: _a_day_earlier(honest(table)))
    else:
        monkeypatch.setattr(rows.Rows, "knowing", lambda self, own, *names: own)
    first = settings(max_examples=60, phases=[Phase.generate], report_multiple_bugs=False, derandomize=True)
    with pytest.raises(AssertionError):
        first(blind_to_the_future(PACKAGED["panel"]))()


def _a_day_earlier(honest: span.Span) -> span.Span:
    return span.Span(since=honest.begin - 1, until=honest.until)


def blind_to_the_future(engine: Engine) -> Callable[[], None]:
    """Return a check that an engine sees on a day what it would see if nothing were learned from then on."""

    @given(system=systems(), registry=registries())
    def check(system: IndicatorSystem, registry: Registry) -> None:
        assert engine(system, registry, DAY) == engine(system, without_later_knowledge(registry, DAY), DAY)

    return check
