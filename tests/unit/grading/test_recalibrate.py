import dataclasses
import datetime as dt

import pytest
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, draw_world

from creditrisk.errors import SourceError, SpecError
from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.decision import ByConfidence
from creditrisk.grading.file import load_policy
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.publish import publish
from creditrisk.grading.recalibrate import recalibrate, succeed

DAY = dt.date(2025, 3, 1)


@pytest.fixture(scope="module")
def first():
    posterior, X = draw_world(1200, draws=50)
    policy = GradingPolicy.calibrate_on(posterior, X, shares=SHARES, rules=(VETO, NOTCH), version="1")
    return policy, policy.grade(posterior, X), posterior, X


def test_ratings_are_enough_for_the_cuts_of_the_posterior(first):
    policy, ratings, posterior, X = first
    again = recalibrate(ratings, policy, capacity=90)
    direct = GradingPolicy.calibrate_on(posterior, X, capacity=90, rules=(VETO, NOTCH))
    assert again.policy.cuts == pytest.approx(direct.cuts)
    assert (again.policy.version, again.policy.parent) == ("2", "by-shares 1")
    graded = again.policy.grade(posterior, X).table["risk_class"]
    assert (again.comparison.classes["after"] == graded).all()
    assert (again.comparison.classes["before"] == ratings.table["risk_class"]).all()
    assert (graded == "D").sum() == 90


def test_costs_take_the_true_classes_of_the_ratings(first):
    policy, ratings, *_ = first
    costs = CostMatrix(costs=((0, 1, 2, 4), (2, 0, 1, 2), (5, 2, 0, 1), (99, 50, 20, 0)))
    assert recalibrate(ratings, policy, costs=costs).policy.cuts[2] < policy.cuts[2]


def test_a_version_is_written_once_with_its_comparison_and_a_line_of_change_log(first, tmp_path):
    policy, ratings, *_ = first
    again = recalibrate(ratings, policy, capacity=90, author="处长", in_force_from=DAY, by=["region"])
    files = publish(again, tmp_path / "policies", reason="Fewer\ninspectors.", day=DAY)
    assert load_policy(files.policy) == again.policy
    assert "would change class" in files.comparison.read_text(encoding="utf-8")
    before = files.policy.read_bytes()
    with pytest.raises(SourceError, match="never overwritten"):
        publish(again, tmp_path / "policies")
    assert files.policy.read_bytes() == before
    log = files.change_log.read_text(encoding="utf-8")
    assert log.count("\n") == 1
    assert log.startswith("- 2025-03-01: by-shares 2 replaces by-shares 1; by capacity; ")
    assert log.endswith("from 2025-03-01; author 处长. Fewer inspectors.\n")


def test_rolling_back_is_a_third_version_that_grades_like_the_first(first, tmp_path):
    policy, ratings, *_ = first
    second = recalibrate(ratings, policy, capacity=90).policy
    back = succeed(ratings, second, policy)
    assert back.policy == dataclasses.replace(policy, version="3", parent="by-shares 2")
    assert (back.comparison.classes["after"] == ratings.table["risk_class"]).all()
    publish(back, tmp_path)
    assert (tmp_path / "by-shares-3.toml").is_file()


def test_ratings_of_other_rules_are_refused(first):
    policy, ratings, *_ = first
    with pytest.raises(SpecError, match="under the rules that made them"):
        recalibrate(ratings, dataclasses.replace(policy, rules=(NOTCH,)), capacity=90)


def test_a_policy_that_needs_draws_is_refused(first):
    policy, ratings, *_ = first
    with pytest.raises(SpecError, match="posterior means only"):
        recalibrate(ratings, dataclasses.replace(policy, decision=ByConfidence(level=0.8)), capacity=90)


def test_a_folder_that_is_a_file_is_one_sentence(first, tmp_path):
    policy, ratings, *_ = first
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="cannot be written to"):
        publish(succeed(ratings, policy, policy), tmp_path / "file")
