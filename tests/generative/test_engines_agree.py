"""The extractor gives what plain Python gives, on one date and on a cohort."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.generative.strategies import DAY, ENTITIES, registries, systems
from tests.lib.drawn import Registry
from tests.lib.engines import by_extractor, records_of, values_of
from tests.lib.reference import back, reference, reference_cohort

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.system import IndicatorSystem


@given(system=systems(), registry=registries())
def test_on_one_date(system: IndicatorSystem, registry: Registry) -> None:
    found = by_extractor(system, registry, DAY)
    wanted = reference(system, registry, DAY)
    assert found.keys() == wanted.keys()
    for entity in wanted:
        assert_same(found[entity], wanted[entity])


@given(
    system=systems(),
    registry=registries(),
    pairs=st.sets(
        st.tuples(st.sampled_from(ENTITIES), st.sampled_from([DAY, back(DAY, 1), back(DAY, 7)])), min_size=1
    ),
)
def test_on_a_cohort(system: IndicatorSystem, registry: Registry, pairs: set[tuple[str, dt.date]]) -> None:
    cohort = pd.DataFrame(sorted(pairs), columns=["entity_id", "as_of"])
    X = IndicatorExtractor(system).transform(records_of(registry).as_of(cohort))
    found = {(entity, day.date()): row for (day, entity), row in values_of(X).items()}
    wanted = reference_cohort(system, registry, pairs)
    assert found.keys() == wanted.keys()
    for pair in wanted:
        assert_same(found[pair], wanted[pair])


def assert_same(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Compare numbers up to rounding, and all else exactly."""
    assert found == {
        name: value if value is None or isinstance(value, str) else pytest.approx(value, rel=1e-9, abs=1e-12)
        for name, value in wanted.items()
    }
