import numpy as np
import pytest
from tests.unit.grading.calibration.drawn_evidence import draw_evidence, final_ranks
from tests.unit.grading.drawn import rule

from creditrisk.errors import SpecError
from creditrisk.grading.calibration.capacity import Capacity, InspectionCapacity
from creditrisk.grading.calibration.precision import Precision
from creditrisk.grading.calibration.wanted import goal_of

RATES = {"A": 0.02, "B": 0.1, "C": 0.3, "D": 0.9}


def counts(evidence, cuts):
    return np.bincount(final_ranks(evidence, cuts), minlength=4)


@pytest.mark.parametrize("room", [150, 400, 1500, 4000])
def test_d_fills_the_capacity_and_the_others_share_the_rest(room):
    evidence = draw_evidence()
    found = goal_of(capacity=room).solve(evidence)
    a, b, _, d = counts(evidence, found.cuts)
    assert d == room
    assert a == pytest.approx((4000 - room) * 0.4727 / 0.9061, abs=1)
    assert b == pytest.approx((4000 - room) * 0.3359 / 0.9061, abs=2)
    assert found.notes == {"en": "", "zh": ""}


def test_a_capacity_may_be_a_number_of_numpy():
    assert goal_of(capacity=np.int64(30)).conditions == (Capacity(entities=30),)


def test_c_and_d_fill_a_capacity_together():
    evidence = draw_evidence()
    found = goal_of(capacity=Capacity(entities=700, classes=("C", "D"))).solve(evidence)
    *_, c, d = counts(evidence, found.cuts)
    assert c + d == 700
    assert d == pytest.approx(700 * 0.0939 / 0.1914, abs=1)


def test_equal_values_never_exceed_a_capacity():
    evidence = draw_evidence(rules=())
    ordered = np.argsort(evidence.values)
    evidence.values[ordered[-900:-100]] = evidence.values[ordered[-101]]
    assert counts(evidence, goal_of(capacity=300).solve(evidence).cuts)[3] == 100


def test_expected_inspections_come_up_to_the_capacity_and_no_further():
    evidence = draw_evidence()
    found = goal_of(capacity=InspectionCapacity(inspections=900, rates=RATES)).solve(evidence)
    expected = counts(evidence, found.cuts) @ list(RATES.values())
    assert 899 <= expected <= 900


@pytest.mark.parametrize("on", ["p", "expected_loss"])
@pytest.mark.parametrize("rate", [0.25, 0.35])
def test_precision_holds_and_a_fifth_more_of_d_would_break_it(on, rate):
    evidence = draw_evidence(on=on, rate=0.005)
    found = goal_of(precision=rate).solve(evidence)
    ranks = final_ranks(evidence, found.cuts)
    assert evidence.p[ranks == 3].mean() >= rate
    larger = goal_of(capacity=int(1.2 * (ranks == 3).sum()) + 1).solve(evidence)
    assert evidence.p[final_ranks(evidence, larger.cuts) == 3].mean() < rate


def test_cuts_that_forget_the_rules_miss_the_precision():
    """The twin: direct determinations of low probability count as well."""
    evidence = draw_evidence()
    free = draw_evidence(rules=())
    cuts = goal_of(precision=0.5).solve(free).cuts
    assert free.p[final_ranks(free, cuts) == 3].mean() >= 0.5
    assert evidence.p[final_ranks(evidence, cuts) == 3].mean() < 0.5


def test_precision_of_the_model_leaves_direct_determinations_out():
    evidence = draw_evidence()
    of_all, of_model = Precision(at_least=0.5), Precision(at_least=0.5, among="model")
    assert not goal_of(precision=of_all).solve(evidence).checks[0].holds
    found = goal_of(precision=of_model).solve(evidence)
    by_model = (final_ranks(evidence, found.cuts) == 3) & ~evidence.hits.hit[:, 0]
    assert found.checks[0].figure == pytest.approx(evidence.p[by_model].mean())
    assert 0.5 <= evidence.p[by_model].mean() < 0.505


def test_of_two_goals_the_tighter_one_rules_and_the_note_says_what_the_other_would_give():
    evidence = draw_evidence(rate=0.005)
    alone = counts(evidence, goal_of(precision=0.5).solve(evidence).cuts)[3]
    found = goal_of(capacity=int(alone) + 200, precision=0.5).solve(evidence)
    assert counts(evidence, found.cuts)[3] == alone
    assert all(one.holds for one in found.checks)
    assert f"We recommend {alone} entities" in found.notes["en"]
    assert f"“at most {alone + 200} entities in D”" in found.notes["en"]
    assert f"建议取{alone}户" in found.notes["zh"]
    agreed = goal_of(capacity=int(alone), precision=0.5).solve(evidence)
    assert agreed.notes["en"] == ""


def test_shares_beside_a_capacity_are_the_most_that_d_may_have():
    evidence = draw_evidence()
    shares = {"A": 0.5, "B": 0.3, "C": 0.1, "D": 0.1}
    found = goal_of(shares=shares, capacity=200).solve(evidence)
    assert counts(evidence, found.cuts)[3] == 200
    assert "“at most 10.00% of the entities in D” alone D would hold 400" in found.notes["en"]
    assert counts(evidence, goal_of(shares=shares, capacity=900).solve(evidence).cuts)[3] == 400


def test_a_goal_that_the_rules_forbid_is_said_to_be_missed():
    evidence = draw_evidence(rules=(rule("veto", "v"),), rate=0.2)
    vetoed = evidence.hits.hit.sum()
    found = goal_of(capacity=100).solve(evidence)
    assert counts(evidence, found.cuts)[3] == vetoed
    assert not found.checks[0].holds
    assert f"{vetoed} entities" in found.notes["en"]
    assert "建议调整该目标" in found.notes["zh"]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: goal_of(), "needs a goal"),
        (lambda: goal_of(capacity=-1), "0 entities or more"),
        (lambda: goal_of(precision=40), "from 0 to 1"),
        (lambda: goal_of(max_share=2), "from 0 to 1"),
        (lambda: Capacity(entities=1, classes=("B",)), "for C and D together"),
        (lambda: InspectionCapacity(inspections=1, rates={"A": 0.1}), "B, C, D is missing"),
        (lambda: InspectionCapacity(inspections=-1, rates=RATES), "0 inspections or more"),
        (lambda: Precision(at_least=float("nan")), "from 0 to 1"),
        (lambda: Precision(at_least=0.5, among="modell"), "Did you mean 'model'"),
    ],
)
def test_an_impossible_goal_is_one_sentence(make, says):
    with pytest.raises(SpecError, match=says):
        make()
