"""Points, and that they put entities in the order of the posterior mean of their log-odds."""

import numpy as np
import pandas as pd
import pytest
from tests.lib.cards import awkward, fitted, paired

from creditrisk.errors import SpecError
from creditrisk.models.effects import ChannelTerm


@pytest.fixture(scope="module")
def model():
    return fitted()


def mean_log_odds(model, X):
    """Return the mean over the draws, computed from the draws of each level, without the scorecard."""
    posterior = model.posterior_
    mean = posterior.levels.mean(axis=1, dtype=np.float64)
    places = model._encode(X)
    share = places.share.astype(np.float64)
    following = mean[np.minimum(places.level + 1, len(mean) - 1)]
    parts = mean[places.level] + share * (following - mean[places.level])
    return posterior.intercept.mean(dtype=np.float64) + parts.sum(axis=1)


@pytest.mark.parametrize("make", [fitted, paired])
def test_points_are_the_mean_log_odds_on_their_scale(make):
    model, X = make(), awkward(900)
    points = model.scorecard(pdo=25, base=500, odds=1 / 4).score(X)
    expected = 500 + 25 / np.log(2) * (mean_log_odds(model, X) + np.log(4))
    np.testing.assert_allclose(points, expected, rtol=0, atol=1e-5)


def test_entities_stand_in_the_order_of_the_model_and_ties_are_equal(model):
    X = pd.concat([awkward(900), awkward(900)], ignore_index=True)
    points, truth = model.scorecard().score(X), mean_log_odds(model, X)
    order = np.argsort(truth, kind="stable")
    steps = np.diff(points[order])
    apart = np.diff(truth[order]) > 1e-6
    assert (steps[apart] > 0).all()
    np.testing.assert_array_equal(points[:900], points[900:])


def test_pdo_more_points_double_the_odds(model):
    card = model.scorecard(pdo=20, base=600, odds=1 / 9)
    p = card.probability(np.array([600.0, 620.0, 640.0]))
    np.testing.assert_allclose(p / (1 - p), np.array([1, 2, 4]) / 9)
    card = model.scorecard(pdo=10, base=100, odds=1.0)
    assert card.probability(100.0) == pytest.approx(0.5)


def test_more_of_what_raises_the_risk_has_no_fewer_points(model):
    frame = model.scorecard().to_frame()
    rows = frame[(frame["term"] == "penalty_n") & (frame["level"] != "missing")]
    assert (np.diff(rows["points"]) >= 0).all()
    assert rows["points"].iloc[-1] > rows["points"].iloc[0] + 5


def test_the_table_has_a_row_a_level_and_intervals_around_the_points(model):
    frame = model.scorecard().to_frame()
    names = {"start", "penalty_n", "complaint_n", "age_years", "balance", "region", "sector"}
    assert set(frame["term"]) == names
    assert len(frame) == 1 + sum(term.n_levels for term in model.posterior_.design.terms)
    assert (frame["lower"] <= frame["points"]).all()
    assert (frame["points"] <= frame["upper"]).all()
    wide, narrow = model.scorecard(prob=0.95).to_frame(), model.scorecard(prob=0.5).to_frame()
    assert (wide["upper"] - wide["lower"] >= narrow["upper"] - narrow["lower"] - 1e-9).all()


def test_the_channel_is_in_the_table_and_not_in_the_score():
    model, X = fitted(channels=True), awkward(50)
    card = model.scorecard()
    assert isinstance(card.design.terms[-1], ChannelTerm)
    assert "channel" in set(card.to_frame()["term"])
    np.testing.assert_allclose(
        card.score(X), 600 + 20 / np.log(2) * (mean_log_odds(model, X) + np.log(9)), atol=1e-5
    )


def test_markdown_says_which_way_is_risk_in_both_languages(model):
    card = model.scorecard()
    english, chinese = card.to_markdown(), card.to_markdown("zh")
    assert "More points are more risk: 20 more points double the odds of a violation" in english
    assert "600 points are a probability of 10.0%" in english
    assert "分值越高风险越大" in chinese
    assert english.count("\n## ") == len(card.design.terms)
    assert english.count("\n| ") == len(card.to_frame()) - 1 + len(card.design.terms)
    with pytest.raises(SpecError, match="in en or zh; got 'fr'"):
        card.to_markdown("fr")


@pytest.mark.parametrize(
    ("scale", "sentence"),
    [
        ({"pdo": 0}, "pdo is the points that double"),
        ({"pdo": np.nan}, "pdo is the points that double"),
        ({"odds": -1}, "odds are p / .* and positive; got -1"),
        ({"prob": 1.0}, "between 0 and 1; got 1.0"),
    ],
)
def test_a_scale_that_is_none_is_refused(model, scale, sentence):
    with pytest.raises(SpecError, match=sentence):
        model.scorecard(**scale)
