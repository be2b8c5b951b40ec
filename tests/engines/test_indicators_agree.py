"""Every indicator of the packaged systems is the same on every engine, and what plain Python makes of it."""

import datetime as dt

import pandas as pd
import pytest
from tests.engines.conftest import Load
from tests.lib.drawn import Registry
from tests.lib.engines import values_of
from tests.lib.reference import reference

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system, packaged
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records.read import read_records
from creditrisk.records.synthetic import simulate

DAY = dt.date(2024, 7, 1)
ENTITIES = 120
FEW = pytest.param(("abnormal_address",), id="few")
ALL = pytest.param(tuple(packaged()), id="all", marks=pytest.mark.slow)

type Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def frames() -> Frames:
    """Return a simulated registry."""
    return dict(simulate(ENTITIES, seed=11).tables)


def needed(frames: Frames, system: IndicatorSystem) -> Frames:
    """Return the record types that a system reads."""
    names = {one.table for one in system.indicators} | {"registration", "relation_edge"}
    return {name: frame for name, frame in frames.items() if name in names}


@pytest.mark.parametrize("names", [FEW, ALL])
def test_on_every_engine(names: tuple[str, ...], frames: Frames, load: Load) -> None:
    system = load_system(*names)
    own = needed(frames, system)
    here = IndicatorExtractor(system, executor="scan").transform(read_records(own).as_of(DAY))
    there = IndicatorExtractor(system, executor="sql").transform(read_records(load(own)).as_of(DAY))
    pd.testing.assert_frame_equal(there, here, rtol=1e-9, atol=1e-12)
    assert here.notna().any().mean() > 0.7


@pytest.mark.parametrize("names", [FEW, ALL])
def test_against_plain_python(names: tuple[str, ...], frames: Frames) -> None:
    system = load_system(*names)
    own = needed(frames, system)
    records = read_records(own)
    registry: Registry = {name: table.to_pyarrow().to_pylist() for name, table in records.tables.items()}
    found = values_of(IndicatorExtractor(system, executor="scan").transform(records.as_of(DAY)))
    wanted = reference(system, registry, DAY)
    assert found.keys() == wanted.keys()
    for entity, values in wanted.items():
        assert found[entity] == {
            name: value
            if value is None or isinstance(value, str)
            else pytest.approx(value, rel=1e-9, abs=1e-12)
            for name, value in values.items()
        }
