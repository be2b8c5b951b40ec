"""One entity against the posterior of a DataFrame of one row."""

import numpy as np
import pytest
from tests.lib.scored import indicators, invented

from creditrisk.errors import SchemaError

CUTS = (300.0, 700.0, 1500.0)


@pytest.fixture(scope="module")
def model():
    return invented()


@pytest.fixture
def values():
    return {
        "penalties": 2,
        "fines_cny": 3000.0,
        "age_years": None,
        "change": -1.5,
        "sector": "F",
    }


def test_each_row_is_graded_as_its_posterior(model):
    X = indicators(60, 21)
    posterior = model.posterior(X)
    for i, row in enumerate(X.to_dict("records")):
        one = model.grade_one(row, cuts=CUTS)
        loss, p = posterior.expected_loss[:, i].astype(float), posterior.p[:, i].astype(float)
        np.testing.assert_allclose(
            [one.p, one.p_lower, one.p_upper], [p.mean(), *np.quantile(p, [0.05, 0.95])], rtol=2e-5
        )
        np.testing.assert_allclose(one.expected_loss_upper, np.quantile(loss, 0.95), rtol=2e-5)
        assert one.risk_class == "ABCD"[int(np.searchsorted(CUTS, loss.mean(), side="right"))]
        assert abs(one.probabilities["D"] - np.mean(loss >= CUTS[2])) <= 1 / 400


def test_missing_and_unknown_are_values(model, values):
    nan = model.grade_one(values | {"age_years": float("nan"), "sector": "never seen"}, cuts=CUTS)
    none = model.grade_one(values | {"age_years": None, "sector": "nor this"}, cuts=CUTS)
    assert nan == none


def test_a_new_fit_is_not_graded_by_the_old_one(values):
    first, second = invented(seed=0), invented(seed=3)
    before = first.grade_one(values, cuts=CUTS)
    first.violation_, first.loss_ = second.violation_, second.loss_
    assert first.grade_one(values, cuts=CUTS) == second.grade_one(values, cuts=CUTS) != before


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("penalties", "two", "holds numbers"), ("change", [1], "holds numbers"), ("penalties", 1j, "numbers")],
)
def test_a_bad_value_is_one_sentence(model, values, name, value, said):
    with pytest.raises(SchemaError, match=said) as caught:
        model.grade_one(values | {name: value}, cuts=CUTS)
    assert "\n" not in str(caught.value)


def test_a_column_left_out_is_named(model, values):
    values["penalty"] = values.pop("penalties")
    with pytest.raises(SchemaError, match=r"'penalties' is not given.*penalty"):
        model.grade_one(values, cuts=CUTS)
