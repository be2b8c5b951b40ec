"""A cohort: which entities to speak about, each on its own day."""

import pandas as pd

from creditrisk.errors import SpecError
from creditrisk.records.dates import to_date

COLUMNS = ["entity_id", "as_of"]


def read_cohort(frame: pd.DataFrame) -> pd.DataFrame:
    """Check a cohort.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns `entity_id` and `as_of`; others are left out.

    Returns
    -------
    pandas.DataFrame
        `entity_id` as text and `as_of` as dates, in the given order.

    Raises
    ------
    SpecError
        If a column is missing, a value is missing, or a row stands twice.
    DateError
        If an `as_of` is not a date.

    Examples
    --------
    >>> read_cohort(pd.DataFrame({"entity_id": ["a"], "as_of": ["2024-01-01"]})).as_of[0]
    datetime.date(2024, 1, 1)
    """
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise SpecError(
            f"A cohort has the columns 'entity_id' and 'as_of'; {missing[0]!r} is missing, the columns are "
            f"{', '.join(map(repr, frame.columns))}."
        )
    if frame.empty:
        raise SpecError("A cohort needs at least one row; got none.")
    absent = int(frame[COLUMNS].isna().any(axis=1).sum())
    if absent:
        raise SpecError(f"A cohort has a value in every row; {absent} of {len(frame)} rows lack one.")
    days = {day: to_date(day, "an as-of date") for day in frame["as_of"].unique()}
    cohort = pd.DataFrame(
        {
            "entity_id": frame["entity_id"].astype(str).to_numpy(),
            "as_of": frame["as_of"].map(days).astype(object).to_numpy(),
        }
    )
    twice = int(cohort.duplicated().sum())
    if twice:
        raise SpecError(f"A cohort has each entity once a day; {twice} of {len(cohort)} rows repeat another.")
    return cohort
