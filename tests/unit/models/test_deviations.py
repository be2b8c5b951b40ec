"""An indicator may say more in one sector, and nothing where it does not apply."""

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

from creditrisk.errors import SpecError
from creditrisk.models.effects import DeviationTerm, Hinges, Steps
from creditrisk.models.effects.pair import Bands
from creditrisk.models.effects.titles import term_title
from creditrisk.models.file import load_model
from creditrisk.models.inference.engines import Map
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel

DIRECTIONS = {"penalty_n": "raises", "age_years": "lowers", "recall_n": "raises"}


def made(planted, n, seed):
    """Return entities, of which those in F alone have recalls, their labels and their true p."""
    rng = np.random.default_rng(seed)
    X = pd.DataFrame(
        {
            "penalty_n": rng.poisson(0.8, n).astype(float),
            "age_years": rng.gamma(2.0, 5.0, n),
            "change": rng.normal(size=n),
            "recall_n": rng.poisson(1.0, n).astype(float),
            "sector": rng.choice(list("CFGH"), n),
        },
        index=pd.Index([f"e{i}" for i in range(n)], name="entity_id"),
    )
    food = X["sector"] == "F"
    X.loc[~food | (rng.random(n) < 0.1), "recall_n"] = np.nan
    eta = -1.5 + 0.3 * np.minimum(X["penalty_n"], 3) - 0.05 * X["age_years"] + 0.4 * food
    eta = eta + 0.5 * np.minimum(X["recall_n"].fillna(1), 3)
    if planted:
        eta = eta + 1.5 * food * (X["age_years"] < 8)
    p = expit(eta).to_numpy()
    return X, (rng.random(n) < p).astype(float), p


def model(deviations="sector", **changed):
    options = {"groups": ["sector"], "directions": DIRECTIONS, "specific": ["recall_n"], "inference": Map()}
    return ViolationModel(**{**options, "deviations": deviations, **changed})


@cache
def fitted(planted):
    return model().fit(*made(planted, 8000, 1)[:2])


def deviations(one):
    return [term.name for term in one.posterior_.design.terms if term.kind == "deviation"]


def test_a_planted_deviation_is_found_and_nothing_where_all_sectors_are_alike():
    assert deviations(fitted(True)) == ["age_years in sector=F"]
    assert deviations(fitted(False)) == []
    assert deviations(model(None).fit(*made(True, 8000, 1)[:2])) == []


def test_a_planted_deviation_improves_the_prediction_of_others():
    X, y, p = made(True, 20_000, 2)
    whole = log_loss(y, fitted(True).predict_proba(X)[:, 1])
    alone = log_loss(y, model(None).fit(*made(True, 8000, 1)[:2]).predict_proba(X)[:, 1])
    assert alone - whole > 0.4 * (alone - log_loss(y, p)) > 0.001


@pytest.mark.slow
def test_nothing_is_found_in_twenty_worlds_of_like_sectors():
    assert [deviations(model().fit(*made(False, 6000, seed)[:2])) for seed in range(20)] == [[]] * 20


def test_elsewhere_a_deviation_is_exactly_nothing():
    X = made(True, 300, 3)[0]
    parts = fitted(True).contributions(X)["age_years in sector=F"]
    assert (parts[X["sector"] != "F"] == 0).all()
    assert (parts[X["sector"] == "F"] > 0).any()


@pytest.mark.parametrize("effect", [Hinges(), Steps()])
def test_where_it_does_not_apply_an_indicator_is_exactly_nothing(effect):
    X, y, _ = made(False, 4000, 4)
    one = model(None, effect=effect).fit(X, y)
    parts = one.contributions(X)["recall_n"]
    assert (parts[X["recall_n"].isna()] == 0).all()
    assert parts[X["recall_n"] >= 2].min() > 0 > parts[X["recall_n"] == 0].max()
    usual = model(None, effect=effect, specific=()).fit(X, y).contributions(X)["recall_n"]
    assert (usual[X["recall_n"].isna()] != 0).all()


@st.composite
def drawn(draw):
    edges = np.array(sorted(draw(st.sets(st.integers(0, 20), min_size=1, max_size=3))), dtype=float)
    term = DeviationTerm(
        first=Bands(name="a", edges=edges),
        second=Bands(name="sector", names=("F",)),
        direction=draw(st.sampled_from(["raises", "lowers"])),
    )
    return term, np.array(draw(st.lists(st.floats(0, 5), min_size=len(edges), max_size=len(edges))))


def falls(term, increments):
    """Return whether more risk in the indicator ever lowers the values in the sector."""
    x = np.arange(-1.0, 22.0)[:: -1 if term.direction == "lowers" else 1]
    level = term.cell_levels(term.first.encode(x), np.zeros(len(x), dtype=np.int32))
    return bool((np.diff((term.basis() @ increments)[level]) < -1e-9).any())


@settings(max_examples=40)
@given(drawn())
def test_a_deviation_keeps_the_direction_whatever_is_drawn(made_up):
    assert not falls(*made_up)


def test_increments_below_nothing_would_not():
    bands = Bands(name="a", edges=np.array([1.0, 2.0])), Bands(name="sector", names=("F",))
    term = DeviationTerm(first=bands[0], second=bands[1], direction="lowers")
    assert falls(term, np.array([1.0, -0.5]))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"deviations": "secter"}, "Did you mean 'sector'"),
        ({"deviations": "penalty_n"}, "by a plain group"),
        ({"specific": ["recal_n"]}, "specific names 'recal_n'"),
        ({"specific": ["sector"]}, "'sector' holds texts"),
    ],
)
def test_what_is_no_group_or_column_is_refused(changed, said):
    X, y, _ = made(False, 300, 5)
    with pytest.raises(SpecError, match=said):
        model(**changed).fit(X, y)


def test_scores_cards_and_files_know_deviations(tmp_path):
    X, y, _ = made(True, 4000, 6)
    outcomes = pd.DataFrame({"violation": y, "loss_cny": np.where(y == 1, 5000.0, np.nan)}, index=X.index)
    risk = RiskModel(model(), LossModel(groups=["sector"], inference=Map())).fit(X, outcomes)
    assert deviations(risk.violation_)
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


def test_its_title_names_indicator_and_sector_in_both_languages():
    X = pd.DataFrame({"age_years": [1.0], "sector": ["F"]})
    X.attrs["creditrisk"] = {"titles": {"age_years": ("age", "存续年限"), "sector": ("sector", "行业")}}
    assert term_title(X, "age_years in sector=F") == "age in sector F"
    assert term_title(X, "age_years in sector=F", "zh") == "存续年限（行业 F）"
