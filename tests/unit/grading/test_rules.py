import numpy as np
import pandas as pd
import pytest
from tests.unit.grading.drawn import rule

from creditrisk.errors import SpecError
from creditrisk.grading.rules import apply_rules, find_hits

X = pd.DataFrame({"listed": [0.0, 1.0, np.nan, 3.0], "abnormal": [1.0, 1.0, 1.0, 0.0]})


def decide(rules, model):
    return apply_rules(find_hits(rules, X), np.asarray(model, dtype=np.int8))


def test_a_missing_value_is_no_hit():
    hits = find_hits([rule("veto", "listed")], X)
    assert hits.hit[:, 0].tolist() == [False, True, False, True]


def test_a_value_on_the_threshold_is_a_hit():
    hits = find_hits([rule("veto", "listed", at_least=3.0)], X)
    assert hits.hit[:, 0].tolist() == [False, False, False, True]


def test_a_rule_about_an_unknown_indicator_is_named():
    with pytest.raises(SpecError, match=r"'listd', which X does not have\. Did you mean 'listed'\?"):
        find_hits([rule("veto", "listd")], X)


def test_a_veto_puts_every_hit_into_d_and_decides_even_where_the_model_agrees():
    decisions = decide([rule("veto", "listed", id="V")], [0, 0, 2, 3])
    assert decisions.ranks.tolist() == [0, 3, 2, 3]
    assert decisions.decided_by.tolist() == ["model", "V", "model", "V"]
    assert decisions.vetoed.tolist() == [False, True, False, True]


def test_a_notch_keeps_to_its_cap_and_names_itself_only_where_it_raised():
    decisions = decide([rule("notch", "abnormal", id="N", notches=2, risk_class="C")], [0, 1, 3, 0])
    assert decisions.ranks.tolist() == [2, 2, 3, 0]
    assert decisions.decided_by.tolist() == ["N", "N", "model", "model"]


def test_notches_add_up():
    rules = [rule("notch", "abnormal", notches=1), rule("notch", "listed", notches=1)]
    assert decide(rules, [0, 0, 0, 0]).ranks.tolist() == [1, 2, 1, 1]


def test_a_floor_only_raises():
    decisions = decide([rule("floor", "abnormal", id="F", risk_class="C")], [0, 2, 3, 0])
    assert decisions.ranks.tolist() == [2, 2, 3, 0]
    assert decisions.decided_by.tolist() == ["F", "model", "model", "model"]


def test_always_inspect_leaves_the_class_alone_and_is_listed():
    hits = find_hits([rule("always_inspect", "abnormal", id="I")], X)
    decisions = apply_rules(hits, np.zeros(4, dtype=np.int8))
    assert decisions.ranks.tolist() == [0, 0, 0, 0]
    assert hits.ids().tolist() == ["I", "I", "I", ""]


def test_every_hit_is_listed_though_one_decides():
    rules = [rule("notch", "abnormal", id="N", notches=1), rule("veto", "listed", id="V")]
    hits = find_hits(rules, X)
    assert hits.ids()[1] == "N;V"
    assert apply_rules(hits, np.zeros(4, dtype=np.int8)).decided_by[1] == "V"


def test_notches_come_before_floors():
    """Model A, +1, at least B: B. The wrong order, floor first, would give C."""
    rules = [rule("floor", "abnormal", risk_class="B"), rule("notch", "abnormal", notches=1)]
    in_order = decide(rules, [0, 0, 0, 0]).ranks
    wrong = apply_rules(
        find_hits(rules[1:], X), apply_rules(find_hits(rules[:1], X), in_order * 0).ranks
    ).ranks
    assert in_order.tolist() == [1, 1, 1, 0]
    assert wrong.tolist() == [2, 2, 2, 0]


def test_a_veto_below_d_lowers_nobody():
    """A veto that sets C after a notch to D leaves D: a further violation never improves a class."""
    rules = [rule("veto", "abnormal", id="V", risk_class="C"), rule("notch", "abnormal", notches=3)]
    decisions = decide(rules, [0, 0, 0, 0])
    assert decisions.ranks.tolist() == [3, 3, 3, 0]
    assert decisions.decided_by.tolist() == ["V", "V", "V", "model"]


def test_a_ceiling_lowers_but_not_below_a_floor_and_never_a_veto():
    rules = [rule("ceiling", "abnormal", id="C", risk_class="B"), rule("veto", "listed", id="V")]
    decisions = decide(rules, [3, 3, 1, 3])
    assert decisions.ranks.tolist() == [1, 3, 1, 3]
    assert decisions.decided_by.tolist() == ["C", "V", "model", "V"]
    floored = decide([rules[0], rule("floor", "abnormal", id="F", risk_class="C")], [3, 0, 2, 3])
    assert floored.ranks.tolist() == [2, 2, 2, 3]


def test_a_missing_value_is_a_hit_where_the_rule_says_so():
    hits = find_hits([rule("always_inspect", "listed", id="I", if_missing="hit")], X)
    assert hits.ids().tolist() == ["", "I", "I", "I"]


def test_a_released_rule_leaves_no_trace():
    spec = rule("veto", "abnormal", released_by="listed")
    hits = find_hits([spec], X)
    assert hits.ids().tolist() == ["veto-abnormal", "", "veto-abnormal", ""]
    assert decide([spec], [0, 0, 0, 0]).decided_by.tolist() == [
        "veto-abnormal",
        "model",
        "veto-abnormal",
        "model",
    ]


def test_a_release_by_an_unknown_indicator_is_named():
    with pytest.raises(SpecError, match="'repaird', which X does not have"):
        find_hits([rule("veto", "listed", released_by="repaird")], X)


def test_of_several_vetoes_the_highest_class_is_named_whatever_their_order():
    rules = [rule("veto", "abnormal", id="C1", risk_class="C"), rule("veto", "listed", id="D1")]
    for order in (rules, rules[::-1]):
        assert decide(order, [0, 0, 0, 0]).decided_by.tolist() == ["C1", "D1", "C1", "D1"]
