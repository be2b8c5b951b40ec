import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.monitoring.clusters import ClusterRule, find_clusters


def doors(*counts, area="510104"):
    """Return entities of doors given as (entities, listed)."""
    rows = [
        (int(i < listed), f"door {number}", area)
        for number, (size, listed) in enumerate(counts)
        for i in range(size)
    ]
    return pd.DataFrame(rows, columns=["listed", "place", "area"])


CITY = [(2, 0)] * 150 + [(2, 1)] * 25


def test_the_crowded_door_is_an_alarm_and_the_chance_pair_is_not():
    places = find_clusters(doors((12, 9), (2, 2), *CITY))
    assert places.index[places["alarm"]].tolist() == ["door 0"]
    assert places.loc["door 0", "excess"] > places.loc["door 1", "excess"] > 1
    assert places.loc["door 0", "excess_lower"] > 2 > places.loc["door 1", "excess_lower"]


def test_a_high_rate_of_the_area_explains_what_a_low_one_does_not():
    bad = doors(*[(4, 2)] * 60, area="440305")
    good = doors(*[(4, 0)] * 58, (4, 2), (4, 2), area="440306").replace({"place": {"door 58": "here"}})
    bad["place"] = "bad " + bad["place"]
    places = find_clusters(pd.concat([bad, good]), ClusterRule(smallest=2))
    assert not places.filter(like="bad", axis=0)["alarm"].any()
    assert places.loc["here", "expected"] < 0.3 < 1.5 < places.loc["bad door 0", "expected"]


def test_a_place_is_not_held_against_itself():
    alone = doors((10, 10), *[(2, 0)] * 40)
    assert find_clusters(alone).loc["door 0", "expected"] < 0.5


def test_settings_bind():
    frame = doors((12, 9), *CITY)
    assert not find_clusters(frame, ClusterRule(smallest=10))["alarm"].any()
    assert not find_clusters(frame, ClusterRule(excess=50))["alarm"].any()
    assert not find_clusters(frame, ClusterRule(false_discoveries=1e-12))["alarm"].any()


def test_the_order_of_rows_changes_nothing():
    frame = doors((12, 9), (3, 2), *CITY)
    mixed = frame.sample(frac=1.0, random_state=1)
    pd.testing.assert_frame_equal(find_clusters(frame).sort_index(), find_clusters(mixed).sort_index())


def test_bad_input_is_one_sentence():
    with pytest.raises(SchemaError, match="place is missing: add the column"):
        find_clusters(pd.DataFrame({"listed": [1], "area": ["x"]}))
    with pytest.raises(SpecError, match=r"listed \(1\) or not \(0\); got 2: correct it"):
        find_clusters(pd.DataFrame({"listed": [0, 2], "place": "a", "area": "x"}))
    with pytest.raises(SpecError, match="none has one: fill in `place`"):
        find_clusters(pd.DataFrame({"listed": [0], "place": [None], "area": "x"}))
    with pytest.raises(SpecError, match=r"In ClusterRule, false_discoveries is wrong: .* less than 1"):
        ClusterRule(false_discoveries=1.5)


def test_missing_areas_are_an_area_of_their_own():
    frame = doors((12, 9), *CITY).assign(area=np.nan)
    assert find_clusters(frame)["alarm"].sum() == 1
