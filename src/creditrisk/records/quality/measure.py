"""Run the checks of one table: one pass counts the rows of every scope, one keeps those that fail."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from creditrisk.records.engine import IbisTable, to_frame
from creditrisk.records.quality.check import EVERY, Check, Part, Scope, filled
from creditrisk.records.schema import Table

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """What the checks of one table found.

    Parameters
    ----------
    table : str
        The record type.
    checks : tuple of Check
        Those that were made.
    checked : pandas.DataFrame, (organisations, checks)
        How many rows each check spoke about.
    months : pandas.DataFrame
        `source_org`, `month` (counted from year 0; missing where not known) and `rows`.
    failing : pyarrow.Table
        `record_id`, `entity_id`, `source_org` of the rows that fail, and for the check number `i` whether
        they fail it, as column ``str(i)``.
    notes : tuple of str
        Checks that could not be made.
    """

    table: str
    checks: tuple[Check, ...]
    checked: pd.DataFrame
    months: pd.DataFrame
    failing: pa.Table
    notes: tuple[str, ...]


def measure(rows: IbisTable, shape: Table, parts: Sequence[Part]) -> Measured:
    """Run checks over the rows of one table.

    Parameters
    ----------
    rows : ibis.Table
        The visible rows, with registered data of their entities.
    shape : Table
        Their record type.
    parts : sequence of Part
        The checks, and what has to be joined for them.

    Returns
    -------
    Measured
        Counts by responsible organisation, and the failing rows.
    """
    every = [check for part in parts for check in part.checks]
    counts, scopes = _count(rows, every)
    absent = {name for name in _needed(every) if not counts[scopes[name]].sum()}
    checks = tuple(check for check in every if check.only_with not in absent)
    by_org = counts.groupby("source_org")[list(scopes.values())].sum()
    return Measured(
        table=shape.name,
        checks=checks,
        checked=pd.DataFrame(
            {i: by_org[scopes[check.scope.name]] for i, check in enumerate(checks)}, index=by_org.index
        ),
        months=counts[["source_org", "month", "rows"]],
        failing=_failing(rows, parts, checks),
        notes=tuple(
            f"No record of `{shape.name}` has {name}: {check.rule!r} was not checked."
            for name in sorted(absent)
            for check in every
            if check.only_with == name
        ),
    )


def _needed(checks: Sequence[Check]) -> set[str]:
    return {check.only_with for check in checks if check.only_with is not None}


def _count(rows: IbisTable, checks: Sequence[Check]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Count the rows in every scope by organisation and month; return the column of each scope as well."""
    scopes = {check.scope.name: check.scope for check in checks}
    scopes |= {name: filled(name) for name in _needed(checks)}
    names = {name: "rows" if name == EVERY.name else f"scope_{i}" for i, name in enumerate(scopes)}
    keyed = rows.mutate(
        source_org=rows.source_org.fill_null(UNKNOWN),
        month=rows.known_on.year() * 12 + rows.known_on.month() - 1,
    )
    sums = {names[n]: _true(keyed, scope).sum() for n, scope in scopes.items() if n != EVERY.name}
    counts = keyed.group_by("source_org", "month").agg(rows=keyed.count(), **sums)
    return to_frame(counts).astype({"source_org": object}), names | {EVERY.name: "rows"}


def _true(rows: IbisTable, scope: Scope) -> ibis.Value:
    return ibis.ifelse(scope.where(rows), 1, 0)


def _failing(rows: IbisTable, parts: Sequence[Part], checks: Sequence[Check]) -> pa.Table:
    """Return the rows that fail some check."""
    used = [part for part in parts if any(check in checks and check.fails for check in part.checks)]
    joined = rows.mutate(**{name: value for part in used for name, value in part.derive(rows).items()})
    for part in used:
        joined = part.join(joined)
    fails = {str(i): c.fails(joined).fill_null(False) for i, c in enumerate(checks) if c.fails is not None}
    kept = joined.select(
        record_id=joined.record_id,
        entity_id=joined.entity_id,
        source_org=joined.source_org.fill_null(UNKNOWN),
        **fails,
    )
    found = kept.filter(ibis.or_(*(kept[name] for name in fails))).to_pyarrow()
    nowhere = pa.array(np.zeros(len(found), dtype=bool))
    flags = {str(i): found[str(i)] if str(i) in fails else nowhere for i, _ in enumerate(checks)}
    ids = {name: found[name].cast(pa.string()) for name in ("record_id", "entity_id")}
    return pa.table({**ids, "source_org": found["source_org"].dictionary_encode(), **flags})
