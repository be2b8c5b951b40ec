"""Who lies where the labels do not reach, and what hidden reasons for looking would mean."""

import numpy as np
import pandas as pd
import pytest
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.errors import SchemaError, SpecError
from creditrisk.models.inference.engines import Map
from creditrisk.models.selection.overlap import overlap
from creditrisk.models.selection.sensitivity import selection_sensitivity
from creditrisk.models.violation import ViolationModel


@pytest.fixture(scope="module")
def made():
    return world(1500, 21)


@pytest.fixture(scope="module")
def model(made):
    groups = ("region", "sector")
    fitted = ViolationModel(groups=groups, directions=DIRECTIONS, inference=Map())
    return fitted.fit(made.X, made.violation)


def test_the_labelled_themselves_are_covered(model, made):
    found = overlap(model, made.X)
    assert found.share_beyond == 0
    assert found.warning is None
    both = found.table[["labelled", "scored"]]
    np.testing.assert_allclose(both["labelled"], both["scored"], atol=1e-6)
    np.testing.assert_allclose(found.table.groupby("indicator")["scored"].sum(), 1.0)


def test_new_levels_and_missing_values_are_beyond_and_named(model, made):
    X = made.X.iloc[:400].copy()
    X.loc[X.index[:50], "sector"] = "Z"
    X.loc[X.index[50:60], "age_years"] = np.nan
    found = overlap(model, X)
    assert found.beyond.to_numpy().nonzero()[0].tolist() == list(range(60))
    assert "15% of the scored entities" in found.warning
    assert "sector = unseen" in found.warning
    assert found.table.loc[("age_years", "missing"), "scored"] == pytest.approx(10 / 400)


def test_more_rows_may_be_asked_for(model, made):
    assert overlap(model, made.X, fewest=1e9).share_beyond == 1.0
    with pytest.raises(SpecError, match="positive; got 0"):
        overlap(model, made.X, fewest=0)


def test_no_hidden_reasons_change_nothing_and_stronger_ones_more(model, made):
    looked_at = np.arange(1500) < 500
    found = selection_sensitivity(model, made.X, looked_at, odds=(1, 2, 4))
    mean = model.predict_proba(made.X)[:, 1].mean()
    assert found.loc[1.0, ["least", "most"]].tolist() == pytest.approx([mean, mean])
    assert found["least"].is_monotonic_decreasing
    assert found["most"].is_monotonic_increasing
    assert (found["lower"] <= found["least"]).all()
    assert (found["upper"] >= found["most"]).all()


def test_where_everybody_was_looked_at_nothing_is_hidden(model, made):
    found = selection_sensitivity(model, made.X, np.ones(1500, dtype=bool), odds=(1, 3))
    assert found["least"].nunique() == found["most"].nunique() == 1


def test_a_hidden_reason_is_within_its_bounds(made):
    """Inspectors go where the odds are double, by a mark that no record shows."""
    rng = np.random.default_rng(4)
    marked = rng.random(1500) < 0.5
    odds = made.p / (1 - made.p) * np.where(marked, 2.0, 1.0)
    violation = rng.random(1500) < odds / (1 + odds)
    model = ViolationModel(groups=("region", "sector"), directions=DIRECTIONS, inference=Map())
    model.fit(made.X[marked], violation[marked])
    found = selection_sensitivity(model, made.X, marked, odds=(1, 2))
    truth = (odds / (1 + odds)).mean()
    assert found.loc[1.0, "least"] > truth
    assert found.loc[2.0, "least"] == pytest.approx(truth, abs=0.02)


@pytest.mark.parametrize("odds", [(0.5,), (), (np.nan,)])
def test_factors_below_one_are_refused(model, made, odds):
    with pytest.raises(SpecError, match="factors of at least 1"):
        selection_sensitivity(model, made.X, np.ones(1500, dtype=bool), odds=odds)


def test_flags_of_another_length_or_unknown_are_refused(model, made):
    with pytest.raises(SchemaError, match="1500; got 3"):
        selection_sensitivity(model, made.X, [True, False, True])
    with pytest.raises(SchemaError, match="1 values that are neither"):
        selection_sensitivity(model, made.X, pd.Series([None] + [True] * 1499, dtype=object))
