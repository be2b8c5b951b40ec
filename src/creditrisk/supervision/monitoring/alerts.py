"""An alert from its detection to its end, replayed from dated events.

::

    nothing ── found ──▶ detected ── notify in time ──▶ notified ── correct ──▶ corrected
                             └─ deadline missed ─┐          └─ deadline missed ─┐
                                                 └───────▶ escalated ◀──────────┘── correct ──▶ corrected
    detected ── over ──▶ cleared          notified, or told and escalated ── over ──▶ corrected

While an alert is open, what is found again raises no second one. After a correction the records get some days
to show it; what is still found after them is a new alert. What was over in between, is one at once.

Nothing is stored but the events: the state of any day is replayed from those before it. A deadline has been
missed from the day after it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from creditrisk.errors import SpecError, hint, shown
from creditrisk.records.dates import to_date
from creditrisk.supervision.event_days import check_day
from creditrisk.supervision.settings import Settings

type EventKind = Literal["found", "notify", "correct", "over"]
type Stage = Literal["nothing", "detected", "notified", "escalated", "corrected", "cleared"]

KINDS = ("found", "notify", "correct", "over")
OPEN = ("detected", "notified", "escalated")


class Deadlines(Settings):
    """The deadlines of an alert.

    Parameters
    ----------
    notify_days : int, default 5
        How long the bureau has to notify the entity.
    correct_days : int, default 30
        How long the entity has to correct it.
    quiet_days : int, default 30
        How long the records have to show a correction.

    Examples
    --------
    >>> Deadlines(correct_days=15).notify_days
    5
    """

    notify_days: int = Field(default=5, ge=1)
    correct_days: int = Field(default=30, ge=1)
    quiet_days: int = Field(default=30, ge=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEvent:
    """Something that happened to one entity at one monitoring point.

    Parameters
    ----------
    on : date
        The day.
    kind : {"found", "notify", "correct", "over"}
        What; of several on one day in this order.
    why : str, default ""
        What was found, or who acted.
    """

    on: dt.date
    kind: EventKind
    why: str = ""

    def __post_init__(self) -> None:
        """Check kind and day."""
        if self.kind not in KINDS:
            raise SpecError(f"There is no alert event {shown(self.kind)}.{hint(str(self.kind), KINDS)}")
        check_day(self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertState:
    """Where an alert stands.

    Parameters
    ----------
    stage : {"nothing", "detected", "notified", "escalated", "corrected", "cleared"}, default "nothing"
        The first three that are something are open.
    number : int, default 0
        How many alerts there have been, this one included.
    due : date, optional
        The last day to notify, or to correct.
    told : bool, default False
        Whether the entity was notified of this alert.
    quiet_until : date, optional
        The last day on which a corrected matter is not a new alert, unless it was over in between.
    """

    stage: Stage = "nothing"
    number: int = 0
    due: dt.date | None = None
    told: bool = False
    quiet_until: dt.date | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.stage in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertChange:
    """One line of the audit trail.

    Parameters
    ----------
    on : date
        The day.
    what : str
        The event, or ``"deadline"``.
    why : str
        Its matter.
    state : AlertState
        Where the alert stood afterwards.
    """

    on: dt.date
    what: str
    why: str
    state: AlertState


def alert_trail(
    events: Iterable[AlertEvent], *, as_of: str | dt.date, deadlines: Deadlines | None = None
) -> tuple[AlertChange, ...]:
    """Replay the events of one entity at one monitoring point before a day.

    Parameters
    ----------
    events : iterable of AlertEvent
        In any order; those on or after the day do not count.
    as_of : str or date
        The day.
    deadlines : Deadlines, optional
        ``Deadlines()`` if not given.

    Returns
    -------
    tuple of AlertChange
        Every change, the earliest first; the state of the last one is the state on the day.

    Raises
    ------
    SpecError
        If something is notified or corrected without an open alert, notified twice, or found and over on one
        day.

    Examples
    --------
    >>> day = dt.date
    >>> events = [AlertEvent(on=day(2024, 1, 1), kind="found"), AlertEvent(on=day(2024, 1, 3), kind="notify")]
    >>> [change.state.stage for change in alert_trail(events, as_of="2024-03-01")]
    ['detected', 'notified', 'escalated']
    """
    day, deadlines = to_date(as_of, "an as-of date"), deadlines or Deadlines()
    ordered = sorted((one for one in events if one.on < day), key=lambda one: (one.on, KINDS.index(one.kind)))
    _check_observations(ordered)
    trail: list[AlertChange] = []
    state = AlertState()
    for event in ordered:
        trail += _missed(state, event.on)
        state = trail[-1].state if trail else state
        after = _AFTER[event.kind](event, state, deadlines)
        if after != state:
            trail.append(AlertChange(on=event.on, what=event.kind, why=event.why, state=after))
            state = after
    return (*trail, *_missed(state, day))


def alert_state(
    events: Iterable[AlertEvent], *, as_of: str | dt.date, deadlines: Deadlines | None = None
) -> AlertState:
    """Return where an alert stands on a day; see `alert_trail`.

    Parameters
    ----------
    events : iterable of AlertEvent
        In any order.
    as_of : str or date
        The day.
    deadlines : Deadlines, optional
        ``Deadlines()`` if not given.

    Returns
    -------
    AlertState
        The state.
    """
    trail = alert_trail(events, as_of=as_of, deadlines=deadlines)
    return trail[-1].state if trail else AlertState()


def _check_observations(events: list[AlertEvent]) -> None:
    found = {one.on for one in events if one.kind == "found"}
    both = found & {one.on for one in events if one.kind == "over"}
    if both:
        raise SpecError(
            f"On one day a matter is found or over; on {min(both)} it is both: keep what was seen last."
        )


def _missed(state: AlertState, day: dt.date) -> Iterator[AlertChange]:
    """Yield what a missed deadline brings before a day."""
    if state.due is not None and state.due < day:
        escalated = replace(state, stage="escalated", due=None)
        yield AlertChange(
            on=state.due + dt.timedelta(days=1), what="deadline", why=state.stage, state=escalated
        )


def _found(event: AlertEvent, state: AlertState, deadlines: Deadlines) -> AlertState:
    still = state.quiet_until is not None and event.on <= state.quiet_until
    if state.is_open or still:
        return state
    due = event.on + dt.timedelta(days=deadlines.notify_days)
    return AlertState(stage="detected", number=state.number + 1, due=due)


def _notified(event: AlertEvent, state: AlertState, deadlines: Deadlines) -> AlertState:
    if not state.is_open or state.told:
        raise SpecError(
            f"A notice answers an open alert, once; on {event.on} the alert is "
            f"{'notified already' if state.is_open else state.stage}: correct the events."
        )
    if state.stage == "escalated":
        return replace(state, told=True)
    due = event.on + dt.timedelta(days=deadlines.correct_days)
    return replace(state, stage="notified", told=True, due=due)


def _corrected(event: AlertEvent, state: AlertState, deadlines: Deadlines) -> AlertState:
    if state.stage == "corrected":
        return state
    if not state.is_open:
        raise SpecError(
            f"A correction answers an open alert; on {event.on} the alert is {state.stage}: "
            "correct the events."
        )
    quiet = event.on + dt.timedelta(days=deadlines.quiet_days)
    return replace(state, stage="corrected", due=None, quiet_until=quiet)


def _over(_event: AlertEvent, state: AlertState, _deadlines: Deadlines) -> AlertState:
    if state.is_open:
        return replace(state, stage="corrected" if state.told else "cleared", due=None)
    return replace(state, quiet_until=None)


_AFTER = {"found": _found, "notify": _notified, "correct": _corrected, "over": _over}
