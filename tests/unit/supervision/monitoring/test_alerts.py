import datetime as dt

import pytest

from creditrisk.errors import SpecError
from creditrisk.supervision.monitoring.alerts import (
    AlertEvent,
    AlertState,
    Deadlines,
    alert_state,
    alert_trail,
)

RULES = Deadlines(notify_days=5, correct_days=30, quiet_days=10)


def event(day, kind, why=""):
    return AlertEvent(on=dt.date.fromisoformat(day), kind=kind, why=why)


FOUND, TOLD = event("2024-01-01", "found", "days_left=12"), event("2024-01-04", "notify")


def stages(*events, as_of="2025-01-01"):
    trail = alert_trail(events, as_of=as_of, deadlines=RULES)
    return [(str(change.on), change.what, change.state.stage) for change in trail]


def test_detected_notified_corrected():
    assert stages(event("2024-02-03", "correct"), TOLD, FOUND) == [
        ("2024-01-01", "found", "detected"),
        ("2024-01-04", "notify", "notified"),
        ("2024-02-03", "correct", "corrected"),
    ]


def test_each_deadline_escalates_the_day_after_it():
    assert alert_state([FOUND], as_of="2024-01-07", deadlines=RULES).stage == "escalated"
    assert alert_state([FOUND], as_of="2024-01-06", deadlines=RULES).stage == "detected"
    assert alert_state([FOUND, TOLD], as_of="2024-02-03", deadlines=RULES).stage == "notified"
    assert alert_state([FOUND, TOLD], as_of="2024-02-04", deadlines=RULES).stage == "escalated"
    assert stages(FOUND)[-1] == ("2024-01-07", "deadline", "escalated")


def test_what_is_over_before_the_notice_is_cleared_and_after_it_corrected():
    assert stages(FOUND, event("2024-01-03", "over"))[-1][2] == "cleared"
    assert stages(FOUND, TOLD, event("2024-01-20", "over"))[-1][2] == "corrected"
    late = [FOUND, event("2024-01-10", "notify"), event("2024-03-01", "over")]
    assert stages(*late)[-1][2] == "corrected"
    assert stages(FOUND, event("2024-03-01", "over"))[-1][2] == "cleared"


def test_found_again_is_no_second_alert_while_open_nor_soon_after_a_correction():
    again = [event("2024-01-02", "found"), event("2024-02-20", "found")]
    assert len(stages(FOUND, TOLD, *again, as_of="2024-02-03")) == 2
    corrected = [FOUND, TOLD, event("2024-01-20", "correct")]
    assert alert_state([*corrected, event("2024-01-30", "found")], as_of="2025-01-01").number == 1
    assert stages(*corrected, event("2024-01-31", "found"))[3][2] == "detected"
    relapse = [*corrected, event("2024-01-22", "over"), event("2024-01-24", "found")]
    assert alert_state(relapse, as_of="2024-01-25", deadlines=RULES).number == 2


def test_a_correction_seen_twice_counts_once():
    assert len(stages(FOUND, TOLD, event("2024-01-20", "over"), event("2024-01-21", "correct"))) == 3


def test_nothing_counts_on_the_day_itself():
    assert alert_state([FOUND], as_of="2024-01-01") == AlertState()


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (
            [TOLD],
            "A notice answers an open alert, once; on 2024-01-04 the alert is nothing: correct the events.",
        ),
        ([FOUND, TOLD, event("2024-01-05", "notify")], "on 2024-01-05 the alert is notified already"),
        ([event("2024-01-02", "correct")], "A correction answers an open alert; on 2024-01-02"),
        ([FOUND, event("2024-01-01", "over")], "a matter is found or over; on 2024-01-01 it is both"),
    ],
)
def test_an_effect_before_its_cause_is_one_sentence(events, said):
    with pytest.raises(SpecError, match=said):
        alert_trail(events, as_of="2025-01-01")


def test_an_unknown_event_and_a_deadline_before_its_cause_are_refused():
    with pytest.raises(SpecError, match=r"There is no alert event 'notfy'. Did you mean 'notify'\?"):
        event("2024-01-01", "notfy")
    with pytest.raises(SpecError, match=r"In Deadlines, notify_days is wrong: .* equal to 1; got 0"):
        Deadlines(notify_days=0)
