"""Guangdong's figures in form on the made-up registry: D by direct determination and by the model, apart."""

import numpy as np
import pytest
from tests.unit.grading.remedies.formula import Formula

import creditrisk as cr
from creditrisk.grading.shares import load_shares

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ratings():
    """Return ratings of a registry by the rules of the general system and the shares of Guangdong."""
    records = cr.read_records(cr.simulate(1500, seed=3).tables)
    system = cr.load_system("general")
    X = cr.IndicatorExtractor(system).transform(records.as_of("2025-01-01"))
    weights = {"penalty_n": 0.5, "abnormal_n": 0.4, "complaint_n": 0.1, "entity_age_years": -0.05}
    posterior = Formula(weights).posterior(X)
    policy = cr.GradingPolicy.calibrate_on(posterior, X, shares=load_shares(), rules=system.rules)
    return policy.grade(posterior, X)


def test_both_kinds_of_ground_fill_d_and_add_up_to_its_share(ratings):
    grounds = ratings.grounds()
    direct = grounds[grounds["direct"]]
    rules = {rule.id: rule for rule in cr.load_system("general").rules}
    assert set(direct.index) <= {name for name, rule in rules.items() if rule.kind == "veto"}
    assert 0 < direct["share_of_d"].sum() < 1
    assert grounds.loc["model", "entities"] > 0
    assert grounds["share"].sum() == pytest.approx(0.0939, abs=1 / len(ratings))
    assert np.isclose(grounds["share_of_d"].sum(), 1)


def test_without_rules_everybody_in_d_is_there_by_the_model(ratings):
    """The twin: the direct ones are gone, and D is as large."""
    table = ratings.table.assign(decided_by="model", direct=False, risk_class=ratings.table["model_class"])
    alone = cr.Ratings(table=table, currency="CNY", interval=0.9, policy="x", as_of=None).grounds()
    assert alone.index.tolist() == ["model"]
    assert not alone["direct"].any()
