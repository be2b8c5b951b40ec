"""The credit sandbox (信用沙盒): who is inside on a day, and why, from dated events and deadlines.

::

    outside ── apply, class good enough, not barred ──▶ inside
    inside ── trigger ──▶ inside with a notice ── correct in time ──▶ inside
                             └─ deadline missed ──▶ outside, platform warns ──▶ suspends ──▶ stops
    anywhere ── red line ──▶ outside at once, barred for some months

Who is outside can have a notice as well. While a notice or a step is open, nobody is let in, and a further
trigger does not put the deadline off.

Nothing is stored but the events: the state of any day is replayed from those before it. A deadline has been
missed from the day after it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from creditrisk.errors import SchemaError, SpecError, hint, shown
from creditrisk.grading.risk_class import RiskClass
from creditrisk.records.dates import add_months, check_months, to_date
from creditrisk.supervision.event_days import check_day

type EventKind = Literal["red_line", "correct", "trigger", "apply"]
type Step = Literal["warn", "suspend", "stop"]

KINDS = ("red_line", "correct", "trigger", "apply")
STEPS: tuple[Step, ...] = ("warn", "suspend", "stop")
_LETTERS = tuple(str(one) for one in RiskClass)


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxRules:
    """The rules of a sandbox.

    Parameters
    ----------
    classes : tuple of str, default ("A",)
        The classes that are let in.
    notice_days : int, default 15
        How long an entity has to correct what triggered a notice.
    step_days : int, default 10
        How long a platform waits between warning, suspending and stopping its service.
    barred_months : int, default 12
        How long nobody comes back after a red line.
    """

    classes: tuple[str, ...] = ("A",)
    notice_days: int = 15
    step_days: int = 10
    barred_months: int = 12

    def __post_init__(self) -> None:
        """Check every field."""
        check_months(self.barred_months)
        if not isinstance(self.classes, tuple) or not self.classes:
            raise SpecError(f"A sandbox lets in at least one class; got {shown(self.classes)}: name A, say.")
        for one in self.classes:
            _check_class(one)
        for name in ("notice_days", "step_days"):
            days = getattr(self, name)
            if isinstance(days, bool) or not isinstance(days, int) or days < 1:
                raise SpecError(
                    f"A deadline lies after its cause; got {name}={shown(days)}: give 1 day or more."
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxEvent:
    """Something that happened to an entity.

    Parameters
    ----------
    on : date
        The day.
    kind : {"red_line", "correct", "trigger", "apply"}
        What; of several on one day, a red line comes first and an application last.
    why : str, default ""
        The matter of a red line or trigger, or the class of an application.
    """

    on: dt.date
    kind: EventKind
    why: str = ""

    def __post_init__(self) -> None:
        """Check kind and day, and the class of an application."""
        if self.kind not in KINDS:
            raise SpecError(f"There is no sandbox event {shown(self.kind)}.{hint(str(self.kind), KINDS)}")
        check_day(self.on)
        if self.kind == "apply":
            _check_class(self.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxState:
    """Where an entity stands.

    Parameters
    ----------
    inside : bool, default False
        Whether the lenient measures of the sandbox hold.
    notice_due : date, optional
        The last day to correct what an open notice says.
    platform_step : {"warn", "suspend", "stop"}, optional
        What its platform does because a notice was not heeded.
    step_due : date, optional
        The last day before the next step of the platform.
    barred_until : date, optional
        The first day on which it may apply again.
    """

    inside: bool = False
    notice_due: dt.date | None = None
    platform_step: Step | None = None
    step_due: dt.date | None = None
    barred_until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One line of the audit trail.

    Parameters
    ----------
    on : date
        The day.
    what : str
        The event, ``"deadline"``, or ``"refused"`` for an application in vain.
    why : str
        Its matter.
    state : SandboxState
        Where the entity stood afterwards.
    """

    on: dt.date
    what: str
    why: str
    state: SandboxState


