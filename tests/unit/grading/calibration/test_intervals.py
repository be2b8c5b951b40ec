from dataclasses import replace

import numpy as np
import pytest
from tests.unit.grading.calibration.drawn_evidence import draw_evidence

from creditrisk.grading.calibration.intervals import cut_intervals
from creditrisk.grading.calibration.wanted import goal_of


def test_intervals_hold_the_cuts_and_are_the_same_for_the_same_seed():
    evidence = draw_evidence()
    goal = goal_of(capacity=400, precision=0.2)
    cuts = goal.cuts(evidence)
    found = cut_intervals(goal, evidence, cuts, replications=20, random_state=1)
    assert found == cut_intervals(goal, evidence, cuts, replications=20, random_state=1)
    for one in (found.entities, found.posterior):
        assert all(low <= cut <= high for low, cut, high in zip(one.lower, cuts, one.upper, strict=True))


def test_the_spread_over_entities_is_that_of_new_samples():
    """The 90 % interval of the cut at the 90.61 % quantile, against the law of quantiles."""
    evidence = replace(
        draw_evidence(2000, rules=()), drawn=None, values=np.random.default_rng(3).random(2000)
    )
    goal = goal_of(shares={"A": 0.4727, "B": 0.3359, "C": 0.0975, "D": 0.0939})
    found = cut_intervals(goal, evidence, goal.cuts(evidence), replications=400)
    sd = (0.0939 * 0.9061 / 2000) ** 0.5
    assert found.posterior is None
    assert found.entities.upper[2] - found.entities.lower[2] == pytest.approx(2 * 1.645 * sd, rel=0.2)


def test_more_entities_make_it_narrower():
    goal = goal_of(capacity=0)
    widths = []
    for n in (500, 50_000):
        evidence = replace(draw_evidence(n, rules=(), draws=1), drawn=None)
        goal = goal_of(max_share=0.1)
        found = cut_intervals(goal, evidence, goal.cuts(evidence), replications=60).entities
        widths.append(found.upper[2] - found.lower[2])
    assert widths[0] / widths[1] == pytest.approx(10, rel=0.5)


def test_draws_that_agree_leave_no_doubt():
    evidence = draw_evidence(draws=30)
    same = replace(
        evidence,
        drawn=replace(
            evidence.drawn,
            **{k: np.tile(getattr(evidence.drawn, k)[:1], (30, 1)) for k in ("values", "p", "loss")},
        ),
    )
    goal = goal_of(capacity=300)
    wide = cut_intervals(goal, evidence, goal.cuts(evidence)).posterior
    narrow = cut_intervals(goal, same, goal.cuts(same)).posterior
    assert narrow.upper[2] == pytest.approx(narrow.lower[2])
    assert wide.upper[2] > wide.lower[2]


def test_both_sources_together_are_wider_than_each():
    evidence = draw_evidence()
    goal = goal_of(capacity=300)
    cuts = goal.cuts(evidence)
    found = cut_intervals(goal, evidence, cuts, replications=20)
    both = found.together(cuts)
    for one in (found.entities, found.posterior):
        assert all(low <= mine for low, mine in zip(both.lower, one.lower, strict=True))
        assert all(high >= mine for high, mine in zip(both.upper, one.upper, strict=True))
    three, four = cuts[2] - found.entities.lower[2], cuts[2] - found.posterior.lower[2]
    assert cuts[2] - both.lower[2] == pytest.approx((three**2 + four**2) ** 0.5)
