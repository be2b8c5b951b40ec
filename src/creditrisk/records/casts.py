"""How a value of any type becomes a value of a record's column, or nothing where that cannot be done.

Nothing is rounded, guessed or cut: 3.7 is no whole number, "31/12/2023" is no date (a mapping with a `format`
makes it one), and 2 is no boolean. Blank text and not-a-number mean *no value*. Every engine casts alike:
what cannot be cast is sorted out before the engine is asked to.
"""

import sys
from collections.abc import Callable

import ibis

from creditrisk.records.day_formats import parse_iso_day
from creditrisk.records.engine import IbisBoolean, IbisValue, unpadded
from creditrisk.records.schema import ColumnType

TRUE = ("true", "t", "yes", "y", "1", "是")
FALSE = ("false", "f", "no", "n", "0", "否")
NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?$"
LONGEST = 60
MOST = sys.float_info.max
LARGEST = 2**63 - 1
LARGEST_EXACT = 2**53


def cleaned(value: IbisValue) -> IbisValue:
    """Return the value, null where it is blank text or not a number."""
    kind = value.type()
    if kind.is_string():
        return unpadded(value)
    if kind.is_floating():
        return ibis.ifelse(value.isnan(), ibis.null(kind), value)
    return value


def never_fails(value: IbisValue, kind: ColumnType) -> bool:
    """Return whether every value of that type can be read."""
    own = value.type()
    sure: dict[ColumnType, bool] = {
        ColumnType.STRING: True,
        ColumnType.INTEGER: own.is_signed_integer(),
        ColumnType.FLOAT: own.is_integer(),
        ColumnType.DATE: own.is_date() or own.is_timestamp(),
        ColumnType.BOOLEAN: own.is_boolean(),
    }
    return sure[kind]


def to_type(value: IbisValue, kind: ColumnType) -> IbisValue:
    """Return the cleaned value as that type, null where that cannot be done without loss."""
    return _CASTS[kind](value)


def to_text(value: IbisValue) -> IbisValue:
    """Return the value as text, whole numbers without a decimal point (60609.0 is "60609")."""
    kind = value.type()
    if kind.is_floating() or (kind.is_decimal() and kind.scale):
        whole = ibis.ifelse(_is_whole(value), value, ibis.null(kind)).cast("int64")
        return whole.cast("string").coalesce(value.cast("string"))
    return value if kind.is_string() else value.cast("string")


def to_number(value: IbisValue) -> IbisValue:
    """Return the value as a finite float, null where it is none."""
    kind = value.type()
    if kind.is_temporal() or kind.is_nested() or kind.is_binary():
        return ibis.null("float64")
    if kind.is_boolean():
        return as_number(value)
    if kind.is_string():
        value = ibis.ifelse(value.re_search(NUMBER) & (value.length() <= LONGEST), value, ibis.null("string"))
    number = value.cast("float64")
    if kind.is_integer():
        return number
    return ibis.ifelse(number.between(-MOST, MOST), number, ibis.null("float64"))


def as_number(truth: IbisBoolean) -> IbisValue:
    """Return 1.0, 0.0 or null for a boolean; PostgreSQL casts none to a float."""
    return ibis.cases((truth, 1), (~truth, 0)).cast("float64")


def to_whole(value: IbisValue) -> IbisValue:
    """Return the value as an integer, null where it is none."""
    kind = value.type()
    if kind.is_integer():
        fits = ibis.ifelse(value <= LARGEST, value, ibis.null(kind)) if kind.is_unsigned_integer() else value
        return fits.cast("int64")
    number = to_number(value)
    return ibis.ifelse(_is_whole(number), number, ibis.null("float64")).cast("int64")


def to_day(value: IbisValue) -> IbisValue:
    """Return the value as a date, null where it is none; text must be year, month, day."""
    kind = value.type()
    if kind.is_date():
        return value
    if kind.is_timestamp():
        return value.date()
    return parse_iso_day(value) if kind.is_string() else ibis.null("date")


def to_boolean(value: IbisValue) -> IbisValue:
    """Return the value as a boolean, null where it is none."""
    if value.type().is_boolean():
        return value
    text = to_text(value).lower()
    return ibis.cases((text.isin(TRUE), True), (text.isin(FALSE), False))


def _is_whole(number: IbisValue) -> IbisBoolean:
    return (number == number.floor()) & (number.abs() < LARGEST_EXACT)


_CASTS: dict[ColumnType, Callable[[IbisValue], IbisValue]] = {
    ColumnType.STRING: to_text,
    ColumnType.INTEGER: to_whole,
    ColumnType.FLOAT: to_number,
    ColumnType.DATE: to_day,
    ColumnType.BOOLEAN: to_boolean,
}
