"""Whether a record still counts on the day of its snapshot, as an expression for the engine.

A snapshot hides a removal, a revocation or a repair until its day has passed, so a record counts until this
was known. Periods are compared with days computed in Python (`latest_start`): no engine has to add months.
"""

from enum import StrEnum

import ibis
import pyarrow as pa

from creditrisk.errors import SchemaError, hint
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue, to_frame
from creditrisk.records.repair.periods import latest_start
from creditrisk.records.repair.rules import Rule, by_rule, with_rule
from creditrisk.records.schema import Table
from creditrisk.records.snapshot import Snapshot

STATE = "__state"
STARTS = "__counted_from"
ENDED = "__ended_on"
ENDED_KNOWN = "__end_known_on"
EXTENDED = "__extended_to"
REPAIRED_KNOWN = "__repair_known_on"


class RecordState(StrEnum):
    """What a record is worth on a day (记录状态).

    `ACTIVE` counts; `REPAIRED` was repaired, revoked or removed early; `EXPIRED` is over by itself;
    `NOT_PUBLIC` is not published at all, so that no period runs.
    """

    ACTIVE = "active"
    REPAIRED = "repaired"
    EXPIRED = "expired"
    NOT_PUBLIC = "not_public"


def with_states(snapshot: Snapshot, table: str, rules: tuple[Rule, ...]) -> IbisTable:
    """Return the records of a snapshot with their rule, their state and the dates that decided it.

    Parameters
    ----------
    snapshot : Snapshot
        From `Records.as_of`.
    table : str
        The record type.
    rules : tuple of Rule
        From `rules_for`.

    Returns
    -------
    ibis.Table
        The columns of the record type, `as_of`, and those named at the head of this file.

    Raises
    ------
    SchemaError
        If the records do not hold this table.
    """
    held = snapshot.table(table)
    if held is None:
        raise SchemaError(
            f"Repair of {table!r} needs that table, which these records do not hold."
            f"{hint(table, snapshot.tables)}"
        )
    rows = with_rule(held, rules)
    rows = rows.mutate(**_dates(rows, rules, snapshot.shapes[table]))
    rows = _with_repairs(rows, snapshot, table)
    lengths = {rule.matter.maximum_months for rule in rules} - {None}
    rows = _with_latest_starts(rows, snapshot, sorted(length for length in lengths if length))
    rows = rows.mutate(**{STATE: _state(rows, rules)})
    return rows.drop(*(_latest(length) for length in lengths if length))


def _dates(rows: IbisTable, rules: tuple[Rule, ...], shape: Table) -> dict[str, IbisValue]:
    return {
        STARTS: ibis.coalesce(
            by_rule(rows, rules, lambda rule: rows[rule.records.counted_from]), rows.occurred_on
        ),
        EXTENDED: _or_null(by_rule(rows, rules, lambda rule: _extended(rows, rule))),
        ENDED: by_rule(rows, rules, lambda rule: rows[rule.records.ends]),
        ENDED_KNOWN: by_rule(rows, rules, lambda rule: rows[_known_with(rule, shape)]),
    }


def _extended(rows: IbisTable, rule: Rule) -> IbisValue | None:
    return None if rule.records.extended_to is None else rows[rule.records.extended_to]


def _or_null(day: IbisValue | None) -> IbisValue:
    return ibis.null("date") if day is None else day


def _known_with(rule: Rule, shape: Table) -> str:
    return shape.column(rule.records.ends).known_with or "known_on"


def _with_repairs(rows: IbisTable, snapshot: Snapshot, table: str) -> IbisTable:
    """Add when a repair of the record was known first; null if none was."""
    repairs = snapshot.table("repair")
    if repairs is None:
        return rows.mutate(**{REPAIRED_KNOWN: ibis.null("date")})
    of_table = repairs.filter(repairs.repaired_table == table)
    first = of_table.group_by("entity_id", "as_of", record_id=of_table.repaired_record_id).agg(
        **{REPAIRED_KNOWN: of_table.known_on.min()}
    )
    joined = rows.left_join(first, ["entity_id", "as_of", "record_id"])
    return joined.select(*rows.columns, REPAIRED_KNOWN)


def _with_latest_starts(rows: IbisTable, snapshot: Snapshot, lengths: list[int]) -> IbisTable:
    """Add for each length the latest start of a period that is over; by the row's own day in a cohort."""
    if snapshot.date is not None:
        day = snapshot.date
        return rows.mutate(**{_latest(n): ibis.literal(latest_start(day, n)) for n in lengths})
    days = list(to_frame(snapshot.spine.select("as_of").distinct())["as_of"].dt.date)
    starts = {_latest(n): pa.array([latest_start(day, n) for day in days], pa.date32()) for n in lengths}
    known = ibis.memtable(pa.table({"as_of": pa.array(days, pa.date32()), **starts}))
    return rows.inner_join(known, "as_of")


def _latest(length: int) -> str:
    return f"__latest_{length}"


def _state(rows: IbisTable, rules: tuple[Rule, ...]) -> IbisValue:
    ended = (rows[ENDED] <= rows.as_of).fill_null(False)
    early = by_rule(rows, rules, lambda rule: _is_repair(rows, rule)).fill_null(False)
    public = by_rule(rows, rules, lambda rule: ibis.literal(rule.matter.public)).fill_null(True)
    last = by_rule(rows, rules, lambda rule: _latest_of(rows, rule))
    longer = (rows[EXTENDED] >= rows.as_of).fill_null(False)
    over = ibis.literal(False) if last is None else (rows[STARTS] <= last).fill_null(False) & ~longer
    return ibis.cases(
        ((ended & early) | rows[REPAIRED_KNOWN].notnull(), RecordState.REPAIRED.value),
        (~public, RecordState.NOT_PUBLIC.value),
        (ended | over, RecordState.EXPIRED.value),
        else_=RecordState.ACTIVE.value,
    )


def _is_repair(rows: IbisTable, rule: Rule) -> IbisBoolean:
    return ibis.literal(True) if rule.records.repaired is None else rows[rule.records.repaired]


def _latest_of(rows: IbisTable, rule: Rule) -> IbisValue | None:
    months = rule.matter.maximum_months
    return None if months is None else rows[_latest(months)]
