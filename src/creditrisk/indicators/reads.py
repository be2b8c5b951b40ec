"""What an indicator reads of its record type: the columns, and the values that it compares them with."""

from collections.abc import Iterator

from creditrisk.indicators.indicator import Indicator
from creditrisk.records.conditions import Condition

_COLUMNS = (
    "column",
    "starts",
    "ends",
    "last_days",
    "done",
    "before",
    "after",
    "numerator",
    "denominator",
)
_CONDITIONS = ("numerator", "condition")


def columns_of(indicator: Indicator) -> list[str]:
    """Return the columns that an indicator names.

    Parameters
    ----------
    indicator : Indicator
        The spec.

    Returns
    -------
    list of str
        Each once, in the order in which a system file would name them.

    Examples
    --------
    >>> from creditrisk.indicators.load import load_system
    >>> columns_of(load_system("general").indicator("S07"))
    ['revoked_on', 'occurred_on', 'fine_cny', 'confiscated_cny']
    """
    names = [column for column, _ in conditions_of(indicator)]
    names.append(indicator.dated_by)
    for key in _COLUMNS:
        value = getattr(indicator.measure, key, ())
        if isinstance(value, str):
            names.append(value)
        elif isinstance(value, tuple):
            names += [str(one) for one in value]
    return list(dict.fromkeys(names))


def conditions_of(indicator: Indicator) -> Iterator[tuple[str, Condition]]:
    """Give the conditions of an indicator: its filter, and those of its measure.

    Parameters
    ----------
    indicator : Indicator
        The spec.

    Yields
    ------
    tuple of (str, Condition)
        A column and what its value must be.
    """
    yield from indicator.where.items()
    for key in _CONDITIONS:
        value = getattr(indicator.measure, key, None)
        if isinstance(value, dict):
            yield from value.items()
