"""Which effects of two models belong together."""

import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import SpecError
from creditrisk.models.design_matrix import Design, build_design
from creditrisk.models.effects import Steps, regions
from creditrisk.models.joint.shared import SharedGroups


def design(*names: str, **levels: list[str]) -> Design:
    X = pd.DataFrame({name: levels[name] for name in names})
    return build_design(X, groups=names, directions={}, effect=Steps(), weight=np.ones(len(X)))


def test_levels_are_found_by_their_names() -> None:
    often = design("region", "sector", region=["n", "s", "w"], sector=["a", "b", "c"])
    much = design("sector", "kind", sector=["c", "a", "c"], kind=["x", "y", "y"])
    shared = SharedGroups.of(often, much)
    assert shared.names == ("sector",)
    named = ["intercept", "n", "s", "w", "a", "b", "c"]
    assert [named[k] for k in shared.effect[:2]] == ["a", "c"]
    assert shared.effect[2:].tolist() == [-1, -1]
    assert shared.group.tolist() == [0, 0, -1, -1]
    assert shared.scale.tolist() == [1, 1, -1, -1]


def test_a_level_that_only_losses_know_has_no_partner() -> None:
    shared = SharedGroups.of(design("sector", sector=["a", "b"]), design("sector", sector=["b", "z"]))
    assert shared.effect.tolist() == [2, -1]


def test_trees_share_the_depths_that_both_models_have() -> None:
    X = pd.DataFrame({"region": ["510104", "510107", "440305", "440306"] * 5})
    first, second = (
        build_design(
            X, groups=[regions(depths=depths)], directions={}, effect=Steps(), weight=np.ones(len(X))
        )
        for depths in ((2, 4, 6), (2, 6))
    )
    assert SharedGroups.of(first, second).names == ("region:2", "region:6")


def test_models_without_a_common_group_are_refused() -> None:
    with pytest.raises(SpecError, match="violation model has region, the loss model sector"):
        SharedGroups.of(design("region", region=["n", "s"]), design("sector", sector=["a", "b"]))
