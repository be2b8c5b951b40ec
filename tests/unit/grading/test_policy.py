import dataclasses
import datetime as dt

import numpy as np
import pytest
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, DrawnModel, draw_world

from creditrisk.errors import SpecError
from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.decision import ByConfidence, ByCosts, ByMean
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.risk_matrix import RiskMatrix
from creditrisk.grading.score_scale import ScoreScale

PLAIN = {"name": "demo", "version": "1", "cuts": (1.0, 2.0, 3.0)}


@pytest.fixture(scope="module")
def world():
    return draw_world()


def test_calibrate_reaches_the_shares_of_the_final_classes(world):
    posterior, X = world
    policy = GradingPolicy.calibrate(DrawnModel(posterior), X, shares=SHARES, rules=(VETO, NOTCH))
    shares = policy.grade(posterior, X).summary()["share"]
    assert shares.to_numpy() == pytest.approx(list(SHARES.values()), abs=1 / len(X))
    assert policy.calibrated["reached"] == shares.to_dict()


def test_a_policy_carries_its_date_and_currency(world):
    posterior, X = world
    policy = GradingPolicy.calibrate(DrawnModel(posterior), X, shares=SHARES)
    assert (policy.version, policy.currency, policy.calibrated["as_of"]) == (
        "2024-01-01",
        "CNY",
        "2024-01-01",
    )


def test_a_veto_is_d_whatever_the_model_says(world):
    posterior, X = world
    table = GradingPolicy(**{**PLAIN, "rules": (VETO,), "cuts": (1e9, 2e9, 3e9)}).grade(posterior, X).table
    vetoed = X["serious_list_now"] == 1
    assert set(table.loc[vetoed, "risk_class"]) == {"D"}
    assert set(table.loc[~vetoed, "risk_class"]) == {"A"}


def test_a_policy_may_cut_on_p(world):
    posterior, X = world
    table = GradingPolicy(**{**PLAIN, "on": "p", "cuts": (0.1, 0.2, 0.5)}).grade(posterior, X).table
    assert (table["risk_class"] == "D").equals(table["p_violation"] >= 0.5)


@pytest.mark.parametrize("high", ["risk", "credit"])
def test_a_score_of_either_sign_gives_the_classes_of_its_probability(world, high):
    posterior, X = world
    by_p = GradingPolicy.calibrate_on(posterior, X, shares=SHARES, on="p", rules=(VETO, NOTCH))
    scale = ScoreScale(top=1000, high=high, base=500, pdo=60)
    by_score = GradingPolicy.calibrate_on(
        posterior, X, shares=SHARES, on="score", score=scale, rules=(VETO, NOTCH)
    )
    assert list(by_score.cuts) == sorted(by_score.cuts, reverse=high == "credit")
    table = by_score.grade(posterior, X).table
    assert table["risk_class"].equals(by_p.grade(posterior, X).table["risk_class"])
    assert table["score"].between(0, 1000).all()
    sign = 1 if high == "risk" else -1
    assert table["score"].corr(table["p_violation"], method="spearman") * sign > 0.999


def test_a_policy_calibrated_with_confidence_reaches_its_shares(world):
    posterior, X = world
    decision = ByConfidence(level=0.8)
    policy = GradingPolicy.calibrate_on(posterior, X, shares=SHARES, rules=(VETO,), decision=decision)
    shares = policy.grade(posterior, X).summary()["share"]
    assert shares.to_numpy() == pytest.approx(list(SHARES.values()), abs=1 / len(X))
    unsure = dataclasses.replace(policy, decision=ByMean()).grade(posterior, X).summary()["share"]
    assert unsure["D"] > shares["D"]


def test_costs_say_which_class_is_cheapest(world):
    posterior, X = world
    careful = CostMatrix(costs=((0, 1, 2, 4), (9, 0, 1, 2), (9, 9, 0, 1), (99, 50, 20, 0)))
    policy = GradingPolicy(
        **{**PLAIN, "on": "p", "cuts": (0.1, 0.2, 0.5), "decision": ByCosts(costs=careful)}
    )
    table = policy.grade(posterior, X).table
    probabilities = table[[f"prob_{c}" for c in "ABCD"]].to_numpy()
    cost = careful.expected(probabilities)
    given = np.array(["ABCD".index(c) for c in table["risk_class"]])
    assert (cost[np.arange(len(cost)), given] == cost.min(axis=1)).all()
    by_mean = dataclasses.replace(policy, decision=ByMean()).grade(posterior, X).table
    assert (table["risk_class"] >= by_mean["risk_class"]).mean() > 0.99
    with pytest.raises(SpecError, match="which no goal can find"):
        GradingPolicy.calibrate_on(posterior, X, shares=SHARES, decision=policy.decision)


