"""Days as numbers: the serial numbers of spreadsheets, and seconds or milliseconds since 1970."""

import datetime as dt

import ibis

from creditrisk.records.casts import to_day, to_number, to_text
from creditrisk.records.date_pattern import EPOCH, EXCEL
from creditrisk.records.day_formats import parse_day
from creditrisk.records.engine import IbisValue

EXCEL_BEGAN = dt.date(1899, 12, 30)
EXCEL_FIRST = 61
EPOCH_BEGAN = dt.date(1970, 1, 1)
DAY_SECONDS = 86400
FIRST, LAST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)


def read_day(value: IbisValue, forms: tuple[str, ...]) -> IbisValue:
    """Return days that are written in one of several forms, null where none fits.

    Parameters
    ----------
    value : ibis expression
        Cleaned values of any type; what is a date already stays one.
    forms : tuple of str
        As for `check_day_form`; the first that fits counts.

    Returns
    -------
    ibis date expression
        The days, in 1900 to 2200.

    Examples
    --------
    >>> import ibis, pyarrow as pa
    >>> table = ibis.memtable(pa.table({"text": ["45296", "2024年1月5日"]}))
    >>> read_day(table.text, ("%Y年%m月%d日", "excel")).name("day").to_pyarrow().to_pylist()
    [datetime.date(2024, 1, 5), datetime.date(2024, 1, 5)]
    """
    if value.type().is_temporal():
        return to_day(value)
    return ibis.coalesce(*(_read(value, form) for form in forms))


def _read(value: IbisValue, form: str) -> IbisValue:
    if form == EXCEL:
        return _days_after(EXCEL_BEGAN, to_number(value), least=EXCEL_FIRST)
    since = EPOCH.fullmatch(form)
    if since is None:
        return parse_day(to_text(value), form)
    unit, sign, hours, minutes = since.groups(default="")
    offset = (int(hours or 0) * 3600 + int(minutes or 0) * 60) * (-1 if sign == "-" else 1)
    seconds = to_number(value) / (1000 if unit == "ms" else 1) + offset
    return _days_after(EPOCH_BEGAN, seconds / DAY_SECONDS, least=(FIRST - EPOCH_BEGAN).days)


def _days_after(began: dt.date, days: IbisValue, *, least: int) -> IbisValue:
    """Return a day some days after another; a spreadsheet counts rightly only from 1 March 1900 on."""
    fits = (days >= least) & (days < (LAST - began).days + 1)
    whole = fits.ifelse(days, None).floor().cast("int64")
    return (ibis.literal(began) + whole.as_interval("D")).cast("date")
