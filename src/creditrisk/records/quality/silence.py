"""Organisations that delivered month by month and then did not: too long to be chance.

Months are those in which records became known. An organisation is regular in a record type if, its longest
pause left out, it delivered in nine of ten months, and in at least as many as the standard asks. A pause is a
silence if

- at least as many records as the standard says would have been expected in it: every month of it at the rate
  of a month that is low for the organisation (the tenth lowest of a hundred) or at the mean of the same month
  of other years, whichever is less, so that seasons are no silence;
- as many different entities had records in an equal time before it: the monthly figures of one entity that
  closes are no silence.

With 20 expected records, chance leaves a pause empty once in 5 × 10⁸ (Poisson).
"""

import datetime as dt

import ibis
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.records.engine import IbisTable, to_value
from creditrisk.records.quality.gaps import Gaps, gaps
from creditrisk.records.quality.measure import UNKNOWN
from creditrisk.records.quality.standard import Silence

SILENT = "nothing delivered in a month"
_REGULAR = 0.9
_LOW = 0.1


def silence(table: str, rows: IbisTable, months: pd.DataFrame, day: dt.date, demands: Silence) -> Gaps:
    """Find the months in which regular organisations delivered nothing.

    Parameters
    ----------
    table : str
        The record type.
    rows : ibis.Table
        Its visible rows; looked at only where a pause is long.
    months : pandas.DataFrame
        `source_org`, `month` (counted from year 0) and `rows`.
    day : datetime.date
        The day of the audit; its own month is not over.
    demands : Silence
        What makes a pause a silence.

    Returns
    -------
    Gaps
        Months watched and silent, by organisation; `detail` is the month.
    """
    end = _number(day)
    known = months.dropna(subset=["month"])
    known = known[(known["month"] < end) & (known["source_org"] != UNKNOWN)]
    owed, missing = [], []
    for organisation, own in known.groupby("source_org"):
        first = int(own["month"].min())
        counts = np.bincount(own["month"].astype(int) - first, weights=own["rows"], minlength=end - first)
        pauses = long_pauses(counts, demands)
        if pauses is None:
            continue
        own_rows = rows.filter(rows.source_org == organisation)
        silent = [
            first + int(place)
            for pause in pauses
            if _entities_before(own_rows, first + int(pause[0]), len(pause)) >= demands.records
            for place in pause
        ]
        said = {"table": table, "source_org": organisation, "rule": SILENT}
        owed.append(said | {"checked": len(counts), "failed": len(silent)})
        missing += [said | {"detail": f"{one // 12:04d}-{one % 12 + 1:02d}"} for one in silent]
    return gaps(owed, missing)


def long_pauses(counts: NDArray[np.float64], demands: Silence) -> list[NDArray[np.intp]] | None:
    """Return the pauses in which too many records would have been expected.

    Parameters
    ----------
    counts : ndarray of float, (months,)
        Records delivered month by month, since the first.
    demands : Silence
        What makes a pause a silence.

    Returns
    -------
    list of ndarray of int, or None
        The places of the months of each pause; None if the organisation is not regular.

    Examples
    --------
    >>> [pause.tolist() for pause in long_pauses(np.array([30.0] * 20 + [0, 0] + [30.0] * 4), Silence())]
    [[20, 21]]
    >>> long_pauses(np.array([30.0, 0, 0] * 9), Silence()) is None
    True
    """
    empty = np.flatnonzero(counts == 0)
    pauses = [part for part in np.split(empty, np.flatnonzero(np.diff(empty) > 1) + 1) if len(part)]
    longest = max((len(pause) for pause in pauses), default=0)
    delivered = counts[counts > 0]
    if len(delivered) < max(demands.months, _REGULAR * (len(counts) - longest)):
        return None
    low = float(np.quantile(delivered, _LOW))
    return [pause for pause in pauses if _expected(counts, pause, low) >= demands.records]


def _expected(counts: NDArray[np.float64], pause: NDArray[np.intp], low: float) -> float:
    """Return how many records would have been expected in a pause."""
    outside = np.setdiff1d(np.arange(len(counts)), pause)
    other_years = [counts[outside[(outside - month) % 12 == 0]] for month in pause]
    return float(sum(min(low, same.mean()) if len(same) else low for same in other_years))


def _entities_before(rows: IbisTable, month: int, length: int) -> int:
    """Count the different entities with records in so many months before one."""
    since, until = (ibis.literal(_first_day(number)) for number in (month - length, month))
    return int(to_value(rows.filter((rows.known_on >= since) & (rows.known_on < until)).entity_id.nunique()))


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)
