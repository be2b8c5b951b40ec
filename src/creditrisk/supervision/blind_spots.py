"""Whom nobody has looked at although the class is low: blind spots of supervision (监管盲区)."""

import datetime as dt
from collections.abc import Iterable

import numpy as np
import pandas as pd

from creditrisk.errors import SpecError, hint, shown
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.risk_class import RiskClass
from creditrisk.records.dates import add_months, check_months, to_date
from creditrisk.records.engine import to_frame
from creditrisk.records.snapshot import Snapshot

_LETTERS = [str(risk_class) for risk_class in RiskClass]


def last_contacts(snapshot: Snapshot, tables: Iterable[str] = ("inspection", "penalty")) -> pd.Series:
    """Return the day on which each entity was last inspected or penalised, as far as the snapshot knows.

    Parameters
    ----------
    snapshot : Snapshot
        What was known.
    tables : iterable of str, default ("inspection", "penalty")
        The record types that count as a contact; those that the records do not hold count for nobody.

    Returns
    -------
    Series of datetime64
        By entity id; entities without a contact are not in it.
    """
    held = [table for name in tables if (table := snapshot.table(name)) is not None]
    days = [
        to_frame(table.group_by("entity_id").agg(day=table.occurred_on.max())).set_index("entity_id")["day"]
        for table in held
    ]
    if not days:
        return pd.Series(dtype="datetime64[ns]", index=pd.Index([], name="entity_id"), name="last_contact")
    stacked = pd.to_datetime(pd.concat(days))
    last: pd.Series = stacked.groupby(level="entity_id").max().rename("last_contact")
    return last


def find_blind_spots(
    ratings: Ratings,
    last_contact: pd.Series,
    *,
    classes: Iterable[str] = ("C", "D"),
    months: int | None = None,
    on: str | dt.date | None = None,
) -> pd.DataFrame:
    """Return the entities of a low class that nobody has inspected or penalised.

    Parameters
    ----------
    ratings : Ratings
        Of the entities in question; leave out those that are not active.
    last_contact : Series
        Day of the last contact by entity id, as `last_contacts` has it; not in it means never.
    classes : iterable of str, default ("C", "D")
        The low classes.
    months : int, optional
        How long ago a contact no longer counts; a contact of any age counts if not given.
    on : str or date, optional
        The day from which months are counted; the date of the ratings if not given.

    Returns
    -------
    DataFrame
        Indexed by entity id, the most expected loss first: `risk_class`, `p_violation`, the expected loss,
        `last_contact` (missing: never), `rank_by_loss`, `width` (of the interval of p: what a visit would
        teach) and `rank_by_width`, ranks from 1.

    Raises
    ------
    SpecError
        If a class is unknown, or months are counted from no day.

    Examples
    --------
    >>> table = pd.DataFrame({"risk_class": ["D", "D", "A"], "p_violation": [0.4, 0.3, 0.1],
    ...     "p_violation_lower": [0.3, 0.1, 0.0], "p_violation_upper": [0.5, 0.5, 0.2],
    ...     "expected_loss_cny": [9.0, 5.0, 1.0]}, index=["seen", "unseen", "low risk"])
    >>> ratings = Ratings(table=table, currency="CNY", interval=0.9, policy="demo 1", as_of="2024-01-01")
    >>> seen = pd.Series(pd.to_datetime(["2023-05-01"]), index=["seen"])
    >>> find_blind_spots(ratings, seen).index.tolist()
    ['unseen']
    """
    wanted = _checked_classes(classes)
    table = ratings.table
    last = pd.to_datetime(last_contact.reindex(table.index))
    unseen = last.isna() if months is None else ~(last >= _since(ratings, months, on))
    loss = ratings.loss_column
    spots = table.loc[table["risk_class"].isin(wanted) & unseen, ["risk_class", "p_violation", loss]].copy()
    spots["last_contact"] = last
    width = (table["p_violation_upper"] - table["p_violation_lower"]).loc[spots.index]
    spots["rank_by_loss"] = spots[loss].rank(ascending=False, method="first").astype(int)
    spots["width"] = width
    spots["rank_by_width"] = width.rank(ascending=False, method="first").astype(int)
    return spots.sort_values("rank_by_loss")


def count_blind_spots(spots: pd.DataFrame, ratings: Ratings, by: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Count blind spots by district, by department, or by both.

    Parameters
    ----------
    spots : DataFrame
        As `find_blind_spots` returns them.
    ratings : Ratings
        The ratings in which they were found.
    by : Series or DataFrame
        District, department or what else of every entity, by entity id; a DataFrame counts by all its columns
        together.

    Returns
    -------
    DataFrame
        Indexed by the values of `by`, the most expected loss first: `blind_spots`, `entities` (rated, of any
        class), `share` of them, and the expected loss of the blind spots.
    """
    keys = by.to_frame(by.name or "group") if isinstance(by, pd.Series) else by
    keys = keys.reindex(ratings.table.index)
    loss = ratings.loss_column
    blind = pd.Series(np.isin(keys.index, spots.index), index=keys.index)
    expected = ratings.table[loss].where(blind, 0.0)
    frame = keys.assign(blind_spots=blind.astype(int), entities=1, **{loss: expected})
    counts = frame.groupby(list(keys.columns), dropna=False)[["blind_spots", "entities", loss]].sum()
    counts.insert(2, "share", counts["blind_spots"] / counts["entities"])
    return counts.sort_values(loss, ascending=False)


def _checked_classes(classes: Iterable[str]) -> list[str]:
    wanted = [str(one) for one in classes]
    for one in wanted:
        if one not in _LETTERS:
            raise SpecError(
                f"Blind spots are of the classes A, B, C, D; got {shown(one)}.{hint(one, _LETTERS)}"
            )
    if not wanted:
        raise SpecError("Blind spots need at least one class; got none: name C and D, for instance.")
    return wanted


def _since(ratings: Ratings, months: int, on: str | dt.date | None) -> pd.Timestamp:
    day = ratings.as_of if on is None else on
    if day is None:
        raise SpecError(
            f"{check_months(months)} months are counted from a day; the ratings have none: pass on."
        )
    return pd.Timestamp(add_months(to_date(day), -check_months(months)))
