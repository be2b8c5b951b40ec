import datetime as dt

import pytest
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, draw_world

from creditrisk.errors import SourceError, SpecError
from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.decision import ByConfidence, ByCosts, ByMean
from creditrisk.grading.file import load_policy
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.risk_matrix import RiskMatrix
from creditrisk.grading.score_scale import ScoreScale


@pytest.fixture
def policy():
    posterior, X = draw_world(300)
    return GradingPolicy.calibrate_on(posterior, X, shares=SHARES, rules=(VETO, NOTCH), basis='广东 "2024"\n')


def test_a_policy_is_read_back_exactly(policy, tmp_path):
    text = policy.to_toml(tmp_path / "policy.toml")
    assert load_policy(tmp_path / "policy.toml") == policy
    assert load_policy(tmp_path / "policy.toml").to_toml() == text


SCORE = ScoreScale(top=1000, high="credit", base=600, pdo=40)
MATRIX = RiskMatrix(p_edges=(0.1, 0.3), loss_edges=(1e4,), classes=(("A", "B"), ("B", "C"), ("C", "D")))
COSTS = CostMatrix(costs=((0, 1, 2, 4), (2, 0, 1, 2), (5, 2, 0, 1), (20, 10, 4, 0)))


@pytest.mark.parametrize(
    "fields",
    [
        {"on": "score", "score": SCORE, "cuts": (700.0, 500.0, 300.0)},
        {"on": "matrix", "matrix": MATRIX},
        {"on": "p", "cuts": (0.1, 0.2, 0.3), "decision": ByConfidence(level=0.8)},
        {"cuts": (1.0, 2.0, 3.0), "decision": ByCosts(costs=COSTS)},
        {
            "cuts": (1.0, 2.0, 3.0),
            "author": "处长",
            "parent": "demo 1",
            "in_force_from": dt.date(2025, 1, 1),
            "in_force_to": dt.date(2026, 1, 1),
        },
    ],
)
def test_every_kind_of_policy_is_read_back_exactly(fields, tmp_path):
    policy = GradingPolicy(name="demo", version="2", **fields)
    policy.to_toml(tmp_path / "policy.toml")
    assert load_policy(tmp_path / "policy.toml") == policy


def test_a_file_of_the_first_schema_means_what_it_meant(repository, tmp_path):
    old = repository / "tests" / "data" / "policy-schema-1.toml"
    assert old.read_text(encoding="utf-8").startswith("schema_version = 1\n")
    policy = load_policy(old)
    assert (policy.decision, policy.author, policy.matrix) == (ByMean(), "", None)
    policy.to_toml(tmp_path / "new.toml")
    assert load_policy(tmp_path / "new.toml") == policy


def test_no_file_is_one_sentence(tmp_path):
    with pytest.raises(SourceError):
        load_policy(tmp_path / "policy.toml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("interval =", "intervall =", "Did you mean 'interval'"),
        ("notches =", "notch =", "Did you mean 'notches'"),
        ("cuts = [", 'cuts = ["x", ', "cuts"),
        ("schema_version = 2", "schema_version = 3", "schema_version 1 to 2"),
        ("schema_version = 2", "", "has None"),
        ('name = "by-shares"', "", "'name' is missing"),
        ("interval = 0.9", "interval = ", "not valid TOML"),
        ("interval = 0.9", "interval = 9", "between 0 and 1"),
        ('by = "mean"', 'by = "confidence"', "has a level"),
        ('by = "mean"', 'by = "costs"', "has costs"),
        ('by = "mean"', 'by = "median"', "'decision.by' is wrong"),
    ],
)
def test_a_wrong_file_is_one_sentence(policy, tmp_path, old, new, says):
    file = tmp_path / "policy.toml"
    file.write_text(policy.to_toml().replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_policy(file)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