def sandbox_trail(
    events: Iterable[SandboxEvent], *, as_of: str | dt.date, rules: SandboxRules | None = None
) -> tuple[Transition, ...]:
    """Replay the events of one entity before a day.

    Parameters
    ----------
    events : iterable of SandboxEvent
        In any order; those on or after the day do not count.
    as_of : str or date
        The day.
    rules : SandboxRules, optional
        ``SandboxRules()`` if not given.

    Returns
    -------
    tuple of Transition
        Every change, the earliest first; the state of the last one is the state on the day.

    Raises
    ------
    SpecError
        If an entity applies while it is inside, or corrects without an open notice or step.

    Examples
    --------
    >>> day = dt.date
    >>> events = [SandboxEvent(on=day(2024, 1, 1), kind="apply", why="A"),
    ...           SandboxEvent(on=day(2024, 3, 1), kind="trigger", why="change not published")]
    >>> [change.what for change in sandbox_trail(events, as_of="2024-03-20")]
    ['apply', 'trigger', 'deadline']
    >>> sandbox_trail(events, as_of="2024-03-20")[-1].state.platform_step
    'warn'
    """
    day, rules = to_date(as_of, "an as-of date"), rules or SandboxRules()
    ordered = sorted((one for one in events if one.on < day), key=lambda one: (one.on, KINDS.index(one.kind)))
    trail: list[Transition] = []
    state = SandboxState()
    for event in ordered:
        trail += _missed(state, event.on, rules)
        state = _after(event, trail[-1].state if trail else state, rules)
        refused = event.kind == "apply" and not state.inside
        trail.append(
            Transition(on=event.on, what="refused" if refused else event.kind, why=event.why, state=state)
        )
    return (*trail, *_missed(state, day, rules))


def sandbox_state(
    events: Iterable[SandboxEvent], *, as_of: str | dt.date, rules: SandboxRules | None = None
) -> SandboxState:
    """Return where an entity stands on a day; see `sandbox_trail`.

    Parameters
    ----------
    events : iterable of SandboxEvent
        In any order.
    as_of : str or date
        The day.
    rules : SandboxRules, optional
        ``SandboxRules()`` if not given.

    Returns
    -------
    SandboxState
        The state.
    """
    trail = sandbox_trail(events, as_of=as_of, rules=rules)
    return trail[-1].state if trail else SandboxState()


def spared_penalties(cases: pd.DataFrame) -> pd.Series:
    """Return which cases go without a penalty: slight, corrected and harmless.

    轻微、及时改正、没有造成危害后果: all three.

    Parameters
    ----------
    cases : DataFrame
        With the columns `slight`, `corrected` and `harmless`; what is not known is not met.

    Returns
    -------
    Series of bool
        By case.

    Raises
    ------
    SchemaError
        If a column is missing.
    """
    needed = ["slight", "corrected", "harmless"]
    missing = [name for name in needed if name not in cases]
    if missing:
        raise SchemaError(
            f"A case is judged by {', '.join(needed)}; {missing[0]} is missing: add the column."
        )
    return cases[needed].eq(True).all(axis=1)


def _check_class(letter: object) -> None:
    if letter not in _LETTERS:
        raise SpecError(f"A class is one of A, B, C, D; got {shown(letter)}.{hint(str(letter), _LETTERS)}")


def _missed(state: SandboxState, day: dt.date, rules: SandboxRules) -> Iterator[Transition]:
    """Yield what missed deadlines bring before a day, one after the other."""
    while (due := state.notice_due or state.step_due) is not None and due < day:
        place = 0 if state.platform_step is None else STEPS.index(state.platform_step) + 1
        on = due + dt.timedelta(days=1)
        last = place == len(STEPS) - 1
        state = replace(
            state,
            inside=False,
            notice_due=None,
            platform_step=STEPS[place],
            step_due=None if last else on + dt.timedelta(days=rules.step_days),
        )
        yield Transition(on=on, what="deadline", why=STEPS[place], state=state)


def _after(event: SandboxEvent, state: SandboxState, rules: SandboxRules) -> SandboxState:
    if event.kind == "red_line":
        barred = max(add_months(event.on, rules.barred_months), state.barred_until or event.on)
        return replace(state, inside=False, barred_until=barred)
    if event.kind == "correct":
        if state.notice_due is None and state.platform_step is None:
            raise SpecError(f"A correction answers a notice; none is open on {event.on}: correct the events.")
        return replace(state, notice_due=None, platform_step=None, step_due=None)
    if event.kind == "trigger":
        if state.notice_due is not None or state.platform_step is not None:
            return state
        return replace(state, notice_due=event.on + dt.timedelta(days=rules.notice_days))
    if state.inside:
        raise SpecError(
            f"Only who is outside applies; this entity is inside on {event.on}: correct the events."
        )
    free = state.notice_due is None and state.platform_step is None
    still_barred = state.barred_until is not None and event.on < state.barred_until
    return replace(state, inside=free and not still_barred and event.why in rules.classes)
