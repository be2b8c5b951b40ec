import numpy as np
import pandas as pd
import pytest
from tests.unit.supervision.rated import rated

from creditrisk.errors import OutcomeError, SchemaError, SpecError
from creditrisk.supervision.estimates import estimate_assisted, estimate_by_class
from creditrisk.supervision.intervals import interval_of_rate
from creditrisk.supervision.plan import InspectionPlan
from creditrisk.supervision.weighting import total_variance

RATES = {"A": 0.1, "B": 0.2, "C": 0.5, "D": 1.0}


@pytest.fixture(scope="module")
def ratings():
    return rated(2000)


@pytest.fixture(scope="module")
def truth(ratings):
    p = ratings.table["p_violation"]
    return (np.random.default_rng(7).random(len(p)) < p).astype(float)


def test_a_stratified_rate_is_the_textbook_one(ratings, truth):
    draw = InspectionPlan(rates=RATES, design="stratified", seed=1).draw(ratings)
    row = estimate_by_class(draw, truth[draw["drawn"]]).loc["B"]
    in_b = truth[draw["drawn"] & (draw["risk_class"] == "B")]
    assert row["visited"] == len(in_b) == 120
    assert row["hajek"] == row["ht"] == pytest.approx(in_b.mean())
    by_hand = (1 - 0.2) * in_b.var(ddof=1) / 120
    chances = np.full(120, 0.2)
    ours = total_variance(in_b.to_numpy(), chances, np.zeros(120, dtype=int), independent=False) / 600**2
    assert ours == pytest.approx(by_hand)


def test_a_class_that_was_inspected_whole_is_known_exactly(ratings, truth):
    draw = InspectionPlan(rates=RATES, seed=1).draw(ratings)
    loss = truth * ratings.table["expected_loss_cny"]
    row = estimate_by_class(draw, loss[draw["drawn"]]).loc["D"]
    exact = loss[draw["risk_class"] == "D"].mean()
    assert row[["ht", "ht_lower", "ht_upper", "hajek_lower"]].to_numpy() == pytest.approx(exact)


def test_the_claim_of_targeting_is_the_plain_mean(ratings, truth):
    draw = InspectionPlan(rates=RATES, seed=1).draw(ratings)
    table = estimate_by_class(draw, truth[draw["drawn"]])
    assert table.loc["all", "claimed"] == truth[draw["drawn"]].mean()
    assert table.loc["all", "claimed"] > 1.4 * truth.mean()
    assert table.loc["all", "hajek_lower"] < truth.mean() < table.loc["all", "hajek_upper"]
    assert table.index.tolist() == ["A", "B", "C", "D", "all"]


def test_values_of_the_not_drawn_are_no_part_of_the_estimate(ratings, truth):
    draw = InspectionPlan(rates=RATES, seed=1).draw(ratings)
    drawn = truth[draw["drawn"]]
    complaints = truth[~draw["drawn"]].sample(50, random_state=1) * 0 + 1
    with_complaints = estimate_by_class(draw, pd.concat([drawn, complaints]))
    alone = estimate_by_class(draw, drawn)
    pd.testing.assert_frame_equal(with_complaints.drop(columns="claimed"), alone.drop(columns="claimed"))
    assert with_complaints.loc["all", "claimed"] > alone.loc["all", "claimed"]


def test_the_drawn_without_a_result_are_taken_to_be_like_their_class(ratings, truth):
    draw = InspectionPlan(rates=RATES, design="stratified", seed=1).draw(ratings)
    drawn = truth[draw["drawn"]]
    answered = drawn.sample(frac=0.5, random_state=1)
    row = estimate_by_class(draw, answered).loc["C"]
    in_c = answered[draw.loc[answered.index, "risk_class"] == "C"]
    assert row["ht"] == pytest.approx(in_c.mean())
    assert row["hajek_upper"] - row["hajek_lower"] > np.ptp(
        estimate_by_class(draw, drawn).loc["C", ["hajek_lower", "hajek_upper"]].to_numpy(dtype=float)
    )


def test_a_rate_of_nothing_found_still_has_an_interval(ratings, truth):
    draw = InspectionPlan(rates=RATES, seed=1).draw(ratings)
    row = estimate_by_class(draw, truth[draw["drawn"]] * 0).loc["A"]
    assert row["hajek"] == row["hajek_lower"] == 0
    assert 0.01 < row["hajek_upper"] < 0.05
    assert interval_of_rate(1.0, 0.0, 30, 0.9)[0] == pytest.approx(1 - 0.083, abs=1e-3)


def test_a_perfect_model_leaves_no_doubt_and_a_wrong_one_no_bias(ratings, truth):
    draw = InspectionPlan(rates=RATES, seed=1).draw(ratings)
    drawn = truth[draw["drawn"]]
    perfect = estimate_assisted(draw, drawn, truth)
    assert perfect.value == pytest.approx(truth.mean())
    assert perfect.standard_error == pytest.approx(0)
    good = estimate_assisted(draw, drawn, ratings.table["p_violation"])
    wrong = estimate_assisted(draw, drawn, 1 - ratings.table["p_violation"])
    assert good.standard_error < wrong.standard_error
    for estimate in (good, wrong):
        assert abs(estimate.value - truth.mean()) < 3 * estimate.standard_error
        assert estimate.lower < estimate.value < estimate.upper


def test_bad_input_is_one_sentence(ratings, truth):
    draw = InspectionPlan(rates=RATES, seed=1).draw(ratings)
    with pytest.raises(SpecError, match="between 0 and 1; got 90"):
        estimate_by_class(draw, truth, interval=90)
    with pytest.raises(OutcomeError, match="drawn entities has one: index the values by entity id"):
        estimate_by_class(draw, truth.reset_index(drop=True))
    with pytest.raises(SchemaError, match="inclusion_probability is missing"):
        estimate_by_class(draw.drop(columns="inclusion_probability"), truth)
    bare = pd.DataFrame(draw.to_dict("series"))
    with pytest.raises(SchemaError, match="the design is missing"):
        estimate_by_class(bare, truth)
    with pytest.raises(SchemaError, match="'E00000' has none: predict it as well"):
        estimate_assisted(draw, truth[draw["drawn"]], ratings.table["p_violation"].iloc[1:])
