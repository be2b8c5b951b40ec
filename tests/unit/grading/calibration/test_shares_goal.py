import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.grading.drawn import SHARES, rule

from creditrisk.grading.calibration.evidence import Evidence
from creditrisk.grading.calibration.shares_goal import TargetShares
from creditrisk.grading.cuts import model_ranks
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.rules import apply_rules, find_hits
from creditrisk.grading.shares import check_shares

TARGETS = check_shares(SHARES)
NO_RULES = find_hits([], pd.DataFrame(index=range(1000)))


def cuts_by_shares(values, hits, shares):
    nothing = np.zeros(len(values))
    return TargetShares(shares=shares).solve(Evidence(values=values, p=nothing, loss=nothing, hits=hits))


def hits_of(rules, n, seed=3, rate=0.1):
    rng = np.random.default_rng(seed)
    return find_hits(rules, pd.DataFrame({r.indicator: (rng.random(n) < rate).astype(float) for r in rules}))


def counts_of(values, hits, cuts):
    return np.bincount(apply_rules(hits, model_ranks(values, cuts)).ranks, minlength=4)


def rounded(shares, n):
    edges = [0, *np.floor(np.cumsum(list(shares.values()))[:3] * n + 0.5).astype(int), n]
    return np.diff(edges)


def test_shares_are_exact_without_rules():
    values = np.random.default_rng(1).lognormal(size=1000)
    found = cuts_by_shares(values, NO_RULES, TARGETS)
    assert counts_of(values, NO_RULES, found.cuts).tolist() == rounded(TARGETS, 1000).tolist()
    assert set(found.notes.values()) == {""}


@pytest.mark.parametrize(
    "rules",
    [
        [rule("veto", "a")],
        [rule("notch", "a", notches=1)],
        [rule("notch", "a", notches=1, risk_class="C"), rule("veto", "b")],
        [rule("notch", "a", notches=2), rule("floor", "b", risk_class="B")],
        [rule("floor", "a", risk_class="C"), rule("notch", "b", notches=1, risk_class="B")],
    ],
)
def test_shares_are_those_of_the_final_classes(rules):
    values = np.random.default_rng(2).lognormal(size=5000)
    hits = hits_of(rules, 5000, rate=0.05)
    found = cuts_by_shares(values, hits, TARGETS)
    assert counts_of(values, hits, found.cuts).tolist() == rounded(TARGETS, 5000).tolist()
    assert found.tally.shares.tolist() == pytest.approx(list(TARGETS.values()), abs=1e-3)


def test_cutting_without_regard_to_the_rules_misses_the_shares():
    """The twin: cuts made as if there were no rules give too many of D."""
    values = np.random.default_rng(2).lognormal(size=5000)
    hits = hits_of([rule("veto", "a")], 5000, rate=0.05)
    blind = cuts_by_shares(values, find_hits([], pd.DataFrame(index=range(5000))), TARGETS).cuts
    assert counts_of(values, hits, blind)[3] > rounded(TARGETS, 5000)[3] + 100


def test_vetoes_beyond_the_share_keep_d_and_the_rest_is_split_in_proportion():
    values = np.random.default_rng(4).lognormal(size=10_000)
    hits = hits_of([rule("veto", "a")], 10_000, rate=0.2)
    found = cuts_by_shares(values, hits, TARGETS)
    counts = counts_of(values, hits, found.cuts)
    assert counts[3] == hits.hit.sum()
    assert counts[:3] / counts[:3].sum() == pytest.approx(
        np.array([0.4727, 0.3359, 0.0975]) / 0.9061, abs=1e-3
    )
    assert "more than its share of 9.39%" in found.notes["en"]
    assert "超过其目标占比9.39%" in found.notes["zh"]


@pytest.mark.parametrize("tied_share", [0.3, 0.55, 0.95, 1.0])
def test_ties_go_to_the_nearer_side_and_the_note_says_so(tied_share):
    values = np.random.default_rng(5).lognormal(size=1000) + 1
    values[: int(tied_share * 1000)] = 1.0
    found = cuts_by_shares(values, NO_RULES, TARGETS)
    below_b = int(np.count_nonzero(values < found.cuts[0]))
    candidates = np.array([np.count_nonzero(values < cut) for cut in [*np.unique(values), np.inf]])
    assert abs(below_b - 473) == np.abs(candidates - 473).min()
    assert (found.notes["en"] != "") == (found.notes["zh"] != "") == (below_b != 473)


def test_a_tie_that_is_as_near_on_both_sides_goes_to_the_riskier_class():
    values = np.array([1.0, 2.0, 2.0, 3.0])
    hits = find_hits([], pd.DataFrame(index=range(4)))
    found = cuts_by_shares(values, hits, check_shares({"A": 0.5, "D": 0.5}))
    assert counts_of(values, hits, found.cuts).tolist() == [1, 0, 0, 3]


@given(
    values=st.lists(st.floats(0, 1e6, width=32), min_size=1, max_size=60),
    weights=st.lists(st.integers(0, 5), min_size=4, max_size=4).filter(any),
    notch=st.integers(1, 3),
    cap=st.sampled_from("BCD"),
    seed=st.integers(0, 99),
)
def test_cuts_never_fall_and_a_larger_loss_is_never_in_a_lower_class(values, weights, notch, cap, seed):
    shares = check_shares({str(k): w / sum(weights) for k, w in zip(RiskClass, weights, strict=True)})
    values = np.asarray(values)
    hits = hits_of(
        [rule("veto", "v"), rule("notch", "n", notches=notch, risk_class=cap)], len(values), seed, 0.3
    )
    found = cuts_by_shares(values, hits, shares)
    assert list(found.cuts) == sorted(found.cuts)
    ranks = apply_rules(hits, model_ranks(values, found.cuts)).ranks
    unruled = ~hits.hit.any(axis=1)
    assert np.all(np.diff(ranks[unruled][np.argsort(values[unruled], kind="stable")]) >= 0)
    assert np.all(ranks[hits.hit[:, 0]] == 3)
