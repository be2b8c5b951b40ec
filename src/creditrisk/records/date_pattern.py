"""How a date is written, as for `strptime`, and the regular expression that only existing days fit.

The expression knows the lengths of the months and the leap years from 1900 to 2200, so that what fits it can
be cast to a date by any engine.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from creditrisk.errors import SpecError, hint

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WIDTHS = {"Y": 4, "y": 2, "b": 3, "p": 2}
TIMES = {
    "H": "(?:[01]?[0-9]|2[0-3])",
    "I": "(?:0?[1-9]|1[0-2])",
    "M": "[0-5]?[0-9]",
    "S": "(?:[0-5]?[0-9]|60)",
    "f": "[0-9]{1,9}",
    "p": "[AaPp][Mm]",
}
EXCEL = "excel"
EPOCH = re.compile(r"epoch_(s|ms)(?:([+-])(\d\d):(\d\d))?")
DATES = {"year": "Yy", "month": "mb", "day": "d"}

FOURTH_YEARS = "0[48]|[2468][048]|[13579][26]"
YEARS = {"Y": "(?:(?:19|20|21)[0-9]{2}|2200)", "y": "[0-9]{2}"}
LEAP_YEARS = {"Y": f"(?:(?:19|20|21)(?:{FOURTH_YEARS})|2000)", "y": f"(?:00|{FOURTH_YEARS})"}


@dataclass(frozen=True, slots=True)
class Token:
    """A directive of a format, or the text between directives.

    Parameters
    ----------
    kind : str
        The letter of the directive; empty for text.
    text : str, default ""
        The text.
    tight : bool, default False
        Whether a directive stands next to another, so that its number must have two digits.
    """

    kind: str
    text: str = ""
    tight: bool = False

    @property
    def width(self) -> int | None:
        """The characters that it always takes; none if that varies."""
        if not self.kind:
            return len(self.text)
        return WIDTHS.get(self.kind, 2 if self.tight and self.kind != "f" else None)

    @property
    def loose(self) -> str:
        """An expression for the token where it is known to fit."""
        if not self.kind:
            return re.escape(self.text)
        width = self.width or ("1,9" if self.kind == "f" else "1,2")
        return f"{'[A-Za-z]' if self.kind in 'bp' else '[0-9]'}{{{width}}}"

    def exact(self, months: Iterable[int], days: Iterable[int], years: dict[str, str]) -> str:
        """Return an expression for the token in these months, days and years."""
        if self.kind == "b":
            return f"(?:{'|'.join(_any_case(MONTHS[month - 1]) for month in months)})"
        if self.kind in ("m", "d"):
            zero = "0" if self.tight else "0?"
            numbers = months if self.kind == "m" else days
            return f"(?:{'|'.join(f'{zero}{n}' if n < 10 else str(n) for n in numbers)})"
        if self.kind in years:
            return years[self.kind]
        return TIMES[self.kind] if self.kind in TIMES and not self.tight else self.loose


def _any_case(name: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" for letter in name)


@lru_cache(maxsize=256)
def tokens(format: str) -> tuple[Token, ...]:  # noqa: A002
    """Split a format into its directives and the text between them.

    Parameters
    ----------
    format : str
        As for `strptime`: a year ``%Y`` or ``%y``, a month ``%m`` or ``%b`` (English, three letters), a day
        ``%d``; times ``%H %I %M %S %f %p %T`` are matched and left out.

    Returns
    -------
    tuple of Token
        In order.

    Raises
    ------
    SpecError
        If a directive is unknown or said twice, or if there is no year, month or day.

    Examples
    --------
    >>> [token.kind or token.text for token in tokens("%Y年%m月%d日")]
    ['Y', '年', 'm', '月', 'd', '日']
    >>> tokens("%Y-%m")
    Traceback (most recent call last):
    ...
    creditrisk.errors.SpecError: the format '%Y-%m' names no day; add it
    """
    parts = re.findall("%-?(.)|([^%]+|%)", re.sub("%-?T", "%H:%M:%S", format), flags=re.DOTALL)
    found = [Token("", kind or text) if kind in ("", "%") else Token(kind) for kind, text in parts]
    kinds = [token.kind for token in found if token.kind]
    known = [*"".join(DATES.values()), *TIMES]
    for kind in kinds:
        if kind not in known:
            near = hint(f"%{kind}", [f"%{one}" for one in known])
            raise SpecError(f"the format {format!r} has the unknown directive '%{kind}'.{near}")
    for part, ways in [*DATES.items(), *((f"%{kind}", kind) for kind in TIMES)]:
        count = sum(kind in ways for kind in kinds)
        if count > 1:
            raise SpecError(f"the format {format!r} names the {part} twice; leave one out")
        if not count and part in DATES:
            raise SpecError(f"the format {format!r} names no {part}; add it")
    joined = {i for i, (one, other) in enumerate(pairwise(found)) if one.kind and other.kind}
    return tuple(
        Token(token.kind, token.text, tight=bool(token.kind) and bool({i, i - 1} & joined))
        for i, token in enumerate(found)
    )


def day_pattern(format: str) -> str:  # noqa: A002
    """Return the regular expression, without anchors, that only existing days in a format fit.

    Parameters
    ----------
    format : str
        As for `tokens`.

    Returns
    -------
    str
        Of the kind that RE2, PostgreSQL and Java read alike.

    Raises
    ------
    SpecError
        As `tokens`.

    Examples
    --------
    >>> [bool(re.fullmatch(day_pattern("%Y%m%d"), day)) for day in ("20240229", "20230229")]
    [True, False]
    """
    lengths = [
        ((1, 3, 5, 7, 8, 10, 12), range(1, 32), YEARS),
        ((4, 6, 9, 11), range(1, 31), YEARS),
        ((2,), range(1, 29), YEARS),
        ((2,), (29,), LEAP_YEARS),
    ]
    found = tokens(format)
    return "|".join("".join(token.exact(*length) for token in found) for length in lengths)


def check_day_form(form: str) -> None:
    """Refuse a form of a date that nobody can read.

    Parameters
    ----------
    form : str
        ``"excel"``, ``"epoch_s"`` or ``"epoch_ms"`` with or without an offset such as ``"+08:00"``, or a
        format as for `strptime`.

    Raises
    ------
    SpecError
        If it is none of these.

    Examples
    --------
    >>> check_day_form("epoch_ms+08:00")
    """
    if form.startswith("epoch") and not EPOCH.fullmatch(form):
        raise SpecError(
            f"a time since 1970 is 'epoch_s' or 'epoch_ms', with an offset such as '+08:00'; got {form!r}"
        )
    if form != EXCEL and not form.startswith("epoch"):
        tokens(form)
