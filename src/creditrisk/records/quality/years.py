"""Record types of which every entity owes one record a year: which entity-years have none."""

import datetime as dt

import ibis
import pyarrow as pa

from creditrisk.records.engine import IbisTable, to_frame
from creditrisk.records.quality.gaps import Gaps, gaps
from creditrisk.records.quality.material import Material, registered
from creditrisk.records.quality.measure import UNKNOWN
from creditrisk.records.schema import Table

NO_RECORD = "no record of the entity in the year"
COLLECTED_BY = dt.timedelta(days=31)
_ENDS = ("deregistered_on", "revoked_on", "annulled_on", "moved_out_on")
_MOST_YEARS = 50


def years(material: Material, shape: Table) -> Gaps:
    """Find the entity-years without a record.

    An entity owes a record for a calendar year that it began and ended as registered. The years are those
    that ended a month before the audit, from the first in which half of the entities that owe a record have
    one.

    Parameters
    ----------
    material : Material
        What the audit looks at.
    shape : Table
        A record type with one record a year.

    Returns
    -------
    Gaps
        Owed and missing entity-years; `detail` is the year.
    """
    rows = material.rows[shape.name]
    last = (material.day - COLLECTED_BY).year - 1
    first = rows.occurred_on.year().min().to_pyarrow().as_py()
    if first is None or first > last:
        return gaps([], [])
    owed = _owed(material, range(max(first, last - _MOST_YEARS), last + 1))
    had = rows.select(had_entity="entity_id", had_year=rows.occurred_on.year()).distinct()
    state = owed.left_join(had, [owed.entity_id == had.had_entity, owed.year == had.had_year])
    counts = state.group_by("year").agg(owed=state.count(), had=state.had_entity.count())
    by_year = to_frame(counts).set_index("year").sort_index()
    begun = by_year.index[2 * by_year["had"] >= by_year["owed"]]
    if not len(begun):
        return gaps([], [])
    kept = by_year.loc[begun[0] :]
    missing = state.filter(state.had_entity.isnull() & (state.year >= int(begun[0])))
    found = to_frame(missing.select("entity_id", "year")).sort_values(["year", "entity_id"])
    said: dict[str, object] = {"table": shape.name, "source_org": UNKNOWN, "rule": NO_RECORD}
    total = {"checked": int(kept["owed"].sum()), "failed": len(found)}
    return gaps(
        [said | total],
        (said | {"entity_id": e, "detail": str(y)} for e, y in found.itertuples(index=False)),
    )


def _owed(material: Material, span: range) -> IbisTable:
    """Return the entities and years that a record is owed for."""
    calendar = ibis.memtable(
        pa.table(
            {
                "year": pa.array(span, pa.int64()),
                "begins": [dt.date(year, 1, 1) for year in span],
                "next_begins": [dt.date(year + 1, 1, 1) for year in span],
            }
        )
    )
    clean = registered(material.rows["registration"])
    ends = [name for name in _ENDS if name in clean.columns]
    pairs = clean.select("entity_id", "occurred_on", *ends).cross_join(calendar)
    there = pairs.occurred_on < pairs.begins
    for name in ends:
        there &= pairs[name].isnull() | (pairs[name] >= pairs.next_begins)
    return pairs.filter(there).select("entity_id", "year")
