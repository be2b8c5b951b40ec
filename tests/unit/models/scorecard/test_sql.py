"""The query, run in DuckDB, gives what `score` gives."""

import duckdb
import numpy as np
import pandas as pd
import pytest
from tests.lib.cards import awkward, fitted, paired

from creditrisk.errors import SpecError
from creditrisk.models.inference.engines import Map
from creditrisk.models.violation import ViolationModel


def run(query, **tables):
    with duckdb.connect() as connection:
        for name, frame in tables.items():
            connection.register(name, frame)
        return connection.execute(query).df()


@pytest.mark.parametrize("steps", [False, True])
def test_it_scores_hinges_steps_and_groups(steps):
    card, X = fitted(steps=steps).scorecard(), awkward(3000)
    found = run(card.to_sql(), indicators=X.reset_index()).set_index("entity_id")["points"]
    np.testing.assert_allclose(found.reindex(X.index), card.score(X), rtol=0, atol=1e-9)


def test_it_scores_pairs():
    card, X = paired().scorecard(), awkward(3000)
    found = run(card.to_sql(), indicators=X.reset_index()).set_index("entity_id")["points"]
    np.testing.assert_allclose(found.reindex(X.index), card.score(X), rtol=0, atol=1e-9)


def test_equal_entities_have_equal_points_and_the_order_is_that_of_score():
    card, X = fitted().scorecard(), awkward(500)
    twice = pd.concat([X, X.set_index(X.index + "b")]).rename_axis("entity_id")
    found = run(card.to_sql(), indicators=twice.reset_index()).set_index("entity_id")["points"]
    np.testing.assert_array_equal(found.reindex(X.index), found.reindex(X.index + "b"))
    points = card.score(X)
    apart = np.diff(points[np.argsort(points)]) > 1e-9
    assert (np.diff(found.reindex(X.index).to_numpy()[np.argsort(points)])[apart] > 0).all()


def test_nulls_score_as_nan_does():
    card, X = fitted().scorecard(), awkward(300)
    with duckdb.connect() as connection:
        connection.register("given", X.reset_index())
        connection.execute(
            "CREATE TABLE indicators AS SELECT * REPLACE "
            "(CASE WHEN isnan(penalty_n) THEN NULL ELSE penalty_n END AS penalty_n) FROM given"
        )
        found = connection.execute(card.to_sql()).df().set_index("entity_id")["points"]
    np.testing.assert_allclose(found.reindex(X.index), card.score(X), rtol=0, atol=1e-9)


def test_whole_numbers_yes_and_no_and_codes_kept_as_numbers():
    rng = np.random.default_rng(1)
    X = pd.DataFrame(
        {
            "n": rng.integers(0, 5, 800),
            "licensed": rng.random(800) < 0.5,
            "region": rng.choice([5101.0, 5102.0, np.nan], 800),
            "sector": rng.choice([1, 2, 3], 800),
        }
    )
    y = rng.random(800) < 0.1 + 0.1 * X["n"]
    model = ViolationModel(groups=["region", "sector"], inference=Map()).fit(X, y)
    card = model.scorecard()
    found = run(card.to_sql("x", entity="id"), x=X.reset_index(names="id")).set_index("id")["points"]
    np.testing.assert_allclose(found.reindex(X.index), card.score(X), rtol=0, atol=1e-9)


def test_names_and_levels_cannot_break_out_of_their_quotes():
    rng = np.random.default_rng(2)
    X = pd.DataFrame({'a"b */ c': rng.random(400), "g": rng.choice(["x'; DROP TABLE t; --", "\\"], 400)})
    model = ViolationModel(groups=["g"], inference=Map()).fit(X, rng.random(400) < 0.3)
    card = model.scorecard()
    found = run(card.to_sql('t"1', entity="id"), **{'t"1': X.reset_index(names="id")})
    np.testing.assert_allclose(found.set_index("id")["points"].reindex(X.index), card.score(X), atol=1e-9)


def test_dialects_differ_in_quotes_and_types():
    card = fitted().scorecard()
    assert 'CAST("penalty_n" AS DOUBLE PRECISION)' in card.to_sql(dialect="postgres")
    assert "CAST(`penalty_n` AS DOUBLE)" in card.to_sql(dialect="spark")
    with pytest.raises(SpecError, match=r"duckdb, postgres, spark; got 'sparc'.*'spark'"):
        card.to_sql(dialect="sparc")
