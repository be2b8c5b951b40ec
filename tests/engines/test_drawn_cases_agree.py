"""Drawn systems over drawn registries: every engine gives what plain Python gives, a wrong twin does not.

An example is one system of one to three indicators, each of any measure with a window and a filter of its
own, with one registry. `make test-all` takes 500 of them through each executor.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest
from tests.engines.conftest import Load
from tests.generative.strategies import CASES, DAY
from tests.lib.cases import Case, disagreements, drawn, together
from tests.lib.drawn import Registry
from tests.lib.engines import Engine, by_panel, by_scan, by_sql, values_of
from tests.lib.reference import reference

from creditrisk.indicators.events import Events
from creditrisk.indicators.executors.scan.rows import Rows
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records import snapshot
from creditrisk.records.read import read_records
from creditrisk.records.tables import TABLES

EXAMPLES = [pytest.param(20, id="few"), pytest.param(500, id="many", marks=pytest.mark.slow)]
LOCAL: dict[str, Engine] = {"sql": by_sql, "scan": by_scan, "panel": by_panel}


def wrong(engine: Engine, cases: Sequence[Case]) -> list[str]:
    """Return what an engine gives otherwise than plain Python."""
    system, registry = together(cases)
    return disagreements(engine(system, registry, DAY), reference(system, registry, DAY), cases)


@pytest.mark.parametrize("count", EXAMPLES)
def test_on_every_engine(count: int, load: Load) -> None:
    def there(system: IndicatorSystem, registry: Registry, day: dt.date) -> dict[Any, dict[str, Any]]:
        frames = {
            name: pd.DataFrame(rows, columns=list(TABLES[name].column_names), dtype=object)
            for name, rows in registry.items()
        }
        seen = read_records(load(frames)).as_of(day)
        return values_of(IndicatorExtractor(system, executor="sql").transform(seen))

    for cases in drawn(CASES, count):
        assert not wrong(there, cases)


@pytest.mark.parametrize("count", EXAMPLES)
@pytest.mark.parametrize("name", ["scan", "panel"])
def test_in_memory(name: str, count: int) -> None:
    for cases in drawn(CASES, count):
        assert not wrong(LOCAL[name], cases)


@pytest.fixture(params=["a month too long", "known too early"])
def twins(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every executor take windows that are too long, or know what was not yet known."""
    if request.param == "known too early":
        monkeypatch.setattr(snapshot, "known_before", lambda table, shape, day: table)
        monkeypatch.setattr(Rows, "knowing", lambda self, span, *names: span)
        return
    for one in (Events, Rows):
        monkeypatch.setattr(one, "within", _a_month_longer(one.within))


def _a_month_longer(honest: Callable[..., Any]) -> Callable[..., Any]:
    return lambda self, months, *, until=0: honest(self, months and months + 1, until=until)


@pytest.mark.usefixtures("twins")
@pytest.mark.parametrize("name", LOCAL)
def test_a_wrong_twin_is_caught(name: str) -> None:
    assert any(wrong(LOCAL[name], cases) for cases in drawn(CASES, 100))
