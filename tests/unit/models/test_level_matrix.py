"""Rows as a sparse matrix of levels: the model matrix, and rows that are alike."""

import numpy as np
import pandas as pd

from creditrisk.models.design_matrix import Design, build_design
from creditrisk.models.effects import Hinges
from creditrisk.models.inference.moments import Moments
from creditrisk.models.level_matrix import distinct, level_matrix

RNG = np.random.default_rng(2)
X = pd.DataFrame(
    {
        "count": np.where(RNG.random(300) < 0.1, np.nan, RNG.poisson(2.0, 300)),
        "sector": RNG.choice(["C", "F", "H"], 300),
    }
)
DESIGN = build_design(X, groups=("sector",), directions={}, effect=Hinges(), weight=np.ones(300))


def test_levels_times_basis_is_the_model_matrix():
    places = DESIGN.encode(X)
    np.testing.assert_allclose(
        level_matrix(DESIGN, places) @ DESIGN.basis, places.matrix(DESIGN.basis), atol=1e-6
    )


def test_moments_are_sums_over_the_model_matrix():
    weight, logs = RNG.random(300), RNG.normal(9, 1, 300)
    places = DESIGN.encode(X)
    moments = Moments.of(DESIGN, places, logs, weight)
    rows = places.matrix(DESIGN.basis)
    np.testing.assert_allclose(moments.gram, rows.T @ (rows * weight[:, None]), atol=1e-4)
    np.testing.assert_allclose(moments.cross, rows.T @ (weight * (logs - moments.mean)), atol=1e-4)


def test_alike_rows_are_found_once():
    places = DESIGN.encode(X)
    found, cell = distinct(places)
    np.testing.assert_array_equal(found.level[cell], places.level)
    np.testing.assert_array_equal(found.share[cell], places.share)
    whole = np.hstack([places.level, places.share])
    assert len(found) == len(np.unique(whole, axis=0)) < len(X)


def test_without_terms_all_rows_are_alike():
    none = Design(terms=())
    places = none.encode(X)
    assert len(distinct(places)[0]) == 1
    np.testing.assert_array_equal(level_matrix(none, places).todense(), np.ones((300, 1)))
