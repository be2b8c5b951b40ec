import datetime as dt

import pandas as pd
import pytest

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.sandbox import (
    SandboxEvent,
    SandboxRules,
    SandboxState,
    sandbox_state,
    sandbox_trail,
    spared_penalties,
)


def event(day, kind, why=""):
    return SandboxEvent(on=dt.date.fromisoformat(day), kind=kind, why=why)


IN = event("2024-01-01", "apply", "A")
NOTICE = event("2024-03-01", "trigger", "change not published")


def test_a_good_class_is_let_in_and_another_refused():
    assert sandbox_state([IN], as_of="2024-01-02").inside
    assert not sandbox_state([IN], as_of="2024-01-01").inside
    (refused,) = sandbox_trail([event("2024-01-01", "apply", "C")], as_of="2024-02-01")
    assert (refused.what, refused.why, refused.state) == ("refused", "C", SandboxState())


def test_the_platform_goes_step_by_step_only_after_each_deadline():
    steps = {
        "2024-03-16": None,
        "2024-03-17": "warn",
        "2024-03-27": "warn",
        "2024-03-28": "suspend",
        "2024-04-07": "suspend",
        "2024-04-08": "stop",
        "2024-12-31": "stop",
    }
    for day, step in steps.items():
        state = sandbox_state([IN, NOTICE], as_of=day)
        assert state.platform_step == step, day
        assert state.inside == (step is None), day


def test_a_correction_in_time_leaves_the_entity_inside():
    corrected = [IN, NOTICE, event("2024-03-16", "correct")]
    assert sandbox_state(corrected, as_of="2025-01-01") == SandboxState(inside=True)


def test_who_corrected_late_may_come_back():
    late = [IN, NOTICE, event("2024-03-20", "correct")]
    assert sandbox_state(late, as_of="2024-04-01") == SandboxState()
    assert sandbox_state([*late, event("2024-04-01", "apply", "A")], as_of="2024-04-02").inside


def test_a_red_line_removes_at_once_and_bars():
    crossed = [IN, event("2024-02-10", "red_line", "fake goods")]
    assert not sandbox_state(crossed, as_of="2024-02-11").inside
    early = [*crossed, event("2025-02-09", "apply", "A")]
    assert not sandbox_state(early, as_of="2025-03-01").inside
    assert sandbox_state([*crossed, event("2025-02-10", "apply", "A")], as_of="2025-03-01").inside


def test_the_trail_says_every_step():
    trail = sandbox_trail([IN, NOTICE], as_of="2024-05-01")
    assert [(str(change.on), change.what, change.why) for change in trail] == [
        ("2024-01-01", "apply", "A"),
        ("2024-03-01", "trigger", "change not published"),
        ("2024-03-17", "deadline", "warn"),
        ("2024-03-28", "deadline", "suspend"),
        ("2024-04-08", "deadline", "stop"),
    ]


def test_rules_are_configurable():
    rules = SandboxRules(classes=("A", "B"), notice_days=30)
    events = [event("2024-01-01", "apply", "B"), NOTICE]
    assert sandbox_state(events, as_of="2024-03-31", rules=rules).inside
    assert not sandbox_state(events, as_of="2024-04-01", rules=rules).inside


def test_impossible_events_and_rules_are_one_sentence():
    with pytest.raises(SpecError, match="inside on 2024-02-01: correct the events"):
        sandbox_state([IN, event("2024-02-01", "apply", "A")], as_of="2025-01-01")
    with pytest.raises(SpecError, match="none is open on 2024-02-01"):
        sandbox_state([IN, event("2024-02-01", "correct")], as_of="2025-01-01")
    with pytest.raises(SpecError, match="Did you mean 'trigger'"):
        event("2024-02-01", "triger")
    with pytest.raises(SpecError, match="after its cause; got notice_days=0"):
        SandboxRules(notice_days=0)


def test_a_penalty_is_spared_only_if_all_three_conditions_are_known_to_hold():
    cases = pd.DataFrame(
        {
            "slight": [True, True, True, False],
            "corrected": [True, False, True, True],
            "harmless": [True, True, None, True],
        }
    )
    assert spared_penalties(cases).tolist() == [True, False, False, False]
    with pytest.raises(SchemaError, match="harmless is missing"):
        spared_penalties(cases.drop(columns="harmless"))
