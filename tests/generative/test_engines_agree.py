"""Every executor gives what plain Python gives: on one date, on a cohort and on a panel."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.generative.strategies import DAY, ENTITIES, registries, systems
from tests.lib.drawn import Registry
from tests.lib.engines import records_of, values_of
from tests.lib.reference import back, reference, reference_cohort

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.system import IndicatorSystem

Executor = Literal["sql", "scan"]
EXECUTORS: tuple[Executor, ...] = ("sql", "scan")
DAYS = [DAY, back(DAY, 1), back(DAY, 7)]


@given(system=systems(), registry=registries())
def test_on_one_date(system: IndicatorSystem, registry: Registry) -> None:
    snapshot = records_of(registry).as_of(DAY)
    wanted = reference(system, registry, DAY)
    for executor in EXECUTORS:
        assert_same(values_of(IndicatorExtractor(system, executor=executor).transform(snapshot)), wanted)


@given(
    system=systems(),
    registry=registries(),
    pairs=st.sets(st.tuples(st.sampled_from(ENTITIES), st.sampled_from(DAYS)), min_size=1),
)
def test_on_a_cohort(system: IndicatorSystem, registry: Registry, pairs: set[tuple[str, dt.date]]) -> None:
    cohort = pd.DataFrame(sorted(pairs), columns=["entity_id", "as_of"])
    snapshot = records_of(registry).as_of(cohort)
    wanted = reference_cohort(system, registry, pairs)
    for executor in EXECUTORS:
        found = values_of(IndicatorExtractor(system, executor=executor).transform(snapshot))
        assert_same({(entity, day.date()): row for (day, entity), row in found.items()}, wanted)


@given(system=systems(), registry=registries())
def test_on_a_panel(system: IndicatorSystem, registry: Registry) -> None:
    panel = IndicatorExtractor(system, executor="scan").panel(records_of(registry), DAYS)
    found = {(entity, day.date()): row for (day, entity), row in values_of(panel).items()}
    wanted = {(entity, day): row for day in DAYS for entity, row in reference(system, registry, day).items()}
    assert list(found) == list(wanted)
    assert_same(found, wanted)


def assert_same(found: Mapping[Any, dict[str, Any]], wanted: Mapping[Any, dict[str, Any]]) -> None:
    """Compare numbers up to rounding, and all else exactly."""
    assert found.keys() == wanted.keys()
    for row, values in wanted.items():
        assert found[row] == {
            name: value
            if value is None or isinstance(value, str)
            else pytest.approx(value, rel=1e-9, abs=1e-12)
            for name, value in values.items()
        }
