"""What the checks of an audit may look at: rows as they were known on its day, clean and rejected."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import ibis

from creditrisk.records.broken import RULES
from creditrisk.records.clean import ENGINE_TYPES
from creditrisk.records.engine import IbisTable
from creditrisk.records.quality.due import Due
from creditrisk.records.quality.standard import AuditStandard
from creditrisk.records.records import Records
from creditrisk.records.schema import Table
from creditrisk.records.snapshot import hidden_until


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Material:
    """Everything that one audit looks at.

    Parameters
    ----------
    day : datetime.date
        Only what was known strictly before it.
    standard : AuditStandard
        What is demanded.
    shapes : mapping of str to Table
        The record types that were delivered.
    rows : mapping of str to ibis.Table
        Their clean and rejected rows, with the column `rules` (null in clean rows).
    with_rejected : frozenset of str
        The record types that have rejected rows.
    entities : ibis.Table
        Registered entities: `is_entity`, their `is_name`, and whether the id is valid (`is_valid`).
    ids_are_uscc : bool
        Whether entity ids have to be unified social credit codes.
    due : Due or None
        Until when what began on a day is in time; none if no record type has to be.
    """

    day: dt.date
    standard: AuditStandard
    shapes: Mapping[str, Table]
    rows: Mapping[str, IbisTable]
    with_rejected: frozenset[str]
    entities: IbisTable
    ids_are_uscc: bool
    due: Due | None


def visible_rows(records: Records, name: str, day: dt.date) -> IbisTable:
    """Return the clean and rejected rows of one table that were known before a day.

    Parameters
    ----------
    records : Records
        All records.
    name : str
        A table that they have.
    day : datetime.date
        The day of the audit.

    Returns
    -------
    ibis.Table
        The columns of the record type, values that became known later null, and `rules`: those that a
        rejected row breaks, null in clean rows. A rejected row whose `known_on` cannot be read is there.
    """
    shape, clean = records.shapes[name], records.tables[name]
    rows = clean.select(*shape.column_names).mutate(**{RULES: ibis.null("string")})
    rejected = records.rejections.typed(name)
    if rejected is not None:
        rows = rows.union(_as_clean(rejected, shape))
    when = ibis.literal(day)
    hidden = hidden_until(rows, shape, when)
    known = rows.known_on.isnull() | (rows.known_on < when)
    return rows.filter(known).mutate(**hidden) if hidden else rows.filter(known)


def registered(rows: IbisTable) -> IbisTable:
    """Return the clean rows of registration."""
    return rows.filter(rows[RULES].isnull())


def _as_clean(rejected: IbisTable, shape: Table) -> IbisTable:
    columns = {
        c.name: rejected[c.name] if c.name in rejected.columns else ibis.null(ENGINE_TYPES[c.type])
        for c in shape.columns
    }
    return rejected.select(**columns, **{RULES: rejected[RULES]})
