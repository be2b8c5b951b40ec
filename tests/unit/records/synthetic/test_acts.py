"""Penalties name acts that the packaged systems ask for, in areas that fit."""

import numpy as np
import pandas as pd
import pytest

from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.load import load_system, packaged
from creditrisk.records.synthetic import SyntheticRegistry
from creditrisk.records.synthetic.acts import ACTS, OVERCHARGES, draw_acts
from creditrisk.records.tables.columns import FIELDS

ASKING = [
    one for one in load_system(*packaged()).indicators if one.table == "penalty" and "act_type" in one.where
]


def test_every_area_has_acts() -> None:
    assert set(ACTS) == set(FIELDS)
    assert set(OVERCHARGES) < set(ACTS["price"])


@pytest.mark.parametrize("indicator", ASKING, ids=lambda one: str(one.name))
def test_what_a_system_asks_for_can_happen(indicator: Indicator) -> None:
    words = set(indicator.where["act_type"].one_of or ())
    field = indicator.where.get("field")
    areas = FIELDS if field is None else (str(field.equals),)
    assert words & {act for area in areas for act in ACTS[area]}


def test_only_those_that_keep_up_elevators_pass_the_upkeep_on() -> None:
    fields = np.full(400, "special_equipment")
    draws = {
        flag: set(draw_acts(np.random.default_rng(0), fields, np.full(400, flag)).tolist())
        for flag in (True, False)
    }
    assert draws[True] - draws[False] == {"转包、分包电梯维保业务"}


def test_a_penalty_is_in_the_area_of_its_inspection_and_its_act(small_registry: SyntheticRegistry) -> None:
    penalty = small_registry.tables["penalty"]
    inspection = small_registry.tables["inspection"].set_index("record_id")
    assert (penalty["inspection_id"].map(inspection["field"]) == penalty["field"]).all()
    assert all(act in ACTS[field] for act, field in zip(penalty["act_type"], penalty["field"], strict=True))


def test_only_price_acts_overcharge_and_nobody_refunds_more(small_registry: SyntheticRegistry) -> None:
    penalty = small_registry.tables["penalty"]
    charged = penalty["overcharged_cny"].notna()
    assert charged.any()
    pd.testing.assert_series_equal(charged, penalty["act_type"].isin(OVERCHARGES), check_names=False)
    assert (penalty["refunded_cny"] <= penalty["overcharged_cny"])[penalty["refunded_cny"].notna()].all()
