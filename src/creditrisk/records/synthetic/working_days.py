"""Working days in China (工作日): make-up workdays count, public holidays do not."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.quality.calendar import is_working
from creditrisk.records.synthetic.log import DAY, Days

_FIRST = np.datetime64("1980-01-01", "D")
_LAST = np.datetime64("2110-12-31", "D")


def working_days_after(day: Days, number: NDArray[np.int64]) -> Days:
    """Return the working day that is the n-th after each day.

    Outside the years of the official calendar, working days are Monday to Friday.

    Parameters
    ----------
    day : array of datetime64[D], shape (n,)
        From which days, between 1980 and 2110.
    number : array of int, shape (n,)
        How many working days later, at least 1.

    Returns
    -------
    array of datetime64[D], shape (n,)
        The days.

    Examples
    --------
    >>> friday = np.array(["2024-09-27"], dtype="datetime64[D]")
    >>> [str(working_days_after(friday, np.array([number]))[0]) for number in (1, 2, 3)]
    ['2024-09-29', '2024-09-30', '2024-10-08']
    """
    days, passed = _calendar()
    return np.asarray(days[passed[(day - _FIRST).astype(np.int64)] + number - 1])


def collected_after(rng: np.random.Generator, day: Days, low: int, high: int) -> Days:
    """Return when the bureau knew what happened on each day, `low` to `high` working days later."""
    return working_days_after(day, rng.integers(low, high + 1, len(day)))


@cache
def _calendar() -> tuple[Days, NDArray[np.int64]]:
    """Return all working days, and for each day of the table how many had passed with it."""
    every = np.arange(_FIRST, _LAST + DAY)
    works = is_working(every)
    return every[works], np.cumsum(works)
