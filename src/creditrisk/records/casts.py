"""How a value of any type becomes a value of a record's column, or nothing where that cannot be done.

Nothing is rounded, guessed or cut: 3.7 is no whole number, "31/12/2023" is no date (a mapping with a `format`
makes it one), and 2 is no boolean. Blank text and not-a-number mean *no value*.
"""

import datetime as dt
from collections.abc import Callable

import ibis

from creditrisk.records.engine import IbisBoolean, IbisValue
from creditrisk.records.schema import ColumnType

TRUE = ("true", "t", "yes", "y", "1", "是")
FALSE = ("false", "f", "no", "n", "0", "否")
YEAR_FIRST = r"^\d{4}([-/])\d{1,2}([-/])\d{1,2}([ T].*)?$"
LARGEST_EXACT = 2**53


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def try_strptime(text: str, format: str) -> dt.datetime:  # type: ignore[empty-body]  # noqa: A002
    """Parse a date by a format; null where it does not fit (a function of DuckDB)."""


def cleaned(value: IbisValue) -> IbisValue:
    """Return the value, null where it is blank text or not a number."""
    kind = value.type()
    if kind.is_string():
        return value.strip().nullif("")
    if kind.is_floating():
        return ibis.ifelse(value.isnan(), ibis.null(kind), value)
    return value


def to_type(value: IbisValue, kind: ColumnType) -> IbisValue:
    """Return the cleaned value as that type, null where that cannot be done without loss."""
    return _CASTS[kind](value)


def to_text(value: IbisValue) -> IbisValue:
    """Return the value as text, whole numbers without a decimal point (60609.0 is "60609")."""
    kind = value.type()
    if kind.is_floating() or (kind.is_decimal() and kind.scale):
        return ibis.ifelse(_is_whole(value), _whole(value).cast("string"), value.cast("string"))
    return value if kind.is_string() else value.cast("string")


def to_number(value: IbisValue) -> IbisValue:
    """Return the value as a finite float, null where it is none."""
    kind = value.type()
    if kind.is_temporal() or kind.is_nested():
        return ibis.null("float64")
    number = value.try_cast("float64")
    return ibis.ifelse(number.isinf() | number.isnan(), ibis.null("float64"), number)


def to_whole(value: IbisValue) -> IbisValue:
    """Return the value as an integer, null where it is none."""
    if value.type().is_integer():
        return value.try_cast("int64")
    number = to_number(value)
    return ibis.ifelse(_is_whole(number), _whole(number), ibis.null("int64"))


def to_day(value: IbisValue) -> IbisValue:
    """Return the value as a date, null where it is none; text must be year, month, day."""
    kind = value.type()
    if kind.is_date():
        return value
    if kind.is_timestamp():
        return value.date()
    if kind.is_string():
        return ibis.ifelse(value.re_search(YEAR_FIRST), value.try_cast("timestamp").date(), ibis.null("date"))
    return ibis.null("date")


def to_boolean(value: IbisValue) -> IbisValue:
    """Return the value as a boolean, null where it is none."""
    if value.type().is_boolean():
        return value
    text = to_text(value).lower()
    return ibis.cases((text.isin(TRUE), True), (text.isin(FALSE), False))


def _is_whole(number: IbisValue) -> IbisBoolean:
    return (number == number.floor()) & (number.abs() < LARGEST_EXACT)


def _whole(number: IbisValue) -> IbisValue:
    return number.try_cast("int64")


_CASTS: dict[ColumnType, Callable[[IbisValue], IbisValue]] = {
    ColumnType.STRING: to_text,
    ColumnType.INTEGER: to_whole,
    ColumnType.FLOAT: to_number,
    ColumnType.DATE: to_day,
    ColumnType.BOOLEAN: to_boolean,
}
