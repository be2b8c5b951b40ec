import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.grading.calibration.drawn_evidence import RULES, draw_evidence, final_ranks
from tests.unit.grading.drawn import rule

from creditrisk.grading.calibration.ladder import cut_after, ladder_of


@given(
    seed=st.integers(0, 50),
    cuts=st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted),
    rate=st.sampled_from([0.0, 0.1, 0.6]),
)
def test_the_tally_is_what_grading_gives(seed, cuts, rate):
    rules = (*RULES, rule("notch", "n2", notches=2), rule("ceiling", "c", risk_class="B"))
    evidence = draw_evidence(60, seed=seed, draws=2, rules=rules, rate=rate)
    tally = ladder_of(evidence).tally(tuple(cuts))
    ranks = final_ranks(evidence, tuple(cuts))
    assert tally.entities.tolist() == np.bincount(ranks, minlength=4).tolist()
    assert tally.p == pytest.approx(np.bincount(ranks, weights=evidence.p, minlength=4), abs=1e-9)
    assert tally.loss == pytest.approx(np.bincount(ranks, weights=evidence.loss, minlength=4), abs=1e-6)


def test_a_sample_stands_for_all():
    evidence = draw_evidence(1000)
    sample = evidence.sample(np.arange(0, 1000, 10))
    assert ladder_of(sample).tally((0.1, 0.2, 0.3)).entities.sum() == pytest.approx(1000)
    assert ladder_of(sample.sample(np.arange(10))).tally((0.1, 0.2, 0.3)).entities.sum() == pytest.approx(
        1000
    )


def test_a_cut_lies_between_two_values_even_next_to_each_other():
    values = np.array([1.0, np.nextafter(1.0, 2)])
    assert cut_after(values, 1) == values[1]
