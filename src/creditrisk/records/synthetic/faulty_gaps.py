"""Faults of coverage (全面性): months without a delivery, and entities without the report of a year."""

import numpy as np
import pandas as pd

from creditrisk.records.dimension import Dimension
from creditrisk.records.tables import TABLES

_BUSY = 25
_MONTHS = 14
_SILENT_MONTHS = 3
_ENDS = ("deregistered_on", "revoked_on", "annulled_on", "moved_out_on")


def drop_months(
    tables: dict[str, pd.DataFrame], until: pd.Timestamp, share: float, rng: np.random.Generator
) -> list[dict[str, str]]:
    """Remove all records that an organisation delivered in some months of its own.

    Only organisations that deliver every month are chosen, each for one month, and only tables to whose
    records none refers.

    Parameters
    ----------
    tables : dict of str to DataFrame
        The records; tables are replaced.
    until : Timestamp
        Before which months are chosen.
    share : float
        Of the months of busy organisations; at most three are removed, and one at least.
    rng : Generator
        Where the random numbers come from.

    Returns
    -------
    list of dict
        What was planted.
    """
    busy = [(name, *one) for name in sorted(tables) for one in _busy(name, tables[name], until)]
    if not busy or share == 0:
        return []
    number = min(_SILENT_MONTHS, len(busy), max(1, round(share * len(busy) * _MONTHS)))
    planted = []
    for place in rng.choice(len(busy), number, replace=False):
        name, organisation, months = busy[place]
        month = months[rng.integers(len(months) // 4, len(months))]
        frame = tables[name]
        gone = (frame["source_org"] == organisation) & (frame["known_on"].dt.strftime("%Y-%m") == month)
        tables[name] = frame[~gone].reset_index(drop=True)
        planted.append(_planted(name, f"{organisation} {month}", "nothing delivered in a month"))
    return planted


def _busy(name: str, frame: pd.DataFrame, until: pd.Timestamp) -> list[tuple[str, list[str]]]:
    """Return organisations with the months before `until`, if they delivered much in each and ever since."""
    referred = {link.table for table in TABLES.values() for link in table.links}
    if name in referred or TABLES[name].one_per_entity or TABLES[name].each_year or not len(frame):
        return []
    months = pd.PeriodIndex(frame["known_on"], freq="M")
    counts = pd.crosstab(frame["source_org"], months)
    counts = counts.reindex(columns=pd.period_range(months.min(), months.max(), freq="M"), fill_value=0)
    counts = counts.iloc[:, 1:-3]
    chosen = [str(month) for month in counts.columns if str(month) < until.strftime("%Y-%m")]
    regular = counts.index[(counts >= _BUSY).all(axis=1)]
    return [(str(one), chosen) for one in regular] if len(chosen) >= _MONTHS else []


def drop_reports(
    tables: dict[str, pd.DataFrame], until: pd.Timestamp, share: float, rng: np.random.Generator
) -> list[dict[str, str]]:
    """Remove the yearly record of some entities that stayed registered in that year.

    Parameters
    ----------
    tables : dict of str to DataFrame
        The records; tables are replaced.
    until : Timestamp
        Only years that ended before.
    share : float
        Of the entity-years.
    rng : Generator
        Where the random numbers come from.

    Returns
    -------
    list of dict
        What was planted.
    """
    planted = []
    registration = tables["registration"].set_index("entity_id")
    ends = registration[list(_ENDS)].min(axis=1)
    for name in sorted(name for name in tables if TABLES[name].each_year):
        frame = tables[name]
        year = frame["occurred_on"].dt.year
        stays = ~(frame["entity_id"].map(ends).dt.year <= year)
        could = np.flatnonzero(stays & (frame["occurred_on"].dt.year < until.year))
        gone = rng.choice(could, round(share * len(could)), replace=False)
        for entity, missing in zip(frame["entity_id"].iloc[gone], year.iloc[gone], strict=True):
            planted.append(_planted(name, f"{entity} {missing}", "no record of the entity in the year"))
        tables[name] = frame.drop(frame.index[gone]).reset_index(drop=True)
    return planted


def _planted(table: str, record_id: str, fault: str) -> dict[str, str]:
    return {"table": table, "record_id": record_id, "dimension": str(Dimension.COVERAGE), "fault": fault}
