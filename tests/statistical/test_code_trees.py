"""A tree of regions tells more of districts that few or no labels reach, where the truth is a tree."""

import numpy as np
import pytest
from tests.lib.nested import log_loss, nested

from creditrisk.models.effects import regions
from creditrisk.models.inference.engines import Map
from creditrisk.models.violation import ViolationModel

RARE = 20


def gain(seed: int, *, above: float, own: float) -> float:
    """Return by how much the tree lowers the log-loss in districts with few or no labels."""
    world = nested(16_000, seed, above=above, own=own)
    rng = np.random.default_rng(seed)
    districts = world.X["region"].unique()
    unseen = world.X["region"].isin(rng.choice(districts, len(districts) // 4, replace=False)).to_numpy()
    train = ~unseen & (np.arange(len(unseen)) % 2 == 0)
    often = world.X["region"].map(world.X["region"][train].value_counts()).fillna(0).to_numpy()
    test = ~train & (often < RARE)
    losses = []
    for group in (regions(), "region"):
        model = ViolationModel(
            groups=[group], directions={"penalty_n": "raises"}, interactions=0, inference=Map()
        ).fit(world.X[train], world.y[train])
        losses.append(log_loss(world.y[test], model.predict_proba(world.X[test])[:, 1]))
    return losses[1] - losses[0]


def test_nested_effects_reach_a_district_in_one_world() -> None:
    assert gain(1, above=0.6, own=0.2) > 0.005
    assert gain(1, above=0.0, own=0.5) < 0.005


@pytest.mark.slow
def test_nested_effects_reach_districts_with_few_labels() -> None:
    gains = [gain(seed, above=0.6, own=0.2) for seed in range(4)]
    assert min(gains) > 0.005
    assert np.mean(gains) > 0.02


@pytest.mark.slow
def test_where_districts_have_nothing_in_common_the_tree_costs_next_to_nothing() -> None:
    gains = [gain(seed, above=0.0, own=0.5) for seed in range(4)]
    assert np.mean(gains) > -0.004
    assert np.mean(gains) < 0.002
