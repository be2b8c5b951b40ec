"""Dates as users write them, and the arithmetic of months."""

import datetime as dt

import numpy as np
import pandas as pd

from creditrisk.errors import DateError, SpecError, shown

type DateLike = str | dt.date | pd.Timestamp


def to_date(when: object, what: str = "a date") -> dt.date:
    """Read a date.

    Parameters
    ----------
    when : str, datetime.date or pandas.Timestamp
        An ISO date such as ``"2024-01-01"``, or a date of Python or pandas.
    what : str
        What to call it in an error.

    Returns
    -------
    datetime.date
        The date, without a time of day.

    Raises
    ------
    DateError
        If it is not a date.

    Examples
    --------
    >>> to_date("2024-01-01")
    datetime.date(2024, 1, 1)
    """
    if isinstance(when, np.datetime64):
        when = pd.Timestamp(when)
    if isinstance(when, pd.Timestamp) and when.year > dt.MAXYEAR:
        raise DateError(f"{when} lies outside the calendar; choose a day before the year 10000.")
    if isinstance(when, dt.datetime) and not pd.isna(when):
        return when.date()
    if isinstance(when, dt.date) and not pd.isna(when):
        return when
    try:
        return dt.date.fromisoformat(when.strip())  # type: ignore[attr-defined]
    except (AttributeError, TypeError, ValueError):
        raise DateError(
            f"{shown(when)} is not {what}; write it as year-month-day, such as '2024-01-31'."
        ) from None


def add_months(date: dt.date, months: int) -> dt.date:
    """Return the same day some months later; the last day of the month where there is no such day.

    Parameters
    ----------
    date : datetime.date
        From here.
    months : int
        How many; negative goes back.

    Returns
    -------
    datetime.date
        The date.

    Raises
    ------
    DateError
        If it would lie outside the years 1 to 9999.

    Examples
    --------
    >>> add_months(dt.date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    try:
        return (pd.Timestamp(date) + pd.DateOffset(months=months)).date()
    except (OverflowError, ValueError):
        raise DateError(f"{months} months from {date} lies outside the calendar; choose fewer.") from None


def check_months(months: object) -> int:
    """Return a number of months, or say that it is none.

    Parameters
    ----------
    months : int
        A whole number, at least 1.

    Returns
    -------
    int
        The same number.

    Raises
    ------
    SpecError
        If it is not a whole number of at least 1.

    Examples
    --------
    >>> check_months(12)
    12
    """
    if isinstance(months, bool) or not isinstance(months, int) or months < 1:
        raise SpecError(f"A span of months is a whole number of at least 1; got {months!r}.")
    return months
