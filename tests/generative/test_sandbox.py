"""The sandbox under any sequence of events: against a diary kept day by day, and against its own past."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from creditrisk.records.dates import add_months
from creditrisk.supervision.sandbox import (
    KINDS,
    SandboxEvent,
    SandboxRules,
    SandboxState,
    sandbox_state,
    sandbox_trail,
)

START = dt.date(2024, 1, 1)
RULES = SandboxRules(notice_days=5, step_days=3, barred_months=1)


class Diary(RuleBasedStateMachine):
    """Days pass, things happen; what is known by heart must be what a replay says."""

    def __init__(self) -> None:
        super().__init__()
        self.today = START
        self.events: list[SandboxEvent] = []
        self.inside = False
        self.barred_until = START
        self.waiting: tuple[str, int] | None = None  # what comes next, and in how many days
        self.step: str | None = None

    def happens(self, kind: str, why: str = "") -> None:
        self.events.append(SandboxEvent(on=self.today, kind=kind, why=why))
        self.one_day()

    def one_day(self) -> None:
        self.today += dt.timedelta(days=1)
        if self.waiting is None:
            return
        coming, days = self.waiting
        if days > 0:
            self.waiting = (coming, days - 1)
            return
        self.inside, self.step = False, coming
        following = {"warn": "suspend", "suspend": "stop"}.get(coming)
        self.waiting = None if following is None else (following, RULES.step_days)

    @rule(days=st.integers(1, 8))
    def wait(self, days: int) -> None:
        for _ in range(days):
            self.one_day()

    @precondition(lambda self: not self.inside)
    @rule(risk_class=st.sampled_from("AB"))
    def apply(self, risk_class: str) -> None:
        clear = self.waiting is None and self.step is None
        self.inside = risk_class == "A" and clear and self.today >= self.barred_until
        self.happens("apply", risk_class)

    @rule()
    def trigger(self) -> None:
        if self.waiting is None and self.step is None:
            self.waiting = ("warn", RULES.notice_days)
        self.happens("trigger", "change not published")

    @precondition(lambda self: self.waiting is not None or self.step is not None)
    @rule()
    def correct(self) -> None:
        self.waiting, self.step = None, None
        self.happens("correct")

    @rule()
    def red_line(self) -> None:
        self.inside = False
        self.barred_until = add_months(self.today, RULES.barred_months)
        self.happens("red_line", "false advertising")

    @invariant()
    def the_replay_says_the_same(self) -> None:
        state = sandbox_state(reversed(self.events), as_of=self.today, rules=RULES)
        assert state.inside == self.inside
        assert state.platform_step == self.step

    @invariant()
    def nobody_is_inside_while_barred(self) -> None:
        state = sandbox_state(self.events, as_of=self.today, rules=RULES)
        if state.barred_until is not None and self.today <= state.barred_until:
            assert not state.inside

    @invariant()
    def the_past_stays_what_it_was(self) -> None:
        trail = sandbox_trail(self.events, as_of=self.today, rules=RULES)
        middle = START + (self.today - START) // 2
        earlier = sandbox_trail(self.events, as_of=middle, rules=RULES)
        assert trail[: len(earlier)] == earlier
        assert all(change.on >= middle for change in trail[len(earlier) :])

    @invariant()
    def no_deadline_is_skipped(self) -> None:
        due = None
        for change in sandbox_trail(self.events, as_of=self.today, rules=RULES):
            assert due is None or change.on <= due + dt.timedelta(days=1)
            due = change.state.notice_due or change.state.step_due
        assert due is None or self.today <= due + dt.timedelta(days=1)


TestDiary = Diary.TestCase
TestDiary.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["red_line", "trigger"])), max_size=10))
def test_who_never_applied_is_never_inside(drawn: list[tuple[int, str]]) -> None:
    events = [SandboxEvent(on=START + dt.timedelta(days=day), kind=kind) for day, kind in drawn]
    assert not sandbox_state(events, as_of=START + dt.timedelta(days=90)).inside
    assert sandbox_state(events, as_of=START) == SandboxState()
    assert set(KINDS) >= {kind for _, kind in drawn}
