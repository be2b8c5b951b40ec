"""A cohort: which entities to speak about, each on its own day."""

from typing import Any

import pandas as pd

from creditrisk.errors import DateError, SpecError, hint
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
    labels = list(frame.columns)
    odd = [name for name in COLUMNS if labels.count(name) != 1]
    if odd:
        many = "missing" if odd[0] not in labels else "there twice"
        raise SpecError(
            f"A cohort has the columns 'entity_id' and 'as_of', once each; {odd[0]!r} is {many}."
            f"{hint(odd[0], map(str, labels)) if many == 'missing' else ''}"
        )
    if frame.empty:
        raise SpecError("A cohort needs at least one row; got none.")
    absent = int(frame[COLUMNS].isna().any(axis=1).sum())
    if absent:
        raise SpecError(f"A cohort has a value in every row; {absent} of {len(frame)} rows lack one.")
    days = {day: to_date(day, "an as-of date") for day in _distinct(frame["as_of"])}
    cohort = pd.DataFrame(
        {
            "entity_id": _texts(frame["entity_id"]),
            "as_of": frame["as_of"].map(days).astype(object).to_numpy(),
        }
    )
    twice = int(cohort.duplicated().sum())
    if twice:
        raise SpecError(f"A cohort has each entity once a day; {twice} of {len(cohort)} rows repeat another.")
    return cohort


def _distinct(days: pd.Series) -> Any:
    try:
        return days.unique()
    except TypeError:
        raise DateError("An as-of date of a cohort is one day; got several in one row.") from None


def _texts(ids: pd.Series) -> Any:
    try:
        return ids.astype(str).to_numpy()
    except UnicodeEncodeError:
        raise SpecError("The entity ids of a cohort are text; one has characters that are none.") from None
