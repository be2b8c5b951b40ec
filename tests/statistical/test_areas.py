"""Laws of the area view: intervals cover, pooling helps, planted hot spots are found and none without."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from creditrisk.supervision.areas.hot_spots import hot_spots
from creditrisk.supervision.areas.rates import area_rates

FALSE_SHARE = 0.1


def world(seed):
    """Return counties with their true rates in a tree, and entities that were looked at, few in most."""
    rng = np.random.default_rng(seed)
    rows = []
    for province in range(11, 17):
        p = rng.beta(8, 32)
        for prefecture in range(1, 7):
            q = rng.beta(60 * p, 60 * (1 - p))
            counties = rng.beta(40 * q, 40 * (1 - q), 6)
            rows += [
                (f"{province}{prefecture:02d}{place:02d}", rate) for place, rate in enumerate(counties, 1)
            ]
    truth = pd.Series(dict(rows))
    region = pd.Series(np.repeat(truth.index, rng.geometric(1 / 25, len(truth))))
    return truth, region, pd.Series((rng.random(len(region)) < region.map(truth)).astype(int))


@pytest.fixture(scope="module")
def worlds():
    return [world(seed) for seed in range(6)]


def mean_error(rates, truth):
    """Return the mean squared error."""
    return float(((rates - truth[rates.index]) ** 2).mean())


def test_intervals_cover_and_those_of_the_raw_counts_are_wider(worlds):
    inside = []
    for truth, region, found in worlds:
        rates = area_rates(found, region, prob=0.9)
        true = truth[rates.index]
        inside += list((rates["lower"] <= true) & (true <= rates["upper"]))
    assert len(inside) > 1000
    assert 0.87 <= np.mean(inside) <= 0.93


def test_pooling_along_the_tree_is_nearer_to_the_truth_than_raw_rates_or_another_tree(worlds):
    ours, raw, wrong = [], [], []
    for seed, (truth, region, found) in enumerate(worlds[:3]):
        rates = area_rates(found, region)
        codes = truth.index.to_numpy()
        names = dict(zip(codes, np.random.default_rng(seed).permutation(codes), strict=True))
        shuffled = area_rates(found, region.map(names))["rate"]
        ours.append(mean_error(rates["rate"], truth))
        raw.append(mean_error(rates["raw_rate"], truth))
        wrong.append(mean_error(shuffled.rename({new: old for old, new in names.items()}), truth))
    assert np.mean(ours) < 0.5 * np.mean(raw)
    assert np.mean(ours) < 0.95 * np.mean(wrong)


def planted(seed, hot):
    """Return areas and findings; the first `hot` of 200 areas have a rate of 35 %, the others of 10 %."""
    rng = np.random.default_rng(seed)
    area = pd.Series(np.repeat(np.arange(200), rng.integers(20, 100, 200)))
    return area, pd.Series((rng.random(len(area)) < np.where(area < hot, 0.35, 0.1)).astype(int))


def test_planted_hot_spots_are_found_and_few_others():
    named = [hot_spots(*planted(seed, 10)[::-1], false_share=FALSE_SHARE) for seed in range(15)]
    hot = [spots.index[spots["hot"]] for spots in named]
    assert np.mean([(one < 10).sum() / 10 for one in hot]) >= 0.8
    assert np.mean([(one >= 10).mean() for one in hot]) <= FALSE_SHARE


def test_without_hot_spots_none_is_named():
    named = [hot_spots(*planted(seed, 0)[::-1], false_share=FALSE_SHARE) for seed in range(40)]
    wrong = sum(bool(spots["hot"].any()) for spots in named)
    assert wrong <= binom.ppf(0.999, len(named), FALSE_SHARE)
    assert all((spots["p_value"] <= FALSE_SHARE).any() for spots in named)
