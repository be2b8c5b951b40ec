"""Areas: codes, cells, pooled rates, and what bad input says."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrisk.errors import SpecError
from creditrisk.supervision.areas.hot_spots import hot_spots
from creditrisk.supervision.areas.places import UNKNOWN, area_of, grid_cell
from creditrisk.supervision.areas.rates import area_rates, cell_rates

REGION = pd.Series(["510104"] * 30 + ["510105"] * 30 + ["510302"] * 30 + ["440103"] * 30 + [None] * 4)
FOUND = pd.Series([1, 0, 0] * 10 + [0] * 30 + [1] * 15 + [0] * 15 + [1] * 3 + [0] * 27 + [1, 0, None, None])


@pytest.mark.parametrize(("level", "areas"), [(2, 3), (4, 4), (6, 5)])
def test_counts_of_a_level_add_up_to_everybody(level, areas):
    rates = area_rates(FOUND, REGION, level=level)
    assert len(rates) == areas
    assert rates[["entities", "known", "found"]].sum().tolist() == [124, 122, int(FOUND.sum())]
    assert rates.loc[UNKNOWN, ["entities", "known", "found"]].tolist() == [4, 2, 1]
    assert rates.loc[UNKNOWN, "around"] == ""
    assert (rates["lower"] <= rates["rate"]).all()
    assert (rates["rate"] <= rates["upper"]).all()


def test_a_county_is_drawn_to_its_prefecture():
    rates = area_rates(FOUND, REGION)
    around = area_rates(FOUND, REGION, level=4)["rate"]
    for code in ("510104", "510105"):
        assert rates.loc[code, "around"] == "5101"
        ends = sorted([rates.loc[code, "raw_rate"], around["5101"]])
        assert ends[0] - 0.01 <= rates.loc[code, "rate"] <= ends[1] + 0.01


def test_nobody_looked_at_leaves_the_rate_around_and_a_wide_interval():
    found = FOUND.where(REGION != "510105")
    rates = area_rates(found, REGION)
    assert np.isnan(rates.loc["510105", "raw_rate"])
    assert 0.1 < rates.loc["510105", "rate"] < 0.6
    widths = rates["upper"] - rates["lower"]
    assert widths["510105"] > widths["510104"]


def test_areas_that_are_alike_share_and_those_that_differ_do_not():
    rng, known = np.random.default_rng(1), np.repeat([20, 400], [5, 45])
    cell = pd.Series(np.repeat([f"{one}:1" for one in range(50)], known))
    small = [f"{one}:1" for one in range(5)]
    alike = cell_rates(pd.Series(rng.integers(0, 5, len(cell)) == 0), cell).loc[small]
    apart = cell_rates(pd.Series(rng.random(len(cell)) < np.repeat(rng.random(50), known)), cell).loc[small]
    assert (alike["upper"] - alike["lower"]).max() < 0.08
    assert (apart["rate"] - apart["raw_rate"]).abs().max() < 0.05


def test_cells_are_pooled_with_each_other():
    cell = pd.Series(["1:1"] * 3 + ["1:2"] * 60 + ["2:2"] * 60)
    found = pd.Series([1, 1, 1] + [1, 0, 0] * 40)
    rates = cell_rates(found, cell)
    assert rates.loc["1:1", "raw_rate"] == 1.0
    assert rates.loc["1:1", "rate"] < 0.7
    assert set(rates["around"]) == {""}


@given(lon=st.floats(-179, 179), lat=st.floats(-80, 80), km=st.floats(0.2, 50))
def test_a_cell_is_about_as_large_as_said(lon, lat, km):
    degree = km / 111.32
    steps = [(0.0, 0.0), (0.0, 2.2 * degree), (2.2 * degree / np.cos(np.radians(lat)), 0.0)]
    lons, lats = (pd.Series([base + step[i] for step in steps]) for i, base in enumerate((lon, lat)))
    if lons.abs().max() < 180:
        here, north, east = grid_cell(lons, lats, km=km)
        assert here != north
        assert here != east


def test_missing_coordinates_have_no_cell():
    assert grid_cell(pd.Series([np.nan, 104.0]), pd.Series([30.0, np.nan]), km=1).tolist() == [UNKNOWN] * 2


def test_what_the_model_expects_is_not_hot():
    area = pd.Series(np.repeat(list("abcd"), 200))
    found = pd.Series(([1] + [0] * 9) * 60 + [1, 0] * 100)
    expected = pd.Series([0.05] * 600 + [0.25] * 200)
    assert hot_spots(found, area)["hot"].tolist() == [True, False, False, False]
    assert not hot_spots(found, area, expected=expected)["hot"].any()
    assert hot_spots(found, area, least_ratio=1.5)["hot"].tolist() == [True, False, False, False]
    assert not hot_spots(found, area, least_ratio=3)["hot"].any()


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: area_rates(FOUND, REGION, level=3), "Areas have 2, 4 or 6 digits; got 3"),
        (lambda: area_rates(FOUND, REGION, prob=90), "between 0 and 1; got 90"),
        (lambda: area_rates(FOUND * 2, REGION), "What was found is 1, 0 or missing; got 2.0"),
        (lambda: area_rates(FOUND.where(FOUND.isna()), REGION), "all values are missing"),
        (lambda: area_of(REGION, 5), "got 5"),
        (lambda: grid_cell(REGION.index.to_series(), REGION.index.to_series(), km=0), "above 0; got 0"),
        (lambda: grid_cell(pd.Series([30.0]), pd.Series([104.0]), km=1), "check order and unit"),
        (lambda: hot_spots(FOUND, REGION, false_share=1.0), "share of false hot spots"),
        (lambda: hot_spots(FOUND, REGION, least_ratio=0.5), "got least_ratio=0.5"),
        (lambda: hot_spots(FOUND, REGION, expected=pd.Series([0.5])), "has an expected probability"),
    ],
)
def test_bad_input_is_one_sentence(call, match):
    with pytest.raises(SpecError, match=match):
        call()
