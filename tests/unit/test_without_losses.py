"""Records without losses: classes follow the probability, and whoever reads them is told."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator
from tests.unit.learned import SOUND, write_small_system

from creditrisk.models.file import load_model
from creditrisk.models.inference.engines import Map
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.unit_loss import UnitLoss
from creditrisk.models.violation import ViolationModel
from creditrisk.pipeline import assess
from creditrisk.records.read import read_records
from creditrisk.records.synthetic import simulate
from creditrisk.report.html import render_report
from creditrisk.without_losses import has_losses

SHARES = {"A": 0.4, "B": 0.3, "C": 0.2, "D": 0.1}


class QuickViolation(BaseEstimator):
    """p by age alone, so that nobody waits for inference."""

    def fit(self, X, y, **_):
        self.rate, self.status_ = np.nanmean(y), SOUND
        return self

    def posterior(self, X):
        age = X["entity_age_years"].fillna(0).to_numpy()
        logit = np.log(self.rate / (1 - self.rate)) - 0.05 * age
        return (1 / (1 + np.exp(-logit - np.linspace(-0.2, 0.2, 20)[:, None]))).astype(np.float32)

    def contributions(self, X):
        return pd.DataFrame({"entity_age_years": -0.05 * X["entity_age_years"].fillna(0)}, index=X.index)


@pytest.fixture(scope="module")
def rate(tmp_path_factory):
    """Return how to assess a registry in which no penalty has an amount."""
    whole = simulate(400, seed=5, first_year=2020).tables
    tables = {
        name: whole[name] for name in ("registration", "inspection", "penalty", "abnormal_list", "lawsuit")
    }
    empty = dict.fromkeys(("fine_cny", "confiscated_cny"), np.nan)
    records = read_records(tables | {"penalty": tables["penalty"].assign(**empty)})
    system = write_small_system(tmp_path_factory.mktemp("system"))

    def rated(violation):
        model = RiskModel(violation, LossModel())
        return assess(records, system=system, as_of="2024-01-01", shares=SHARES, model=model)

    return rated


@pytest.fixture(scope="module")
def assessment(rate):
    return rate(QuickViolation())


def test_classes_follow_the_probability_alone(assessment):
    assert assessment.policy.on == "p"
    assert assessment.policy.currency == assessment.ratings.currency == "XXX"
    table = assessment.ratings.table
    by_model = table[table["decided_by"] == "model"].sort_values("p_violation")
    assert by_model["risk_class"].is_monotonic_increasing
    assert table["expected_loss_xxx"].to_numpy() == pytest.approx(table["p_violation"].to_numpy())
    assert assessment.ratings.summary()["share"].to_numpy() == pytest.approx([0.4, 0.3, 0.2, 0.1], abs=0.01)


def test_the_report_says_so_in_a_plain_sentence(assessment):
    page = render_report(assessment.report_content(), language="en")
    assert "In these records no violation has a loss." in page
    assert "right of each begins the class" not in page
    assert "记录中没有违法损失金额" in render_report(assessment.report_content(), language="zh")


def test_the_summary_knows_no_fit_of_a_loss(assessment):
    found = assessment.summary()
    assert found["currency"] == "XXX"
    assert [fit["part"] for fit in found["fit"]] == ["violation"]


@pytest.mark.slow
def test_the_model_file_rates_as_before(rate, tmp_path):
    found = rate(ViolationModel(inference=Map()))
    found.write(tmp_path)
    model = load_model(tmp_path / "model.nc")
    again = model.posterior(found.X)
    assert again.currency == "XXX"
    assert again.expected_loss == pytest.approx(found.posterior.expected_loss)
    summary = model.summary(found.X, cuts=found.policy.cuts, on="p")
    assert summary.p.mean == pytest.approx(found.ratings.table["p_violation"].to_numpy(), rel=1e-3)


def test_one_loss_is_a_loss_and_none_named_is_none():
    outcomes = pd.DataFrame({"violation": [1.0, 0.0, np.nan], "loss_cny": [0.0, np.nan, np.nan]})
    assert not has_losses(outcomes)
    assert has_losses(outcomes.assign(loss_cny=[5.0, np.nan, np.nan]))
    assert not has_losses(outcomes.drop(columns="loss_cny"))


def test_a_unit_loss_is_one_whatever_the_indicators():
    X = pd.DataFrame({"a": [1.0, np.nan, 5.0], "sector": ["F", "C", None]})
    unit = UnitLoss().fit(X)
    assert unit.posterior(X).tolist() == [[1.0, 1.0, 1.0]]
    assert unit.predict(X).tolist() == [1.0, 1.0, 1.0]
