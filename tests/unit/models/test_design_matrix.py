"""Terms by column, codes by row, and merging that changes nothing."""

import numpy as np
import pandas as pd
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import Steps
from creditrisk.models.inference.likelihood import BinomialRows
from creditrisk.models.merge import merge_rows


def design_of(X, **kwargs):
    options = {"groups": ("region",), "directions": DIRECTIONS, "effect": Steps(), "weight": np.ones(len(X))}
    return build_design(X, **{**options, **kwargs})


def test_text_is_pooled_though_nobody_named_it_a_group():
    design = design_of(world(300, 1).X)
    assert {t.name: t.kind for t in design.terms}["sector"] == "group"


def test_a_constant_or_empty_column_is_left_out():
    X = world(300, 1).X.assign(constant=1.0, empty=np.nan, always="x")
    assert not {"constant", "empty", "always"} & {t.name for t in design_of(X).terms}


def test_boolean_and_nullable_columns_are_numbers():
    X = world(200, 1).X.assign(flag=lambda d: (d["penalty_n"] > 0).astype("boolean"))
    X.loc[X.index[:30], "flag"] = pd.NA
    term = next(t for t in design_of(X).terms if t.name == "flag")
    assert term.kind == "steps"
    assert term.missing_seen


def test_merging_equal_rows_keeps_the_likelihood():
    made = world(2000, 2)
    X = made.X[["penalty_n", "noise", "sector"]]
    design = design_of(X, groups=())
    offset = np.where(made.violation == 1, -0.5, 0.0)
    rows = BinomialRows(
        design=design, places=design.encode(X), offset=offset, n=np.ones(len(X)), y=made.violation
    )
    fewer = merge_rows(rows)
    assert fewer.n_rows < rows.n_rows / 4
    theta = np.random.default_rng(0).normal(size=(3, design.n_coefficients))
    np.testing.assert_allclose(rows.values(theta), fewer.values(theta), rtol=1e-10)
