"""Chinese working days (工作日), as a table of due dates that rows are joined to.

Public holidays and make-up workdays come from the package `chinesecalendar`; in years that it does not know,
every Monday to Friday is a working day.
"""

import datetime as dt
from functools import cache

import numpy as np
from numpy.typing import NDArray

_DAY = np.timedelta64(1, "D")
_TAIL_DAYS = 120

type Days = NDArray[np.datetime64]


def official_years() -> tuple[int, int]:
    """Return the first and the last year of the official calendar.

    Returns
    -------
    tuple of (int, int)
        Both are known whole.

    Examples
    --------
    >>> official_years()[0]
    2004
    """
    holidays, _ = _exceptions()
    years = holidays.astype("datetime64[Y]").astype(int) + 1970
    return int(years.min()), int(years.max())


def due_days(start: dt.date, end: dt.date, working_days: int) -> tuple[Days, Days]:
    """Return, for every day, the last day on which something that began on it is in time.

    Parameters
    ----------
    start, end : datetime.date
        The first and the last day to say it for.
    working_days : int
        How many working days there are; the day itself is not counted.

    Returns
    -------
    tuple of ndarray of datetime64[D], (n,)
        The days from `start` to `end`, and the `working_days`-th working day after each.

    Examples
    --------
    >>> days, due = due_days(dt.date(2024, 2, 9), dt.date(2024, 2, 9), 7)  # eve of the Spring Festival
    >>> str(due[0])
    '2024-02-26'
    """
    days = np.arange(np.datetime64(start), np.datetime64(end) + _DAY)
    every = np.arange(np.datetime64(start), np.datetime64(end) + (2 * working_days + _TAIL_DAYS) * _DAY)
    works = is_working(every)
    passed = np.cumsum(works)[: len(days)]
    return days, every[works][passed + working_days - 1]


def is_working(days: Days) -> NDArray[np.bool_]:
    """Return which days are working days.

    Parameters
    ----------
    days : ndarray of datetime64[D], (n,)
        Any days.

    Returns
    -------
    ndarray of bool, (n,)
        True for working days.

    Examples
    --------
    >>> days = np.array(["2024-10-07", "2024-10-08", "2024-10-12"], dtype="datetime64[D]")
    >>> is_working(days).tolist()  # the last is a Saturday on which the country works
    [False, True, True]
    """
    holidays, workdays = _exceptions()
    works = np.is_busday(days)
    works &= ~np.isin(days, holidays)
    works |= np.isin(days, workdays)
    return np.asarray(works)


@cache
def _exceptions() -> tuple[Days, Days]:
    from chinese_calendar import constants

    return (
        np.array(sorted(constants.holidays), dtype="datetime64[D]"),
        np.array(sorted(constants.workdays), dtype="datetime64[D]"),
    )