def test_a_matrix_grades_by_the_cell_of_p_and_loss(world):
    posterior, X = world
    matrix = RiskMatrix(p_edges=(0.2,), loss_edges=(8000.0,), classes=(("A", "B"), ("C", "D")))
    table = GradingPolicy(name="m", version="1", on="matrix", matrix=matrix).grade(posterior, X).table
    loss = table["expected_loss_cny"] / table["p_violation"]
    expected = np.array(
        ["ABCD"[2 * (p >= 0.2) + (one >= 8000)] for p, one in zip(table["p_violation"], loss, strict=True)]
    )
    assert (table["risk_class"] == expected).all()
    assert table[[f"prob_{c}" for c in "ABCD"]].sum(axis=1).to_numpy() == pytest.approx(1)
    one = (posterior.p[:, 5] >= 0.2) & (posterior.expected_loss[:, 5] / posterior.p[:, 5] >= 8000)
    assert table["prob_D"].iloc[5] == pytest.approx(one.mean())


def test_a_matrix_has_no_cuts_to_calibrate(world):
    with pytest.raises(SpecError, match="a matrix has none"):
        GradingPolicy.calibrate_on(*world, shares=SHARES, on="matrix")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"p_edges": (0.3, 0.2)}, "edges of a matrix rise"),
        ({"classes": (("A", "B"),)}, "complete it"),
        ({"classes": (("A", "B"), ("C", "E"))}, "A, B, C or D"),
        ({"classes": (("B", "A"), ("C", "D"))}, "never improves a class"),
    ],
)
def test_an_impossible_matrix_is_one_sentence(change, says):
    plain = {"p_edges": (0.2,), "loss_edges": (8000.0,), "classes": (("A", "B"), ("C", "D"))}
    with pytest.raises(SpecError, match=says):
        RiskMatrix(**{**plain, **change})


def test_a_loss_on_the_cut_is_in_the_riskier_class(world):
    posterior, X = world
    loss = GradingPolicy(**PLAIN).grade(posterior, X).table["expected_loss_cny"].sort_values()
    policy = GradingPolicy(**{**PLAIN, "cuts": (loss.iloc[1000], np.inf, np.inf)})
    assert policy.grade(posterior, X).table["risk_class"].value_counts()["A"] == 1000


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cuts": (3.0, 2.0, 1.0)}, "Cuts must not fall"),
        ({"cuts": (1.0, 2.0)}, "three cuts"),
        ({"cuts": (-1.0, 2.0, 3.0)}, "0 or more"),
        ({"cuts": (float("nan"), 2.0, 3.0)}, "0 or more"),
        ({"on": "expected_los"}, "Did you mean 'expected_loss'"),
        ({"interval": 90}, "between 0 and 1"),
        ({"cuts": None}, "three cuts, or a matrix"),
        ({"on": "score"}, "has a score if it grades by one"),
        ({"on": "matrix", "cuts": None}, "has a matrix if it grades by one"),
        ({"on": "score", "score": ScoreScale(high="credit")}, "must not rise"),
        ({"in_force_from": dt.date(2025, 1, 1), "in_force_to": dt.date(2025, 1, 1)}, "which is never"),
        ({"rules": (VETO, VETO)}, "more than once"),
    ],
)
def test_an_impossible_policy_is_one_sentence(change, says):
    with pytest.raises(SpecError, match=says):
        GradingPolicy(**{**PLAIN, **change})


def test_a_policy_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        GradingPolicy(**PLAIN).cuts = (1.0, 1.0, 1.0)


def test_another_order_of_entities_is_refused(world):
    posterior, X = world
    with pytest.raises(SpecError, match="their order differs"):
        GradingPolicy(**PLAIN).grade(posterior, X.iloc[::-1])


def test_another_currency_is_refused(world):
    posterior, X = world
    with pytest.raises(SpecError, match="'demo' is in CAD, the posterior in CNY"):
        GradingPolicy(**PLAIN, currency="CAD").grade(posterior, X)


def test_shares_are_checked_before_the_posterior_is_drawn(world):
    class NeverAsked:
        def posterior(self, X):
            raise AssertionError

    with pytest.raises(SpecError, match="add up to"):
        GradingPolicy.calibrate(NeverAsked(), world[1], shares={"A": 0.5})
