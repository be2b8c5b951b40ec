"""The sandbox of everybody: a table of dated events that only grows, fed by ratings and monitoring points."""

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from creditrisk.errors import SchemaError, SpecError, shown
from creditrisk.grading.ratings import Ratings
from creditrisk.records.dates import to_date
from creditrisk.supervision.monitoring.find import Findings
from creditrisk.supervision.sandbox import SandboxEvent, SandboxRules, SandboxState, Transition, sandbox_trail

COLUMNS = ["on", "entity_id", "kind", "why"]
_STATE = ["inside", "notice_due", "platform_step", "step_due", "barred_until"]


def empty_sandbox_log() -> pd.DataFrame:
    """Return a log without an event.

    Returns
    -------
    DataFrame
        `on` (date), `entity_id`, `kind` (red_line, correct, trigger, apply) and `why`.

    Examples
    --------
    >>> empty_sandbox_log().columns.tolist()
    ['on', 'entity_id', 'kind', 'why']
    """
    return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})


def sandbox_states(
    log: pd.DataFrame, *, as_of: str | dt.date, rules: SandboxRules | None = None
) -> pd.DataFrame:
    """Return where every entity of the log stands on a day.

    Parameters
    ----------
    log : DataFrame
        The events; those on or after the day do not count.
    as_of : str or date
        The day.
    rules : SandboxRules, optional
        ``SandboxRules()`` if not given.

    Returns
    -------
    DataFrame
        Indexed by entity id, sorted: `inside`, `notice_due`, `platform_step`, `step_due`, `barred_until` as
        in `SandboxState`, and `since` (the day of the last change).

    Raises
    ------
    SchemaError
        If the log lacks a column.
    SpecError
        If the events of an entity contradict each other.
    """
    rows = {
        entity: {name: getattr(trail[-1].state, name) for name in _STATE} | {"since": trail[-1].on}
        for entity, trail in sandbox_trails(log, as_of=as_of, rules=rules)
        if trail
    }
    columns = [*_STATE, "since"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("entity_id")
    return table.astype(object).astype({"inside": bool}).sort_index()


def sandbox_trails(
    log: pd.DataFrame, *, as_of: str | dt.date, rules: SandboxRules | None = None
) -> Iterator[tuple[str, tuple[Transition, ...]]]:
    """Yield the audit trail of every entity before a day.

    Parameters
    ----------
    log : DataFrame
        The events.
    as_of : str or date
        The day.
    rules : SandboxRules, optional
        ``SandboxRules()`` if not given.

    Yields
    ------
    entity_id : str
        The entity.
    trail : tuple of Transition
        Every change, the earliest first.

    Raises
    ------
    SchemaError
        If the log lacks a column.
    SpecError
        If the events of an entity contradict each other.
    """
    for name in COLUMNS:
        if name not in log:
            raise SchemaError(f"A sandbox log has {', '.join(COLUMNS)}; {name} is missing: add the column.")
    for entity, rows in log.groupby("entity_id", sort=True):
        events = [
            SandboxEvent(on=to_date(on), kind=kind, why=str(why))
            for on, kind, why in zip(rows["on"], rows["kind"], rows["why"], strict=True)
        ]
        try:
            yield str(entity), sandbox_trail(events, as_of=as_of, rules=rules)
        except SpecError as error:
            raise SpecError(f"Entity {shown(entity)}: {error}") from None


def admit(
    log: pd.DataFrame, ratings: Ratings, *, on: str | dt.date, rules: SandboxRules | None = None
) -> pd.DataFrame:
    """Let everybody in whose class is good enough and who is not barred, with open notices or inside already.

    Parameters
    ----------
    log : DataFrame
        The log so far.
    ratings : Ratings
        Classes of the entities in question, such as online traders.
    on : str or date
        The day; earlier events decide who is barred.
    rules : SandboxRules, optional
        ``SandboxRules()`` if not given.

    Returns
    -------
    DataFrame
        The log with one ``apply`` for each of them.

    Raises
    ------
    SchemaError
        If the log lacks a column.
    SpecError
        If the events of an entity contradict each other.
    """
    day, rules = to_date(on, "a day"), rules or SandboxRules()
    states = _states_at_the_end(log, day, rules)
    classes = ratings.table["risk_class"].astype(str)
    rows = [
        (day, str(entity), "apply", letter)
        for entity, letter in classes[classes.isin(rules.classes)].items()
        if _may_apply(states.get(str(entity), SandboxState()), day)
    ]
    return _added(log, rows)


def trigger(log: pd.DataFrame, findings: Findings, *, rules: SandboxRules | None = None) -> pd.DataFrame:
    """Give a notice to every member that a monitoring point found, if none is open.

    Parameters
    ----------
    log : DataFrame
        The log so far.
    findings : Findings
        What the points of the trigger list (监管风险触发清单) found on a day.
    rules : SandboxRules, optional
        ``SandboxRules()`` if not given.

    Returns
    -------
    DataFrame
        The log with one ``trigger`` for each of them, whose `why` names the points.

    Raises
    ------
    SchemaError
        If the log lacks a column.
    SpecError
        If the events of an entity contradict each other.
    """
    states = _states_at_the_end(log, findings.on, rules or SandboxRules())
    members = [name for name, state in states.items() if state.inside and state.notice_due is None]
    hits = findings.table[findings.table["entity_id"].isin(members)]
    points = hits.groupby("entity_id")["point"].agg(", ".join)
    return _added(log, [(findings.on, str(entity), "trigger", why) for entity, why in points.items()])


def _states_at_the_end(log: pd.DataFrame, day: dt.date, rules: SandboxRules) -> dict[str, SandboxState]:
    trails = sandbox_trails(log, as_of=day + dt.timedelta(days=1), rules=rules)
    return {entity: trail[-1].state for entity, trail in trails if trail}


def _may_apply(state: SandboxState, day: dt.date) -> bool:
    barred = state.barred_until is not None and day < state.barred_until
    return not (state.inside or barred or state.notice_due or state.platform_step)


def _added(log: pd.DataFrame, rows: list[tuple[dt.date, str, str, str]]) -> pd.DataFrame:
    added = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    return pd.concat([log[COLUMNS], added], ignore_index=True) if rows else log[COLUMNS]
