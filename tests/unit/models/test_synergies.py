"""Columns with directions together: found where planted, and monotone in both whatever is drawn."""

from functools import cache

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from tests.lib.nested import log_loss
from tests.lib.scored import jittered

from creditrisk.models.effects import GridTerm
from creditrisk.models.effects.grid import JOINED
from creditrisk.models.effects.pair import Bands
from creditrisk.models.file import load_model
from creditrisk.models.inference.engines import Map
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.synergies import trend
from creditrisk.models.violation import ViolationModel

DIRECTIONS = {"penalty_n": "raises", "complaint_n": "raises", "age_years": "lowers", "noise": "raises"}
PLANTED = {
    "none": lambda X: 0.0,
    "synergy": lambda X: 1.2 * ((X["penalty_n"] >= 1) & (X["age_years"] < 8)),
    "redundancy": lambda X: 1.3 * ((X["penalty_n"] >= 1) | (X["complaint_n"] >= 1)),
}


def made(planted, n, seed):
    """Return entities, their labels and their true p."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=n)
    X = pd.DataFrame(
        {
            "penalty_n": rng.poisson(np.exp(-0.5 + 0.4 * common)),
            "complaint_n": rng.poisson(np.exp(-0.5 + 0.4 * common)),
            "age_years": rng.gamma(2.0, 5.0, n),
            "noise": rng.poisson(1.0, n),
        },
        index=pd.Index([f"e{i}" for i in range(n)], name="entity_id"),
    ).astype(float)
    X.loc[rng.random(n) < 0.05, "complaint_n"] = np.nan
    known = np.minimum(X["complaint_n"].fillna(0), 3)
    eta = -2 + 0.3 * np.minimum(X["penalty_n"], 3) + 0.3 * known - 0.05 * X["age_years"]
    p = expit(eta + PLANTED[planted](X)).to_numpy()
    return X, (rng.random(n) < p).astype(float), p


def model(interactions=10):
    return ViolationModel(directions=DIRECTIONS, interactions=interactions, inference=Map())


@cache
def fitted(planted):
    X, y, _ = made(planted, 8000, 1)
    return model().fit(X, y)


def grids(one):
    return [(term.name, term.joined) for term in one.posterior_.design.terms if term.kind == "grid"]


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("synergy", [("penalty_n × age_years", "and")]),
        ("redundancy", [("penalty_n × complaint_n", "or")]),
        ("none", []),
    ],
)
def test_a_planted_pair_is_found_and_nothing_where_effects_add_up(planted, found):
    assert grids(fitted(planted)) == found


def test_a_planted_synergy_improves_the_prediction_of_others():
    X, y, p = made("synergy", 20_000, 2)
    whole = log_loss(y, fitted("synergy").predict_proba(X)[:, 1])
    alone = log_loss(y, model(0).fit(*made("synergy", 8000, 1)[:2]).predict_proba(X)[:, 1])
    assert alone - whole > 0.4 * (alone - log_loss(y, p)) > 0.001


@pytest.mark.slow
def test_nothing_is_found_in_twenty_worlds_where_effects_add_up():
    assert [grids(model().fit(*made("none", 6000, seed)[:2])) for seed in range(20)] == [[]] * 20


@st.composite
def drawn_grids(draw):
    edges = [np.array(sorted(draw(st.sets(st.integers(0, 20), min_size=1, max_size=3)))) for _ in "ab"]
    bands = [Bands(name=name, edges=edge.astype(float)) for name, edge in zip("ab", edges, strict=True)]
    turned = draw(st.booleans()), draw(st.booleans())
    term = GridTerm(first=bands[0], second=bands[1], turned=turned, joined=draw(st.sampled_from(JOINED)))
    increments = draw(st.lists(st.floats(0, 5), min_size=term.n_coefficients, max_size=term.n_coefficients))
    return term, np.array(increments)


def falls(term, values):
    """Return whether more of what raises the risk, in either column, ever lowers the values."""
    x = np.arange(-1.0, 22.0)
    ahead = [x[::-1] if turned else x for turned in term.turned]
    codes = [band.encode(one) for band, one in zip((term.first, term.second), ahead, strict=True)]
    table = values[term.cell_levels(codes[0][:, None], codes[1][None, :])]
    return any((np.diff(table, axis=axis) < -1e-9).any() for axis in (0, 1))


@settings(max_examples=40)
@given(drawn_grids())
def test_a_grid_is_monotone_in_both_columns_whatever_is_drawn(drawn):
    term, increments = drawn
    assert not falls(term, term.basis() @ increments)


def test_a_free_table_is_not_monotone():
    bands = [Bands(name=name, edges=np.array([5.0, 9.0])) for name in "ab"]
    term = GridTerm(first=bands[0], second=bands[1], turned=(False, True), joined="and")
    assert falls(term, np.random.default_rng(0).normal(size=term.n_levels))
    assert falls(term, term.basis() @ np.array([1.0, 1.0, -1.0, 1.0]))


def test_missing_counts_as_least_risk():
    band = Bands(name="a", edges=np.array([1.0]))
    term = GridTerm(first=band, second=band, turned=(False, True), joined="and")
    codes = band.encode(np.array([0.0, 2.0, np.nan]))
    table = (term.basis() @ np.ones(1))[term.cell_levels(codes[:, None], codes[None, :])]
    np.testing.assert_array_equal(table, [[0, 0, 0], [1, 0, 0], [0, 0, 0]])


def test_the_trend_is_about_standard_normal_where_effects_add_up():
    rng = np.random.default_rng(0)
    information = rng.uniform(20, 60, size=(4, 4))
    pattern = np.outer(np.arange(4.0), np.arange(4.0))
    noise = [rng.normal(scale=np.sqrt(information)) for _ in range(400)]
    margins = information * (rng.normal(size=(4, 1)) + rng.normal(size=(1, 4)))
    found = [trend(one + margins, information, pattern) for one in noise]
    assert np.mean(found) == pytest.approx(0.0, abs=0.2)
    assert np.std(found) == pytest.approx(1.0, abs=0.15)
    assert trend(noise[0] + 0.3 * information * pattern, information, pattern) > 5


def test_scores_cards_and_files_know_the_grid(tmp_path):
    X, y, _ = made("synergy", 3000, 3)
    loss = pd.DataFrame({"violation": y, "loss_cny": np.where(y == 1, 5000.0, np.nan)}, index=X.index)
    risk = RiskModel(model(), LossModel(inference=Map())).fit(X, loss)
    assert grids(risk.violation_)
    jittered(risk).save(tmp_path / "model.nc")
    again = load_model(tmp_path / "model.nc")
    few = X[:400]
    np.testing.assert_array_equal(again.posterior(few).p, risk.posterior(few).p)
    summary = risk.summary(few, cuts=(300.0, 700.0, 1500.0), method="draws")
    np.testing.assert_allclose(summary.p.mean, risk.posterior(few).p.mean(axis=0), rtol=2e-5)
    card = risk.violation_.scorecard()
    with duckdb.connect() as connection:
        connection.register("indicators", few.reset_index())
        found = connection.execute(card.to_sql()).df().set_index("entity_id")["points"]
    np.testing.assert_allclose(found.reindex(few.index), card.score(few), atol=1e-9)
