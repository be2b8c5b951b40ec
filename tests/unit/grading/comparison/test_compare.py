import dataclasses

import numpy as np
import pandas as pd
import pytest
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, draw_world

from creditrisk.errors import SpecError
from creditrisk.grading.comparison.effects import Known, effects
from creditrisk.grading.comparison.movers import migration, movers
from creditrisk.grading.inspection_rates import load_rates
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.risk_class import RiskClass

RATES = {"A": 0.02, "B": 0.1, "C": 0.3, "D": 0.9}


@pytest.fixture(scope="module")
def world():
    return draw_world(1500, draws=60)


@pytest.fixture(scope="module")
def policies(world):
    first = GradingPolicy.calibrate_on(*world, shares=SHARES, rules=(VETO, NOTCH), version="1")
    return first, GradingPolicy.calibrate_on(*world, capacity=100, rules=(VETO, NOTCH), version="2")


def test_the_classes_are_those_of_grading(world, policies):
    found = policies[0].compare(policies[1], *world)
    for name, policy in zip(("before", "after"), policies, strict=True):
        assert (found.classes[name] == policy.grade(*world).table["risk_class"]).all()
    assert found.migration.to_numpy().sum() == 1500
    assert found.migration["D"].sum() == 100
    assert len(found.moved) == 1500 - np.trace(found.migration)


def test_what_is_found_follows_from_rates_and_draws(world, policies):
    posterior, X = world
    found = policies[0].compare(policies[1], *world, rates=RATES)
    rate = {name: found.classes[name].map(RATES).to_numpy() for name in ("before", "after")}
    assert found.effects.loc["inspections", "after"] == pytest.approx(rate["after"].sum())
    assert found.effects.loc["violations_found", "before"] == pytest.approx(
        rate["before"] @ posterior.p.mean(axis=0), rel=1e-5
    )
    change = posterior.expected_loss.astype(float) @ (rate["after"] - rate["before"])
    lower, upper = np.quantile(change, [0.05, 0.95])
    assert found.effects.loc["loss_found", ["lower", "upper"]].tolist() == pytest.approx(
        [lower, upper], rel=1e-4
    )
    in_d = found.classes["after"] == "D"
    assert found.effects.loc["precision_d", "after"] == pytest.approx(posterior.p[:, in_d].mean(), rel=1e-5)
    assert found.direct == int((X["serious_list_now"] == 1).sum())


def test_a_policy_against_itself_moves_nobody(world, policies):
    found = policies[0].compare(dataclasses.replace(policies[0], version="9"), *world)
    assert found.moved.empty
    assert (found.effects[["change", "lower", "upper"]].to_numpy() == 0).all()
    assert (found.movers["moved"] == 0).all()


def test_movers_are_told_by_any_column(world, policies):
    X = world[1].assign(size=np.where(world[1]["age_years"] > 8, "old", None))
    found = policies[0].compare(policies[1], world[0], X, by=["region", "size"])
    assert set(found.movers.index) == {
        ("region", "440100"),
        ("region", "440300"),
        ("size", "old"),
        ("size", "–"),
    }
    by_region = found.movers.loc["region"]
    assert by_region["entities"].sum() == 1500
    assert by_region[["up", "down"]].to_numpy().sum() == len(found.moved)
    with pytest.raises(SpecError, match="Did you mean 'region'"):
        policies[0].compare(policies[1], *world, by=["regio"])


def test_without_draws_there_are_no_intervals():
    ranks = np.array([0, 3], dtype=np.int8)
    known = Known(p=np.array([0.1, 0.4]), loss=np.array([1.0, 2.0]))
    table = effects(ranks, ranks[::-1], known, load_rates(), interval=0.9)
    assert table.loc["violations_found", ["lower", "upper"]].isna().all()
    assert table.loc["precision_d"].tolist()[:2] == [0.4, 0.1]
    nobody = effects(ranks * 0, ranks * 0, known, load_rates(), interval=0.9)
    assert np.isnan(nobody.loc["precision_d", "after"])
    assert set(load_rates()) == set(RiskClass)


def test_other_currencies_are_refused(world, policies):
    with pytest.raises(SpecError, match="in CAD"):
        policies[0].compare(dataclasses.replace(policies[1], currency="CAD"), *world)


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "would change class"), ("zh", "类别将变化")],
)
def test_a_page_says_what_changes(world, policies, language, says):
    page = policies[0].compare(policies[1], *world).to_markdown(language=language)
    assert says in page
    assert "region 440100" in page
    assert page.count("\n| D |") == 1


def test_groups_without_columns_are_empty():
    ranks = np.array([0, 1], dtype=np.int8)
    assert movers(ranks, ranks, pd.DataFrame(index=[0, 1]), []).empty
    assert migration(ranks, ranks).to_numpy().trace() == 2
