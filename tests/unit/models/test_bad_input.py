"""Bad input gets a right answer or one clear sentence; the rows of docs/reference/bad-input.md."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.lib.worlds import world

from creditrisk.errors import CreditRiskError
from creditrisk.models.effects import group
from creditrisk.models.inference.engines import Map
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel

ROWS = 800


def clean():
    made = world(ROWS, 91)
    return made.X[["penalty_n", "age_years", "region"]].copy(), made.violation.copy()


def fit(X, y, **given):
    directions = {"penalty_n": "raises"} if "penalty_n" in X else None
    model = ViolationModel(groups=["region"], directions=directions, inference=Map())
    return model.fit(X, y, **given)


def p_of(X, y, **given):
    p = fit(X, y, **given).predict_proba(X)[:, 1]
    assert np.isfinite(p).all()
    assert ((p > 0) & (p < 1)).all()
    return p


def one_class():
    X, _ = clean()
    fit(X, np.zeros(ROWS))


def negative_weights():
    X, y = clean()
    fit(X, y, sample_weight=np.where(np.arange(ROWS) == 3, -1.0, 1.0))


def missing_weights():
    X, y = clean()
    fit(X, y, sample_weight=np.where(np.arange(ROWS) == 3, np.nan, 1.0))


def infinite_labels():
    X, y = clean()
    fit(X, np.where(np.arange(ROWS) == 3, np.inf, y))


def dates():
    X, y = clean()
    fit(X.assign(since=pd.Timestamp("2020-01-01")), y)


def two_outcomes_of_one_entity():
    X, y = clean()
    outcomes = pd.DataFrame({"violation": y, "loss_cny": np.where(y == 1, 5.0, np.nan)}, index=X.index)
    model = RiskModel(ViolationModel(inference=Map()), LossModel(inference=Map()))
    model.fit(X, pd.concat([outcomes, outcomes[:1]]))


def two_columns_of_one_name():
    X, y = clean()
    fit(pd.concat([X, X[["age_years"]]], axis=1), y)


REFUSED = {
    "All labels of one class": (one_class, "Both outcomes are needed, and there is one class"),
    "Negative weights": (negative_weights, "sample_weight must be finite and not negative"),
    "Missing weights": (missing_weights, "sample_weight must be finite and not negative"),
    "Infinite labels": (infinite_labels, "Unknown label type: continuous"),
    "Dates": (dates, "column 'since' holds dates"),
    "An entity twice in the outcomes": (two_outcomes_of_one_entity, "one row an entity"),
    "Two columns of one name": (two_columns_of_one_name, "got 'age_years' twice"),
}


def a_constant_column():
    X, y = clean()
    np.testing.assert_array_equal(p_of(X.assign(same=7.0, text="all"), y), p_of(X, y))


def only_constant_columns():
    _, y = clean()
    X = pd.DataFrame({"penalty_n": np.ones(ROWS), "region": "5101"})
    np.testing.assert_allclose(p_of(X, y), y.mean(), atol=0.005)


def perfect_separation():
    X, _ = clean()
    y = (X["penalty_n"] >= 1).astype(float)
    p = p_of(X, y)
    assert p[y == 1].min() > p[y == 0].max()
    assert p.max() < 0.9999


def a_region_of_one_entity():
    X, y = clean()
    alone = X.assign(region=np.where(np.arange(ROWS) == 5, "9999", X["region"]))
    logits = {}
    for label in (0.0, 1.0):
        p = p_of(alone, np.where(np.arange(ROWS) == 5, label, y))
        logits[label] = np.log(p[5] / (1 - p[5]))
    assert 0 < logits[1.0] - logits[0.0] < 1


def ten_thousand_regions():
    rng = np.random.default_rng(1)
    n = 40_000
    region = np.where(rng.random(n) < 0.5, rng.integers(0, 20, n), rng.integers(20, 10_000, n))
    X = pd.DataFrame({"penalty_n": rng.poisson(1.0, n), "region": region.astype(str)})
    y = (rng.random(n) < 0.1 + 0.2 * (region == 3) + 0.1 * (X["penalty_n"] > 1)).astype(float)
    model = ViolationModel(groups=["region"], interactions=0, inference=Map())
    assert group.MOST_LEVELS == 2000
    with pytest.MonkeyPatch.context() as patch, pytest.warns(UserWarning, match="the 100 most frequent"):
        patch.setattr(group, "MOST_LEVELS", 100)
        model.fit(X, y)
    high, usual = model.predict_proba(pd.DataFrame({"penalty_n": [0, 0], "region": ["3", "4"]}))[:, 1]
    assert high == pytest.approx(0.3, abs=0.05)
    assert usual == pytest.approx(0.1, abs=0.03)


def missing_and_infinite_values():
    X, y = clean()
    X.iloc[:50, 0], X.iloc[50:100, 1], X.iloc[100:150, 1] = np.nan, np.inf, -np.inf
    p_of(X, y)
    model = fit(X, y)
    extreme = pd.concat([X.iloc[:1].assign(age_years=a) for a in (np.inf, 1e30, -np.inf, -1e30, np.nan)])
    p = model.predict_proba(extreme)[:, 1]
    assert p[0] == p[1] != p[2]
    assert p[2] == p[3]


def an_entity_on_two_rows():
    X, y = clean()
    twice = X.set_axis(["a", "a", *X.index[2:]])
    np.testing.assert_array_equal(p_of(twice, y), p_of(X, y))
    one = fit(twice, y).contributions(twice)
    assert list(one.index[:2]) == ["a", "a"]


def an_unseen_group():
    X, y = clean()
    model = fit(X, y)
    at = X.iloc[[0, 0]].assign(region=["never seen", None])
    p = model.predict_proba(at)[:, 1]
    assert p[0] == pytest.approx(p[1])
    regions = model.predict_proba(pd.concat([X.iloc[:1].assign(region=r) for r in X["region"].unique()]))[
        :, 1
    ]
    assert regions.min() < p[0] < regions.max()


def numbers_kept_as_objects():
    X, y = clean()
    as_objects = X.astype({"penalty_n": object})
    as_decimals = X.assign(penalty_n=[Decimal(str(v)) for v in X["penalty_n"]])
    for other in (as_objects, as_decimals):
        np.testing.assert_array_equal(p_of(other, y), p_of(X, y))


def texts_that_are_not_groups():
    X, y = clean()
    kind = np.where(y == 1, "shop", "stall")
    kind[::3] = "shop"
    model = fit(X.assign(kind=kind), y)
    at = pd.concat([X.iloc[:1].assign(kind=k) for k in ("shop", "stall")])
    assert np.diff(model.predict_proba(at)[:, 1])[0] < 0


def missing_labels():
    X, y = clean()
    model = fit(X, np.where(np.arange(ROWS) < 100, np.nan, y))
    assert model.n_unlabelled_ == 100
    rest = fit(X[100:], y[100:])
    np.testing.assert_array_equal(model.posterior(X), rest.posterior(X))


def weights_of_zero():
    X, y = clean()
    weight = (np.arange(ROWS) >= 100).astype(float)
    np.testing.assert_array_equal(
        fit(X, y, sample_weight=weight).posterior(X), fit(X[100:], y[100:]).posterior(X)
    )


ANSWERED = {
    "A constant column": a_constant_column,
    "Only constant columns": only_constant_columns,
    "Perfect separation": perfect_separation,
    "A region with one entity": a_region_of_one_entity,
    "10 000 regions": ten_thousand_regions,
    "NaN and infinity in X": missing_and_infinite_values,
    "An entity on several rows of X": an_entity_on_two_rows,
    "A group that training did not see": an_unseen_group,
    "Numbers kept as objects": numbers_kept_as_objects,
    "Texts that are not in `groups`": texts_that_are_not_groups,
    "Missing labels": missing_labels,
    "Weights of zero": weights_of_zero,
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_one_sentence(case):
    make, sentence = REFUSED[case]
    with pytest.raises(CreditRiskError, match=sentence) as caught:
        make()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("case", ANSWERED)
def test_it_has_a_right_answer(case):
    ANSWERED[case]()


def test_the_page_has_a_row_for_every_case(repository: Path):
    page = (repository / "docs" / "reference" / "bad-input.md").read_text(encoding="utf-8")
    named = {line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")} - {"Input"}
    assert named == set(REFUSED) | set(ANSWERED)
