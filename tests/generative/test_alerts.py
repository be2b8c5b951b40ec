"""Alerts under any sequence of events: against a diary kept day by day, and against their own past."""

import datetime as dt

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from creditrisk.supervision.monitoring.alerts import (
    OPEN,
    AlertEvent,
    Deadlines,
    alert_state,
    alert_trail,
)

START = dt.date(2024, 1, 1)
RULES = Deadlines(notify_days=3, correct_days=6, quiet_days=4)


class Diary(RuleBasedStateMachine):
    """Days pass, matters come and go, a bureau acts; what is known by heart must be what a replay says."""

    def __init__(self) -> None:
        super().__init__()
        self.today = START
        self.events: list[AlertEvent] = []
        self.stage = "nothing"
        self.left: int | None = None  # days until somebody is late
        self.quiet = 0  # days in which a correction need not show
        self.told = False
        self.raised = 0

    def happens(self, kind: str) -> None:
        self.events.append(AlertEvent(on=self.today, kind=kind))
        self.one_day()

    def one_day(self) -> None:
        self.today += dt.timedelta(days=1)
        self.quiet = max(self.quiet - 1, 0)
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.stage, self.left = "escalated", None

    @rule(days=st.integers(1, 5))
    def wait(self, days: int) -> None:
        for _ in range(days):
            self.one_day()

    @rule()
    def found(self) -> None:
        if self.stage not in OPEN and not self.quiet:
            self.stage, self.left, self.told = "detected", RULES.notify_days, False
            self.raised += 1
        self.happens("found")

    @precondition(lambda self: self.stage in OPEN and not self.told)
    @rule()
    def notify(self) -> None:
        self.told = True
        if self.stage == "detected":
            self.stage, self.left = "notified", RULES.correct_days
        self.happens("notify")

    @precondition(lambda self: self.stage in OPEN)
    @rule()
    def correct(self) -> None:
        self.stage, self.left, self.quiet = "corrected", None, RULES.quiet_days + 1
        self.happens("correct")

    @rule()
    def over(self) -> None:
        if self.stage in OPEN:
            self.stage, self.left = "corrected" if self.told else "cleared", None
        self.quiet = 0
        self.happens("over")

    @invariant()
    def the_replay_says_the_same(self) -> None:
        state = alert_state(reversed(self.events), as_of=self.today, deadlines=RULES)
        assert (state.stage, state.number) == (self.stage, self.raised)

    @invariant()
    def no_alert_twice_while_one_is_open(self) -> None:
        before = "nothing"
        for change in alert_trail(self.events, as_of=self.today, deadlines=RULES):
            assert not (change.what == "found" and before in OPEN)
            before = change.state.stage

    @invariant()
    def no_deadline_is_skipped(self) -> None:
        due = None
        for change in alert_trail(self.events, as_of=self.today, deadlines=RULES):
            assert due is None or change.on <= due + dt.timedelta(days=1)
            assert due is None or change.on <= due or change.what == "deadline"
            due = change.state.due
        assert due is None or self.today <= due + dt.timedelta(days=1)

    @invariant()
    def the_past_stays_what_it_was(self) -> None:
        trail = alert_trail(self.events, as_of=self.today, deadlines=RULES)
        middle = START + (self.today - START) // 2
        earlier = alert_trail(self.events, as_of=middle, deadlines=RULES)
        assert trail[: len(earlier)] == earlier
        assert all(change.on >= middle for change in trail[len(earlier) :])


TestDiary = Diary.TestCase
TestDiary.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
