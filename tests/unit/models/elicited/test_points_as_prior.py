"""Without data the model is the regulator's table; with many data it is what the data say."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from tests.lib.worlds import world

from creditrisk.errors import SpecError
from creditrisk.models.elicited import PointsTable
from creditrisk.models.inference.engines import Map, Surrogate
from creditrisk.models.priors import Priors
from creditrisk.models.scorecard import load_scorecard
from creditrisk.models.violation import ViolationModel

PDO = 20
TABLE = pd.DataFrame(
    [
        ("penalty_n", 0, 0),
        ("penalty_n", 1, 30),
        ("penalty_n", 3, 45),
        ("age_years", 0, 25),
        ("age_years", 5, 10),
        ("age_years", 15, 0),
        ("noise", 0, 0),
        ("noise", 1, -12),
        ("noise", 2, 8),
        ("noise", "missing", 15),
        ("sector", "C", 0),
        ("sector", "F", 22),
    ],
    columns=["term", "level", "points"],
)
DIRECTIONS = {"penalty_n": "raises", "age_years": "lowers"}


def fit(X, y, table, *, engine=Map(), weight=None):  # noqa: B008
    model = ViolationModel(
        groups=["sector"], directions=DIRECTIONS, priors=Priors(table=table), inference=engine, interactions=0
    )
    return model.fit(X, y, sample_weight=weight)


def rises(model, term):
    """Return the points of each level against the first."""
    frame = model.scorecard(pdo=PDO).to_frame().set_index(["term", "level"])["points"][term]
    return frame - frame.iloc[0]


@pytest.fixture(scope="module")
def made():
    made = world(4000, 21)
    return made.X[["penalty_n", "age_years", "noise", "complaint_n", "sector"]], made.violation


@pytest.fixture(scope="module")
def table():
    return PointsTable.from_frame(TABLE, pdo=PDO)


def test_without_data_the_mode_is_the_table(made, table):
    X, y = made
    model = fit(X, y, table, weight=np.full(len(X), 1e-9))
    np.testing.assert_allclose(rises(model, "penalty_n")[:3], [0, 30, 45], rtol=0.01)
    np.testing.assert_allclose(rises(model, "age_years")[:3], [0, -15, -25], rtol=0.01)
    np.testing.assert_allclose(rises(model, "noise"), [0, -12, 8, 15], rtol=0.01)
    assert rises(model, "sector")["F"] == pytest.approx(22, rel=0.01)
    assert rises(model, "sector")["G"] == pytest.approx(11, rel=0.01)


@pytest.mark.slow
def test_without_data_the_posterior_mean_is_the_table(made, table):
    X, y = made
    engine = Surrogate(draws=1500, tune=300, chains=1, keep=1500, on_failure="return")
    model = fit(X, y, table, engine=engine, weight=np.full(len(X), 1e-9))
    np.testing.assert_allclose(rises(model, "penalty_n")[:3], [0, 30, 45], atol=6)
    np.testing.assert_allclose(rises(model, "age_years")[:3], [0, -15, -25], atol=6)
    np.testing.assert_allclose(rises(model, "noise"), [0, -12, 8, 15], atol=3)
    assert rises(model, "sector")["F"] == pytest.approx(22, abs=3)
    frame = model.scorecard(pdo=PDO).to_frame()
    spread = (frame["upper"] - frame["lower"])[
        (frame["term"] == "penalty_n") & (frame["level"] == "3 or more")
    ]
    assert float(spread.iloc[0]) > 15


def test_with_many_data_the_data_win(made, table):
    X, _ = made
    rng = np.random.default_rng(1)
    steep = np.select([X["age_years"] < 5, X["age_years"] < 15], [2.0, 1.9], 0.0)
    truth = expit(-2.5 + steep + 0.15 * (X["penalty_n"] >= 3))
    told = fit(X, (rng.random(len(X)) < truth).astype(float), table, weight=np.full(len(X), 10.0))
    factor = PDO / np.log(2)
    assert rises(told, "penalty_n").iloc[1] < 5
    np.testing.assert_allclose(rises(told, "age_years")[:3] / factor, [0, -0.1, -2.0], atol=0.25)
    assert np.abs(told.predict_proba(X)[:, 1] - truth).mean() < 0.025


def test_some_data_move_the_table_part_of_the_way(made, table):
    X, _ = made
    y = (np.random.default_rng(2).random(len(X)) < 0.2).astype(float)
    weak, strong = (fit(X, y, table, weight=np.full(len(X), weight)) for weight in (0.02, 1.0))
    assert 30 > rises(weak, "penalty_n").iloc[1] > rises(strong, "penalty_n").iloc[1] + 3


def test_a_scorecard_file_is_a_prior(made, table, tmp_path):
    X, y = made
    first = fit(X, y, table=None)
    first.scorecard(pdo=PDO).to_toml(tmp_path / "card.toml")
    prior = PointsTable.from_scorecard(load_scorecard(tmp_path / "card.toml"))
    again = fit(X, y, prior, weight=np.full(len(X), 1e-9))
    for term in ("penalty_n", "age_years", "noise", "sector"):
        before, after = rises(first, term)[:-1], rises(again, term)[:-1]
        np.testing.assert_allclose(after, before, atol=0.05 * np.abs(before).max() + 0.2)


def test_safer_points_are_turned_round():
    table = PointsTable.from_frame(TABLE, pdo=PDO, more_points="safer")
    assert table.numbers[0].points == (0.0, -30.0, -45.0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: t.drop(columns="level"), "'level' is absent"),
        (lambda t: t.assign(points=np.nan), "'penalty_n' lacks one"),
        (lambda t: pd.concat([t, t[:1]]), "'penalty_n' has '0' twice"),
        (lambda t: t.replace("sector", "sektor"), "'sektor', which X does not have. Did you mean 'sector'"),
        (lambda t: t.assign(points=-t["points"]), "'penalty_n' go against its direction, 'raises'"),
    ],
)
def test_a_wrong_table_is_one_sentence(made, change, sentence):
    with pytest.raises(SpecError, match=sentence):
        fit(*made, PointsTable.from_frame(change(TABLE), pdo=PDO))


def test_a_scale_that_is_none_is_refused():
    with pytest.raises(SpecError, match="pdo of a points table is positive"):
        PointsTable.from_frame(TABLE, pdo=0)
    with pytest.raises(SpecError, match="'riskier' or 'safer'; got 'worse'"):
        PointsTable.from_frame(TABLE, pdo=20, more_points="worse")
