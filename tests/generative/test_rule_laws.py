"""Laws that every set of rules keeps."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.grading.drawn import rule

from creditrisk.grading.rules import apply_rules, find_hits

COLUMNS = ("a", "b", "c", "d")


@st.composite
def rules(draw, kinds=("veto", "notch", "floor", "ceiling", "always_inspect")):
    """Return up to eight rules of these kinds, each over one of four columns."""
    found = []
    for place in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(kinds))
        more = {"id": f"R{place}", "at_least": draw(st.sampled_from([1.0, 2.0]))}
        if kind != "always_inspect":
            more["risk_class"] = draw(st.sampled_from("ABCD"))
        if kind == "notch":
            more["notches"] = draw(st.integers(1, 3))
        if draw(st.booleans()):
            more["released_by"] = "repaired"
        found.append(rule(kind, draw(st.sampled_from(COLUMNS)), **more))
    return found


def table(columns=(*COLUMNS, "repaired")):
    """Return tables of small counts, some missing."""
    cell = st.sampled_from([0.0, 1.0, 2.0, np.nan])
    return st.lists(st.tuples(*[cell for _ in columns]), min_size=1, max_size=12).map(
        lambda rows: pd.DataFrame(rows, columns=list(columns))
    )


def decide(specs, X, model):
    return apply_rules(find_hits(specs, X), np.full(len(X), model, dtype=np.int8))


@given(specs=rules(), X=table(), model=st.integers(0, 3), data=st.data())
def test_the_order_of_rules_does_not_matter(specs, X, model, data):
    shuffled = data.draw(st.permutations(specs))
    first, second = decide(specs, X, model), decide(shuffled, X, model)
    assert first.ranks.tolist() == second.ranks.tolist()
    assert first.decided_by.tolist() == second.decided_by.tolist()


@given(specs=rules(), X=table(), model=st.integers(0, 3))
def test_a_veto_is_never_weakened(specs, X, model):
    hits = find_hits(specs, X)
    final = decide(specs, X, model).ranks
    for one, hit in hits.of_kind("veto"):
        assert (final[hit] >= "ABCD".index(one.risk_class)).all()


@given(specs=rules(), X=table(), model=st.integers(0, 3), place=st.integers(0, 7))
def test_a_released_rule_leaves_no_trace(specs, X, model, place):
    if not specs:
        return
    one = specs[place % len(specs)].model_copy(update={"released_by": "repaired"})
    others = [other for other in specs if other.id != one.id]
    repaired = X.assign(repaired=1.0)
    before, after = decide([*others, one], repaired, model), decide(others, repaired, model)
    assert before.ranks.tolist() == after.ranks.tolist()
    assert before.decided_by.tolist() == after.decided_by.tolist()
    assert find_hits([*others, one], repaired).ids().tolist() == find_hits(others, repaired).ids().tolist()


RAISING = ("veto", "notch", "floor", "always_inspect")


@given(specs=rules(RAISING), X=table(), model=st.integers(0, 3), column=st.sampled_from(COLUMNS))
def test_a_further_violation_never_improves_a_class(specs, X, model, column):
    """A violation raises a count, and by the monotone model the class of the model or nothing."""
    worse = X.assign(**{column: X[column].fillna(0) + 1})
    higher = min(model + 1, 3)
    before = decide(specs, X, model).ranks
    assert (decide(specs, worse, model).ranks >= before).all()
    assert (decide(specs, worse, higher).ranks >= before).all()


@given(specs=rules(), X=table())
def test_a_riskier_class_of_the_model_is_never_better_in_the_end(specs, X):
    ranks = np.stack([decide(specs, X, model).ranks for model in range(4)])
    assert (np.diff(ranks, axis=0) >= 0).all()


def test_notches_in_the_order_of_the_file_would_break_the_law():
    """The twin: the cap of C first or last makes D or C."""
    capped, free = rule("notch", "a", notches=2, risk_class="C"), rule("notch", "b", notches=1)
    X = pd.DataFrame({"a": [1.0], "b": [1.0]})

    def one_after_the_other(specs):
        ranks = np.zeros(1, dtype=np.int8)
        for one in specs:
            ranks = apply_rules(find_hits([one], X), ranks).ranks
        return ranks[0]

    assert one_after_the_other([capped, free]) == 3
    assert one_after_the_other([free, capped]) == 2
    assert decide([capped, free], X, 0).ranks[0] == decide([free, capped], X, 0).ranks[0] == 3
