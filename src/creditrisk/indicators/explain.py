"""The records behind one value of one indicator, and what they say of it."""

from typing import TYPE_CHECKING

import pandas as pd

from creditrisk.errors import SpecError
from creditrisk.indicators.absent import is_absent, tables_of
from creditrisk.indicators.executors.sql import clock_of, prepared_events
from creditrisk.indicators.explanation import Explanation, Missing
from creditrisk.indicators.indicator import Indicator
from creditrisk.records.dates import add_months, to_date
from creditrisk.records.engine import to_frame, to_value

if TYPE_CHECKING:
    from creditrisk.records.snapshot import Snapshot


def explained(snapshot: "Snapshot", entity_id: str, indicator: Indicator, X: pd.DataFrame) -> Explanation:
    """Return the value of an indicator for an entity, its windows and its records.

    Parameters
    ----------
    snapshot : Snapshot
        What was known.
    entity_id : str
        The entity.
    indicator : Indicator
        The spec.
    X : DataFrame
        The indicator of everybody in the snapshot.

    Returns
    -------
    Explanation
        On each as-of date of the entity.

    Raises
    ------
    SpecError
        If the entity is not in the snapshot.
    """
    records = records_behind(snapshot, entity_id, indicator)
    own = X.xs(entity_id, level="entity_id") if X.index.nlevels > 1 else X.loc[[entity_id]]
    days = [snapshot.date] if snapshot.date else [to_date(day) for day in own.index]
    values = own[indicator.name].astype(object).where(own[indicator.name].notna(), None).tolist()
    told = {to_date(day) for day in records["as_of"]} if len(records) else set()
    months = indicator.months and indicator.months * max(indicator.measure.windows, 1)
    dates = pd.DataFrame(
        {
            "value": pd.Series(values, dtype=object),
            "missing": pd.Series(
                [
                    _missing(snapshot, indicator, told=day in told) if value is None else None
                    for value, day in zip(values, days, strict=True)
                ],
                dtype=object,
            ),
            "since": pd.Series([add_months(day, -months) if months else None for day in days], dtype=object),
            "until": pd.Series(days, dtype=object),
        }
    )
    dates.index = pd.DatetimeIndex(days, name="as_of")
    return Explanation(entity_id=entity_id, indicator=indicator, dates=dates, records=records)


def _missing(snapshot: "Snapshot", indicator: Indicator, *, told: bool) -> Missing:
    if any(snapshot.table(name) is None for name in tables_of(indicator)):
        return Missing.NOT_SUPPLIED
    return Missing.NOT_APPLICABLE if told or is_absent(indicator, snapshot) else Missing.NOT_FILED


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
