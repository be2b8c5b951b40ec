"""Thresholds of a tail: the shape is found, and a body below shows as a shape that moves."""

import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import OutcomeError, SchemaError, SpecError
from creditrisk.models.losses.threshold import tail_by_threshold
from creditrisk.report.tail_plots import plot_mean_excess, plot_tail_shape


def test_a_pareto_has_the_same_shape_over_all_thresholds():
    rng = np.random.default_rng(2)
    found = tail_by_threshold(1000 * (rng.random(8000) ** -0.4 - 1) / 0.4)
    assert ((found["xi_lower"] < 0.4) & (found["xi_upper"] > 0.4)).mean() > 0.8
    assert found["threshold"].is_monotonic_increasing
    slope = np.polyfit(found["threshold"], found["mean_excess"], 1)[0]
    assert slope == pytest.approx(0.4 / 0.6, rel=0.3)
    wide = found["xi_upper"] - found["xi_lower"]
    assert wide.iloc[-1] > 2 * wide.iloc[0]


def test_the_threshold_where_a_tail_begins_shows():
    rng = np.random.default_rng(3)
    body = rng.uniform(0, 1000, 9000)
    loss = np.append(body, 1000 + 5000 * (rng.random(1000) ** -0.5 - 1) / 0.5)
    found = tail_by_threshold(loss, shares=[0.4, 0.1, 0.05])
    assert found.loc[0.1, "xi"] == pytest.approx(0.5, abs=0.12)
    assert found.loc[0.4, "xi_lower"] > found.loc[0.1, "xi_upper"]


def test_missing_and_free_violations_are_left_out():
    loss = np.arange(1.0, 200.0)
    with_others = np.concatenate([loss, [0.0] * 50, [np.nan] * 9])
    assert tail_by_threshold(with_others).equals(tail_by_threshold(loss))


def test_too_few_losses_are_refused():
    with pytest.raises(OutcomeError, match="got 12 losses in all"):
        tail_by_threshold(np.arange(1.0, 13.0))
    with pytest.raises(OutcomeError, match="got none"):
        tail_by_threshold([0.0, np.nan])
    with pytest.raises(SpecError, match="share is a probability"):
        tail_by_threshold(np.arange(1.0, 99.0), shares=[1.5])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("plot", "what"), [(plot_mean_excess, "mean_excess"), (plot_tail_shape, "xi")])
def test_pictures_show_every_threshold_with_its_interval(plot, what, language):
    found = tail_by_threshold(np.random.default_rng(4).pareto(2.0, 2000) * 1000)
    svg = ET.fromstring(plot(found, language=language).svg)
    dots = [float(one.get("cy")) for one in svg.iter() if one.get("class") == "dot"]
    assert len(dots) == len(found)
    assert (np.argsort(dots) == np.argsort(-found[what].to_numpy())).all()
    assert sum(one.get("class") == "interval" for one in svg.iter()) == len(found)


def test_another_table_is_no_tail():
    with pytest.raises(SchemaError, match="lacks 'threshold'"):
        plot_tail_shape(pd.DataFrame({"a": [1]}))
