"""The records behind one value of one indicator."""

from typing import TYPE_CHECKING

import pandas as pd

from creditrisk.errors import SpecError
from creditrisk.indicators.absent import is_absent
from creditrisk.indicators.executors.sql import clock_of, prepared_events
from creditrisk.indicators.indicator import Indicator
from creditrisk.records.engine import to_frame, to_value

if TYPE_CHECKING:
    from creditrisk.records.snapshot import Snapshot


def records_behind(snapshot: "Snapshot", entity_id: str, indicator: Indicator) -> pd.DataFrame:
    """Return the records that decide the value of an indicator for an entity.

    Parameters
    ----------
    snapshot : Snapshot
        What was known.
    entity_id : str
        The entity.
    indicator : Indicator
        The spec.

    Returns
    -------
    DataFrame
        Rows as they were known, with `as_of`, oldest first; empty if there is none.

    Raises
    ------
    SpecError
        If the entity is not in the snapshot.
    """
    spine = snapshot.spine
    if not to_value(spine.filter(spine.entity_id == entity_id).count()):
        raise SpecError(f"The entity {entity_id!r} is not in the snapshot; look at its index of entity_id.")
    if indicator.table is None or is_absent(indicator, snapshot):
        return pd.DataFrame()
    seen = indicator.measure.records_of(snapshot.table(indicator.table), snapshot, entity_id)
    events = prepared_events(seen, [indicator], clock_of(snapshot))[indicator.name]
    found = to_frame(events.table.filter(indicator.measure.evidence(events)).select(*seen.columns))
    rows = found.sort_values(["as_of", indicator.dated_by, "record_id"], ignore_index=True)
    decisive = [indicator.measure.behind(group) for _, group in rows.groupby("as_of", sort=True)]
    return pd.concat(decisive, ignore_index=True) if decisive else rows
