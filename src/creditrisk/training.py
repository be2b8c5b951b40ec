"""What a model learns from: indicators of past days, and what came of the entities afterwards."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

from creditrisk.errors import DateError, SpecError
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.records.dates import add_months, check_months
from creditrisk.records.outcomes import OutcomeDefinition, load_definition
from creditrisk.records.records import Records
from creditrisk.records.toml_file import parse

HISTORY_MONTHS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """Indicators and outcomes of one or several past periods.

    Parameters
    ----------
    X : DataFrame, (entities, indicators)
        Indexed by entity_id for one period, by (as_of, entity_id) for several.
    outcomes : DataFrame, (entities, 5)
        What came of them, in the same order.
    starts : tuple of date
        The first days of the periods, the latest last.
    """

    X: pd.DataFrame
    outcomes: pd.DataFrame
    starts: tuple[dt.date, ...]

    @classmethod
    def measure(
        cls,
        records: Records,
        extractor: IndicatorExtractor,
        starts: tuple[dt.date, ...],
        *,
        months: int,
        known_by: dt.date,
    ) -> Self:
        """Measure indicators before each start, and outcomes after it.

        Parameters
        ----------
        records : Records
            All records.
        extractor : IndicatorExtractor
            The indicators; its system may bring its own definition of outcomes.
        starts : tuple of date
            The first days of the periods.
        months : int
            How long each period is.
        known_by : date
            Outcomes count only if they were known before this day.

        Returns
        -------
        Training
            X and outcomes in the same order.

        Raises
        ------
        OutcomeError
            If nobody was inspected in a period.
        """
        definition = _definition(extractor.system.outcome)
        found = [
            records.outcomes(start, months=months, definition=definition, known_by=known_by)
            for start in starts
        ]
        if len(starts) == 1:
            X = extractor.transform(records.as_of(starts[0]))
            return cls(X=X, outcomes=_in_order(found[0], X), starts=starts)
        X = extractor.panel(records, starts)
        days = [pd.Timestamp(start) for start in starts]
        outcomes = pd.concat(dict(zip(days, found, strict=True)), names=["as_of", "entity_id"])
        outcomes.attrs = found[-1].attrs
        return cls(X=X, outcomes=_in_order(outcomes, X), starts=starts)


def starts_before(now: dt.date, *, months: int, windows: int, first: dt.date) -> tuple[dt.date, ...]:
    """Return the first days of the periods that end, one after the other, at a day.

    Parameters
    ----------
    now : date
        The last day, not included.
    months : int
        How long each period is.
    windows : int
        How many periods.
    first : date
        The first day on which anything was known; a period must start after it.

    Returns
    -------
    tuple of date
        The earliest first.

    Raises
    ------
    DateError
        If the earliest period starts before anything was known.
    SpecError
        If months or windows are not whole numbers of at least 1.

    Examples
    --------
    >>> starts_before(dt.date(2024, 1, 1), months=12, windows=2, first=dt.date(2010, 5, 1))
    (datetime.date(2022, 1, 1), datetime.date(2023, 1, 1))
    """
    check_months(months)
    if isinstance(windows, bool) or not isinstance(windows, int) or windows < 1:
        raise SpecError(f"Training needs a whole number of windows, at least 1; got {windows!r}: use 1.")
    starts = tuple(add_months(now, -months * back) for back in range(windows, 0, -1))
    if starts[0] <= first:
        raise DateError(
            f"Learning takes the {months * windows} months before the as-of date {now}, and records known "
            f"before them; the first record was known on {first}: choose an as-of date after "
            f"{add_months(first, months * windows)}."
        )
    return starts


def starts_with_history(
    records: Records, outcome: Any, now: dt.date, *, months: int, most: int = 3
) -> tuple[dt.date, ...]:
    """Return the periods worth learning from: the last one, and earlier ones with a history before them.

    Parameters
    ----------
    records : Records
        All records.
    outcome : OutcomeDefinition, str, dict or None
        The system's definition of outcomes.
    now : date
        The last day, not included.
    months : int
        How long each period is.
    most : int, default 3
        The largest number of periods.

    Returns
    -------
    tuple of date
        The earliest first. An earlier period needs 36 months of inspections before it, the window of most
        indicators (a month of grace): with less, its indicators would count too little.

    Raises
    ------
    DateError
        If nothing was known before the last period.
    """
    since = records.watched_since(_definition(outcome))
    windows = 1
    while since is not None and windows < most:
        if add_months(now, -months * (windows + 1) - HISTORY_MONTHS) < add_months(since, -1):
            break
        windows += 1
    return starts_before(now, months=months, windows=windows, first=records.first_known_on)


def _definition(outcome: Any) -> OutcomeDefinition:
    if isinstance(outcome, dict):
        return parse(OutcomeDefinition, outcome, "the outcome of the system")
    return load_definition(outcome or "violation")


def _in_order(outcomes: pd.DataFrame, X: pd.DataFrame) -> pd.DataFrame:
    """Return the outcomes in the order of X; both have the entities of the same day."""
    if outcomes.index.equals(X.index):
        return outcomes
    ordered = outcomes.reindex(X.index)
    ordered["inspected"] = ordered["inspected"].eq(True)
    ordered.attrs = outcomes.attrs
    return ordered
