"""The law: estimates by design are right on average and their intervals cover; the plain mean is neither."""

import numpy as np
import pytest
from tests.unit.supervision.rated import rated

from creditrisk.supervision.estimates import estimate_assisted, estimate_by_class
from creditrisk.supervision.plan import InspectionPlan

RATINGS = rated(1500)
P = RATINGS.table["p_violation"]
TRUTH = (np.random.default_rng(7).random(len(P)) < P).astype(float)
LOSS = TRUTH * RATINGS.table["expected_loss_cny"] / P
RATES = {"A": 0.1, "B": 0.2, "C": 0.5, "D": 0.9}
PLANS = {
    "poisson": InspectionPlan(rates=RATES),
    "stratified": InspectionPlan(rates=RATES, design="stratified"),
    "systematic": InspectionPlan(rates=RATES, exploration=0.3, design="systematic"),
    "by loss": InspectionPlan(capacity=300, least_chance=0.1, exploration=0.2),
}


def repeated(plan, draws):
    """Return estimate, lower and upper end of three means, and the plain mean, for many seeds."""
    rows = []
    for seed in range(draws):
        draw = plan.draw(RATINGS, seed=seed)
        found = TRUTH[draw["drawn"]]
        rate = estimate_by_class(draw, found).loc["all"]
        loss = estimate_by_class(draw, LOSS[draw["drawn"]]).loc["all"]
        assisted = estimate_assisted(draw, found, P)
        rows.append(
            [
                *rate[["hajek", "hajek_lower", "hajek_upper"]],
                *loss[["ht", "ht_lower", "ht_upper"]],
                *(assisted.value, assisted.lower, assisted.upper),
                rate["claimed"],
            ]
        )
    return np.array(rows)


def check(found, draws):
    for column, true in ((0, TRUTH.mean()), (3, LOSS.mean()), (6, TRUTH.mean())):
        value, lower, upper = found[:, column : column + 3].T
        bias = (value.mean() - true) / (value.std(ddof=1) / np.sqrt(draws))
        covered = np.mean((lower <= true) & (true <= upper))
        assert abs(bias) < 4, (column, bias)
        slack = 4 * np.sqrt(0.09 / draws)
        assert 0.86 - slack < covered < 0.94 + slack, (column, covered)


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_estimates_are_right_on_average_and_intervals_cover(plan):
    check(repeated(plan, 40), 40)


@pytest.mark.slow
@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_estimates_are_right_on_average_over_many_draws(plan):
    check(repeated(plan, 300), 300)


def test_what_targeting_claims_is_far_from_the_truth():
    claimed = repeated(PLANS["by loss"], 20)[:, 9]
    assert claimed.mean() > 1.5 * TRUTH.mean()
    assert claimed.min() > TRUTH.mean()
