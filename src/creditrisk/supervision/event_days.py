"""The day of an event."""

import datetime as dt

from creditrisk.errors import SpecError, shown


def check_day(on: object) -> None:
    """Check that an event has a day, without a time.

    Parameters
    ----------
    on : object
        What it has.

    Raises
    ------
    SpecError
        If it is no day.

    Examples
    --------
    >>> check_day("2024-01-01")
    Traceback (most recent call last):
    ...
    creditrisk.errors.SpecError: An event has a day; got '2024-01-01': give a datetime.date.
    """
    if not isinstance(on, dt.date) or isinstance(on, dt.datetime):
        raise SpecError(f"An event has a day; got {shown(on)}: give a datetime.date.")
