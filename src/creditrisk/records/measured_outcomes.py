"""What came of each entity in the months after a day: looked at or not, in violation or not, at what loss.

For an entity i of the spine and the window ``[after_i, after_i + months)``::

    inspected_i  = some contact or violation occurred in the window
    violation_i  = 1 if some violation did, 0 if only contacts did, missing if neither
    loss_i       = sum of the loss columns in the window, missing unless violation_i = 1, and for all if the
                   records hold no table that says what a violation cost

Never inspected is therefore not the same as no violation.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import ibis
import numpy as np
import pandas as pd

from creditrisk.errors import OutcomeError, SpecError, hint
from creditrisk.records import conditions
from creditrisk.records.engine import IbisTable, IbisValue, to_frame
from creditrisk.records.outcomes import Contact, Loss, OutcomeDefinition, Violation
from creditrisk.records.schema import Table
from creditrisk.records.snapshot import known_before

PRIORITY = ("random", "targeted", "campaign", None, "complaint")
RANDOM = PRIORITY.index("random")
UNKNOWN = PRIORITY.index(None)
SILENT = {
    "contact": "boolean",
    "violation": "boolean",
    "rank": "int64",
    "drawn_at": "float64",
    "loss": "float64",
}


def measure(held: Mapping[str, IbisTable], windows: IbisTable, definition: OutcomeDefinition) -> pd.DataFrame:
    """Measure the outcomes of entities, each in its own window.

    Parameters
    ----------
    held : mapping of str to ibis.Table
        Clean records by record type; types that the definition does not read do no harm.
    windows : ibis.Table
        `entity_id`, `as_of` and `window_end`, one row for each outcome.
    definition : OutcomeDefinition
        What counts.

    Returns
    -------
    pandas.DataFrame
        One row for every window, sorted by and indexed with `as_of` and `entity_id`; columns `inspected`,
        `violation`, the loss, `inclusion_probability` and `channel`.

    Raises
    ------
    OutcomeError
        If the records hold no table that could show a violation, or nobody was inspected.
    SpecError
        If the definition names a column that its table does not have.
    """
    if not set(definition.showing) & set(held):
        raise OutcomeError(
            f"Outcomes by {definition.name!r} are read from the tables {', '.join(definition.showing)}; the "
            "records hold none of them, add one or choose another definition."
        )
    contacted = {part.table for part in definition.contact}
    events = [
        *(_event(held, windows, part, _contact) for part in definition.contact),
        *(_event(held, windows, _with_channel(part, contacted), _violation) for part in definition.violation),
        *(_event(held, windows, part, _loss) for part in definition.loss),
    ]
    found = reduce(lambda one, other: one.union(other), [event for event in events if event is not None])
    summed = found.group_by("entity_id", "as_of").agg(
        contact=found.contact.any(),
        violation=found.violation.any(),
        rank=found["rank"].min(),
        drawn_at=found.drawn_at.max(),
        loss=found.loss.sum(),
    )
    rows = windows.select("entity_id", "as_of").left_join(summed, ["entity_id", "as_of"])
    frame = (
        to_frame(rows.select("entity_id", "as_of", *SILENT)).set_index(["as_of", "entity_id"]).sort_index()
    )
    read = _everyone if definition.observed == "everyone" else _contacted
    result = read(frame, definition)
    if not any(part.table in held for part in definition.loss):
        result[definition.loss_column] = np.nan
    return result


def known_by_then(
    tables: Mapping[str, IbisTable], shapes: Mapping[str, Table], known_by: dt.date | None
) -> Mapping[str, IbisTable]:
    """Return the records as they were known strictly before a day; all of them if there is no such day."""
    if known_by is None:
        return tables
    day = ibis.literal(known_by)
    return {name: known_before(table, shapes[name], day) for name, table in tables.items()}


def _event[Part: Contact | Violation | Loss](
    held: Mapping[str, IbisTable],
    windows: IbisTable,
    part: Part,
    says: Callable[[IbisTable, Part], dict[str, IbisValue]],
) -> IbisTable | None:
    """Return what a part of the definition says of every record in a window; none if its table is absent."""
    if part.table not in held:
        return None
    rows = held[part.table]
    rows = rows.filter(conditions.compile(part.where, rows)).inner_join(windows, "entity_id")
    rows = rows.filter(rows.occurred_on >= rows.as_of, rows.occurred_on < rows.window_end)
    silent = {name: ibis.null(kind) for name, kind in SILENT.items()}
    return rows.select("entity_id", "as_of", **{**silent, **says(rows, part)})


def _contact(rows: IbisTable, part: Contact) -> dict[str, IbisValue]:
    rank = _rank(rows, part.channel, part.table)
    said = {"contact": ibis.literal(True), "rank": rank}
    if part.inclusion_probability is None:
        return said
    probability = _number(rows, part.inclusion_probability, part.table)
    return said | {"drawn_at": ibis.ifelse(rank == RANDOM, probability, ibis.null("float64"))}


def _violation(rows: IbisTable, part: Violation) -> dict[str, IbisValue]:
    yes = ibis.literal(True)
    rank = _rank(rows, part.channel, part.table) if part.channel else ibis.null("int64")
    return {"contact": yes, "violation": yes, "rank": rank}


def _loss(rows: IbisTable, part: Loss) -> dict[str, IbisValue]:
    amounts = [_number(rows, column, part.table).fill_null(0.0) for column in part.columns]
    return {"loss": reduce(lambda one, other: one + other, amounts)}


def _with_channel(part: Violation, contacted: set[str]) -> Violation:
    """Give a violation for which no contact speaks the channel `complaint`."""
    if part.channel is None and part.table not in contacted:
        return part.model_copy(update={"channel": "complaint"})
    return part


def _rank(rows: IbisTable, channel: str | None, table: str) -> IbisValue:
    if channel is None:
        return ibis.literal(UNKNOWN, "int64")
    if channel in PRIORITY:
        return ibis.literal(PRIORITY.index(channel), "int64")
    column = _column(rows, channel, table)
    ranks = [(column == name, ibis.literal(i, "int64")) for i, name in enumerate(PRIORITY) if name]
    return ibis.cases(*ranks, else_=ibis.literal(UNKNOWN, "int64"))


def _number(rows: IbisTable, name: str, table: str) -> IbisValue:
    column = _column(rows, name, table)
    if not column.type().is_numeric():
        raise SpecError(
            f"An outcome definition reads the column {name!r} of table {table!r} as a number; it holds "
            f"{str(column.type()).lower()} values, name another."
        )
    return column.cast("float64")


def _column(rows: IbisTable, name: str, table: str) -> IbisValue:
    if name not in rows.columns:
        raise SpecError(
            f"An outcome definition names the column {name!r}, which table {table!r} does not have."
            f"{hint(name, rows.columns)}"
        )
    return rows[name]


def _contacted(frame: pd.DataFrame, definition: OutcomeDefinition) -> pd.DataFrame:
    inspected = _true(frame["contact"])
    rank = frame["rank"].fillna(UNKNOWN).astype(int)
    channel = [PRIORITY[i] if seen else None for i, seen in zip(rank, inspected, strict=True)]
    violation = np.where(inspected, _true(frame["violation"]).astype(float), np.nan)
    return _outcomes(frame, definition, inspected, violation, frame["drawn_at"].astype(float), channel)


def _everyone(frame: pd.DataFrame, definition: OutcomeDefinition) -> pd.DataFrame:
    """Treat a complete record of violations as a census: everyone is drawn, with probability 1."""
    size = len(frame)
    violation = _true(frame["violation"]).astype(float)
    return _outcomes(frame, definition, np.ones(size, bool), violation, np.ones(size), ["random"] * size)


def _true(values: pd.Series) -> Any:
    return values.eq(True).to_numpy(dtype=bool)


def _outcomes(
    frame: pd.DataFrame,
    definition: OutcomeDefinition,
    inspected: Any,
    violation: Any,
    drawn_at: Any,
    channel: Any,
) -> pd.DataFrame:
    loss = np.where(violation == 1, frame["loss"].fillna(0.0).astype(float), np.nan)
    columns = {
        "inspected": inspected,
        "violation": violation,
        definition.loss_column: loss,
        "inclusion_probability": drawn_at,
        "channel": pd.Series(channel, index=frame.index, dtype=object),
    }
    return pd.DataFrame(columns, index=frame.index)
