import itertools
from dataclasses import replace

import numpy as np
import pytest
from tests.unit.grading.calibration.drawn_evidence import draw_evidence, final_ranks

from creditrisk.errors import SpecError
from creditrisk.grading.calibration.wanted import goal_of
from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.draws import class_probabilities

TRUE_CUTS = (0.1, 0.2, 0.35)
COSTS = CostMatrix(costs=((0, 1, 2, 4), (2, 0, 1, 2), (5, 2, 0, 1), (20, 10, 4, 0)), true_cuts=TRUE_CUTS)


def with_true_classes(evidence):
    return replace(evidence, true_class=class_probabilities(evidence.drawn.values, TRUE_CUTS))


def cost_of(evidence, cuts):
    expected = COSTS.expected(evidence.true_class)
    return expected[np.arange(len(evidence)), final_ranks(evidence, cuts)].sum()


@pytest.mark.parametrize("seed", range(5))
def test_no_other_cuts_are_cheaper(seed):
    evidence = with_true_classes(draw_evidence(30, seed=seed, rate=0.1))
    places = [0.0, *np.sort(evidence.values), 1.0]
    cheapest = min(cost_of(evidence, cuts) for cuts in itertools.combinations_with_replacement(places, 3))
    assert cost_of(evidence, goal_of(costs=COSTS).solve(evidence).cuts) == pytest.approx(cheapest)


def test_cutting_where_the_true_classes_begin_costs_more():
    """The twin: missing a D costs much, so the cheapest cuts lie lower."""
    evidence = with_true_classes(draw_evidence())
    found = goal_of(costs=COSTS).solve(evidence).cuts
    assert cost_of(evidence, found) < cost_of(evidence, TRUE_CUTS)
    assert found[2] < TRUE_CUTS[2]


def test_a_condition_makes_d_smaller():
    evidence = with_true_classes(draw_evidence())
    free = goal_of(costs=COSTS).solve(evidence)
    bound = goal_of(costs=COSTS, capacity=300).solve(evidence)
    assert (final_ranks(evidence, free.cuts) == 3).sum() > 300
    assert (final_ranks(evidence, bound.cuts) == 3).sum() == 300
    assert bound.checks[0].holds


def test_costs_need_the_true_classes():
    with pytest.raises(SpecError, match="true_cuts"):
        goal_of(costs=COSTS).solve(draw_evidence())


@pytest.mark.parametrize(
    ("costs", "says"),
    [
        (((0, 1), (1, 0)), "four rows of four"),
        (((1, 0, 0, 0), *COSTS.costs[1:]), "lowest for the true class"),
        (((0, 1, 2, float("nan")), *COSTS.costs[1:]), "lowest for the true class"),
    ],
)
def test_impossible_costs_are_one_sentence(costs, says):
    with pytest.raises(SpecError, match=says):
        CostMatrix(costs=costs)
    with pytest.raises(SpecError, match="True cuts must not fall"):
        CostMatrix(costs=COSTS.costs, true_cuts=(0.3, 0.2, 0.1))


def test_two_classes_that_cost_the_same_go_to_the_riskier_one():
    flat = CostMatrix(costs=((0, 0, 1, 1), (0, 0, 1, 1), (1, 1, 0, 0), (1, 1, 0, 0)))
    assert flat.cheapest(np.array([[1.0, 0, 0, 0], [0, 0, 0, 1.0]])).tolist() == [1, 3]
