"""Dates as text in plain Ibis: the same on every engine, and no engine is ever asked for a day that is none.

One regular expression says whether a text is an existing day between 1900 and 2200; only then are its year,
month and day taken out and cast.
"""

from collections.abc import Sequence

from creditrisk.records.date_pattern import MONTHS, Token, day_pattern, tokens
from creditrisk.records.engine import IbisValue

LONGEST_DAY = len("2024-01-05")
CENTURY = tuple(str(year) for year in range(69, 100))
TIME = (
    "(?:[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.][0-9]+)?)?"
    "(?: ?(?:Z|[-+][0-9]{2}(?::?[0-9]{2})?))?)?"
)


def parse_day(text: IbisValue, format: str | Sequence[str]) -> IbisValue:  # noqa: A002
    """Return the day that a text says, null where it does not fit the format or is no day.

    Parameters
    ----------
    text : ibis string expression
        Text without blanks around it.
    format : str or sequence of str
        How the date is written, as for `strptime`; of several the first that fits. Months and days may lack
        their leading zero where text stands between them.

    Returns
    -------
    ibis date expression
        The day, in 1900 to 2200.

    Raises
    ------
    SpecError
        If the format cannot say which day is meant.

    Examples
    --------
    >>> import ibis, pyarrow as pa
    >>> table = ibis.memtable(pa.table({"text": ["2024年1月5日", "2023年2月29日"]}))
    >>> parse_day(table.text, "%Y年%m月%d日").name("day").to_pyarrow().to_pylist()
    [datetime.date(2024, 1, 5), None]
    """
    formats = (format,) if isinstance(format, str) else tuple(format)
    first, *others = (_day_text(text, one) for one in formats)
    return (first.coalesce(*others) if others else first).cast("date")


def parse_iso_day(text: IbisValue) -> IbisValue:
    """Return the day of a text such as ``"2024-1-5"`` or ``"2024/01/05 23:59:59"``, null where it is none.

    Parameters
    ----------
    text : ibis string expression
        Text without blanks around it; a time of the day is left out, whatever its time zone.

    Returns
    -------
    ibis date expression
        The day, in 1900 to 2200.

    Examples
    --------
    >>> import ibis, pyarrow as pa
    >>> table = ibis.memtable(pa.table({"text": ["2024/1/5", "2024-02-30", "5.1.2024"]}))
    >>> parse_iso_day(table.text).name("day").to_pyarrow().to_pylist()
    [datetime.date(2024, 1, 5), None, None]
    """
    fits = text.re_search(f"^(?:{day_pattern('%Y-%m-%d')}|{day_pattern('%Y/%m/%d')}){TIME}$")
    day = (text.length() <= LONGEST_DAY).ifelse(text, text.re_extract("^[-/0-9]+", 0)).replace("/", "-")
    return fits.ifelse(day, None).cast("date")


def _day_text(text: IbisValue, format: str) -> IbisValue:  # noqa: A002
    """Return the day as ``"year-month-day"``, null where the text does not fit."""
    found = tokens(format)
    kinds = {token.kind for token in found}
    year, month, day = (_part(text, found, ways) for ways in ("Yy", "mb", "d"))
    if "y" in kinds:
        year = year.isin(CENTURY).ifelse("19", "20") + year
    if "b" in kinds:
        month = month.lower().cases(*((name, str(n)) for n, name in enumerate(MONTHS, 1)), else_="")
    fits = text.re_search(f"^(?:{day_pattern(format)})$")
    return fits.ifelse(year + "-" + month + "-" + day, None)


def _part(text: IbisValue, found: tuple[Token, ...], ways: str) -> IbisValue:
    """Return what one directive matched: by its place if all before it has a fixed width, else by search."""
    place = next(i for i, token in enumerate(found) if token.kind and token.kind in ways)
    widths = [token.width for token in found[: place + 1]]
    if None not in widths:
        *before, width = (width or 0 for width in widths)
        return text.substr(sum(before), width)
    searched = "".join(token.loose for token in found[:place])
    return text.re_extract(f"^{searched}({found[place].loose})", 1)
