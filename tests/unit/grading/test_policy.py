import dataclasses

import numpy as np
import pytest
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, DrawnModel, draw_world

from creditrisk.errors import SpecError
from creditrisk.grading.policy import GradingPolicy

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
