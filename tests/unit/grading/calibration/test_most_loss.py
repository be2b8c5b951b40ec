import itertools

import numpy as np
import pytest
from tests.unit.grading.calibration.drawn_evidence import draw_evidence, final_ranks

from creditrisk.errors import SpecError
from creditrisk.grading.calibration.capacity import InspectionCapacity
from creditrisk.grading.calibration.most_loss import MostLoss
from creditrisk.grading.calibration.wanted import goal_of

RATES = {"A": 0.02, "B": 0.1, "C": 0.3, "D": 0.9}


def found_and_spent(evidence, cuts):
    rates = np.array(list(RATES.values()))[final_ranks(evidence, cuts)]
    return float(rates @ evidence.loss), float(rates.sum())


def test_no_other_cuts_within_the_capacity_find_more():
    evidence = draw_evidence(40, rules=(), on="expected_loss")
    goal = MostLoss(capacity=InspectionCapacity(inspections=9, rates=RATES))
    loss, spent = found_and_spent(evidence, goal.solve(evidence).cuts)
    places = [0.0, *np.sort(evidence.values), np.inf]
    tried = [found_and_spent(evidence, cuts) for cuts in itertools.combinations_with_replacement(places, 3)]
    one_visit = 0.9 * evidence.loss.max() / 9
    assert spent <= 9
    assert loss >= max(found for found, cost in tried if cost <= 9) - one_visit


def test_largest_shares_are_kept_and_what_is_left_goes_one_class_down():
    evidence = draw_evidence(on="expected_loss")
    goal = MostLoss(
        capacity=InspectionCapacity(inspections=650, rates=RATES), most={"D": 0.1, "C": 0.15, "B": 0.3}
    )
    cuts = goal.solve(evidence).cuts
    counts = np.bincount(final_ranks(evidence, cuts), minlength=4)
    assert counts[3] == 400
    assert counts[2] == 600
    assert 649 <= found_and_spent(evidence, cuts)[1] <= 650


def test_it_is_a_goal_by_itself():
    goal = MostLoss(capacity=InspectionCapacity(inspections=700, rates=RATES))
    with pytest.raises(SpecError, match="goal by itself"):
        goal_of(most_loss=goal, capacity=3)
    with pytest.raises(SpecError, match="from 0 to 1"):
        MostLoss(capacity=goal.capacity, most={"A": 0.3})
