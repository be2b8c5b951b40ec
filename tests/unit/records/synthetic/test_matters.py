import numpy as np
import pytest

from creditrisk.records.synthetic.matters import Matter, draw_fields
from creditrisk.records.synthetic.population import populate
from creditrisk.records.synthetic.streams import Streams
from creditrisk.records.synthetic.world import World

MATTER = Matter(own=3.0, anyone={"price": 1.0}, devices=2.0, shop=1.0, apart=("food",))


@pytest.fixture(scope="module")
def world() -> World:
    streams = Streams(1)
    return World(streams, populate(streams, 3000, 2024))


def shares(world: World, entity: np.ndarray) -> dict[str, float]:
    """Return how the matters of these entities spread over the areas."""
    fields = draw_fields(world, np.random.default_rng(0), MATTER, np.repeat(entity, 200))
    names, counts = np.unique(fields, return_counts=True)
    return dict(zip(names.tolist(), (counts / counts.sum()).round(2).tolist(), strict=True))


def first(*conditions: np.ndarray) -> np.ndarray:
    return np.flatnonzero(np.logical_and.reduce(conditions))[:20]


def test_the_area_of_the_trade_has_its_weight(world: World) -> None:
    trades = world.trades
    plain = ~trades.uses_devices & ~trades.runs_shop
    assert shares(world, first(trades.among("drug"), plain)) == pytest.approx(
        {"drug": 0.75, "price": 0.25}, abs=0.03
    )
    assert shares(world, first(trades.among("other"), plain)) == {"price": 1.0}
    assert shares(world, first(trades.among("food"), plain)) == {"price": 1.0}


def test_only_those_with_devices_or_a_shop_have_such_matters(world: World) -> None:
    trades = world.trades
    both = first(trades.among("other"), trades.uses_devices | trades.runs_shop)
    users, shops = (
        first(trades.uses_devices, ~trades.runs_shop),
        first(trades.runs_shop, ~trades.uses_devices),
    )
    assert len(both) > 5
    assert "online_trading" not in shares(world, users)
    assert "special_equipment" in shares(world, users)
    assert "special_equipment" not in shares(world, shops[~world.trades.does_upkeep[shops]])
    assert "online_trading" in shares(world, shops)
