"""Which requirements for repair are still open: not met by the records, or not to be seen in them."""

from collections.abc import Sequence
from enum import StrEnum
from functools import reduce

import ibis

from creditrisk.records import conditions
from creditrisk.records.engine import IbisTable, IbisValue, to_frame
from creditrisk.records.repair.regime import NoneSince, Requirement
from creditrisk.records.repair.rules import AnyRegime, rules_for, tables_of
from creditrisk.records.repair.state import STATE, RecordState, with_states
from creditrisk.records.snapshot import Snapshot


class Finding(StrEnum):
    """What the records say of a requirement."""

    MET = "met"
    NOT_MET = "not met"
    NOT_SEEN = "not seen"

    @property
    def remark_en(self) -> str:
        """What is written after an open requirement, in English."""
        return "the records speak against it" if self is Finding.NOT_MET else "to be shown"

    @property
    def remark_zh(self) -> str:
        """What is written after an open requirement, in Chinese."""
        return "现有记录不符" if self is Finding.NOT_MET else "待证明"


def findings(
    snapshot: Snapshot, table: str, record_ids: Sequence[str], requirement: Requirement, regime: AnyRegime
) -> list[Finding]:
    """Return what the records say of a requirement, for some records of a type.

    Parameters
    ----------
    snapshot : Snapshot
        Of one day.
    table : str
        The type of the records to be repaired.
    record_ids : sequence of str
        Which of them.
    requirement : Requirement
        The requirement.
    regime : RepairRegime, str or Path, optional
        The regime by which lists are read.

    Returns
    -------
    list of Finding
        One for each record id.
    """
    said = _said(snapshot, snapshot.tables[table], requirement, regime)
    if said is None:
        return [Finding.NOT_SEEN] * len(record_ids)
    by_id = to_frame(said).set_index("record_id")["finding"]
    return [Finding(one) for one in by_id.loc[list(record_ids)]]


def _said(
    snapshot: Snapshot, rows: IbisTable, requirement: Requirement, regime: AnyRegime
) -> IbisTable | None:
    """Return `record_id` and `finding`; none if the records held cannot decide."""
    since = requirement.none_since
    read = (since.table,) if since else requirement.not_on
    if any(snapshot.table(name) is None for name in read):
        return None
    if since:
        return _since(rows, snapshot.tables[since.table], since)
    if requirement.not_on:
        return _listed(rows, [_active(snapshot, name, regime) for name in requirement.not_on])
    if requirement.met_if:
        met = conditions.compile(requirement.met_if, rows)
        return rows.select("record_id", finding=ibis.ifelse(met, Finding.MET.value, Finding.NOT_SEEN.value))
    return None


def _since(rows: IbisTable, others: IbisTable, asked: NoneSince) -> IbisTable:
    others = others.filter(conditions.compile(asked.where, others))
    last = others.group_by("entity_id", *asked.same).agg(__last_on=others.occurred_on.max())
    own = rows.select("record_id", "entity_id", "occurred_on", *asked.same)
    joined = own.left_join(last, ["entity_id", *asked.same])
    return joined.select(
        "record_id",
        finding=ibis.cases(
            *((joined[name].isnull(), Finding.NOT_SEEN.value) for name in asked.same),
            ((joined["__last_on"] > joined.occurred_on).fill_null(False), Finding.NOT_MET.value),
            else_=Finding.MET.value,
        ),
    )


def _listed(rows: IbisTable, lists: list[IbisTable]) -> IbisTable:
    listed = reduce(lambda one, other: one.union(other), lists).distinct()
    listed = listed.mutate(__on_a_list=ibis.literal(True))
    joined = rows.select("record_id", "entity_id").left_join(listed, "entity_id")
    on_a_list: IbisValue = joined["__on_a_list"].fill_null(False)
    met = ibis.ifelse(on_a_list, Finding.NOT_MET.value, Finding.MET.value)
    return joined.select("record_id", finding=met)


def _active(snapshot: Snapshot, table: str, regime: AnyRegime) -> IbisTable:
    """Return the entities with a record of a type that counts; for types without rules, with any at all."""
    if table not in tables_of(regime):
        return snapshot.tables[table].select("entity_id")
    rows = with_states(snapshot, table, rules_for(table, regime))
    return rows.filter(rows[STATE] == RecordState.ACTIVE.value).select("entity_id")
