"""Regions (行政区划, GB/T 2260) as a tree whose codes come and go with the years.

Province, prefecture and county have six digits, a town nine and a village twelve (GB/T 10114); towns and
villages are known by the county they begin with. The data are those of python-stdnum and know the year of a
change, not the day: in that year both the old code and the new one are known.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.records.codes.region_names import bare_name
from creditrisk.records.codes.region_periods import Period, read_periods
from creditrisk.records.codes.symbols import Bools, Rows, arrow_texts, by_distinct, where_valid
from creditrisk.records.dates import DateLike, to_date

_POWERS = 10 ** np.arange(5, -1, -1)
_WIDTHS = (6, 9, 12)


class RegionTree:
    """The regions of China, from province to village.

    Parameters
    ----------
    periods : mapping of str to tuple of Period
        For every code of six digits the names that it had, the earliest first.

    Examples
    --------
    >>> regions = region_tree()
    >>> regions.name("510104"), regions.parent("510104"), regions.level("510104001")
    ('锦江区', '510100', 'town')
    >>> regions.known(["510104", "510199", "110103"], on="2024-01-01").tolist()
    [True, False, False]
    """

    def __init__(self, periods: Mapping[str, tuple[Period, ...]]) -> None:
        self._periods = dict(periods)
        self._children: dict[str, list[str]] = {}
        for code in self._periods:
            if (above := _above(code)) is not None:
                self._children.setdefault(above, []).append(code)

    def codes(self, on: DateLike | None = None) -> tuple[str, ...]:
        """Return the codes of six digits.

        Parameters
        ----------
        on : str, datetime.date or pandas.Timestamp, optional
            Those in force in the year of that day; all that ever were if left out.

        Returns
        -------
        tuple of str
            In ascending order.
        """
        if on is None:
            return tuple(self._periods)
        year = to_date(on).year
        return tuple(code for code, periods in self._periods.items() if any(p.covers(year) for p in periods))

    def known(self, codes: Any, on: DateLike | None = None) -> Bools:
        """Say which codes are regions.

        Parameters
        ----------
        codes : array-like of str, shape (n,)
            Codes of 6, 9 or 12 digits.
        on : str, datetime.date or pandas.Timestamp, optional
            In force in the year of that day; at any time if left out.

        Returns
        -------
        array of bool, shape (n,)
            Whether the first six digits are a region and the others are digits; false where missing.
        """
        table = np.zeros(10**6, dtype=np.bool_)
        table[[int(code) for code in self.codes(on)]] = True

        def check(rows: Rows) -> Bools:
            digits = rows - np.uint8(ord("0"))
            plain = (digits < 10).all(axis=1)
            return np.asarray(plain & table[np.where(plain, digits[:, :6] @ _POWERS, 0)])

        texts = arrow_texts(codes)
        return np.asarray(np.logical_or.reduce([where_valid(texts, width, check) for width in _WIDTHS]))

    def level(self, code: str) -> str:
        """Say which level a region is of.

        Parameters
        ----------
        code : str
            A known code.

        Returns
        -------
        str
            ``"province"``, ``"prefecture"``, ``"county"``, ``"town"`` or ``"village"``.
        """
        self._check(code)
        if len(code) > 6:
            return "town" if len(code) == 9 else "village"
        if code.endswith("0000"):
            return "province"
        return "prefecture" if code.endswith("00") else "county"

    def periods(self, code: str) -> tuple[Period, ...]:
        """Return the names of a region with their years; of a town or village, those of its county.

        Parameters
        ----------
        code : str
            A known code.

        Returns
        -------
        tuple of Period
            The earliest first.
        """
        self._check(code)
        return self._periods[code[:6]]

    def name(self, code: str, on: DateLike | None = None) -> str | None:
        """Return the name of a region; of a town or village, that of its county.

        Parameters
        ----------
        code : str
            A known code.
        on : str, datetime.date or pandas.Timestamp, optional
            The name in the year of that day, the later one in a year with two; the last name if left out.

        Returns
        -------
        str or None
            The name; none if the code was not in force.
        """
        periods = self.periods(code)
        if on is None:
            return periods[-1].name
        year = to_date(on).year
        return next((period.name for period in reversed(periods) if period.covers(year)), None)

    def names(self, codes: Any, on: DateLike | None = None) -> NDArray[np.object_]:
        """Return the names of many regions.

        Parameters
        ----------
        codes : array-like of str, shape (n,)
            Codes.
        on : str, datetime.date or pandas.Timestamp, optional
            See `name`.

        Returns
        -------
        array of object, shape (n,)
            Names; none where the code is not known.
        """
        return by_distinct(codes, lambda code: self.name(code, on) if code in self else None)

    def parent(self, code: str) -> str | None:
        """Return the region that a region is part of.

        Parameters
        ----------
        code : str
            A known code.

        Returns
        -------
        str or None
            Its code; none for a province.
        """
        self._check(code)
        return _above(code)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the regions that a region is part of.

        Parameters
        ----------
        code : str
            A known code.

        Returns
        -------
        tuple of str
            Their codes, the nearest first and the province last.
        """
        above = self.parent(code)
        return () if above is None else (above, *self.ancestors(above))

    def children(self, code: str, on: DateLike | None = None) -> tuple[str, ...]:
        """Return the regions right under a region.

        Parameters
        ----------
        code : str
            A known code.
        on : str, datetime.date or pandas.Timestamp, optional
            Those in force in the year of that day; all that ever were if left out.

        Returns
        -------
        tuple of str
            Codes of six digits, none under a county: the data have no towns.
        """
        self._check(code)
        under = self._children.get(code, [])
        if on is None:
            return tuple(under)
        return tuple(child for child in under if self.name(child, on) is not None)

    def successors(self, code: str) -> tuple[str, ...]:
        """Return the regions that took over the name of a region when its code ended.

        Read off the data: regions of the same province and level that began in the year in which this one
        ended, or in the next, with the same name; where there is none, with the same name but for its kind
        (密云县, 密云区). Mergers under another name cannot be seen.

        Parameters
        ----------
        code : str
            A known code of six digits.

        Returns
        -------
        tuple of str
            Their codes; empty while the code is in force and where the data do not tell.
        """
        last = self.periods(code)[-1]
        if last.last_year is None or len(code) > 6:
            return ()
        begun = {
            other: periods[0].name
            for other, periods in self._periods.items()
            if other[:2] == code[:2]
            and other != code
            and periods[0].first_year in (last.last_year, last.last_year + 1)
            and self.level(other) == self.level(code)
        }
        same = tuple(other for other, name in begun.items() if name == last.name)
        bare = bare_name(last.name)
        return same or tuple(other for other, name in begun.items() if bare_name(name) == bare)

    def __contains__(self, code: object) -> bool:
        """Say whether a code is or was a region."""
        return (
            isinstance(code, str)
            and len(code) in _WIDTHS
            and code.isascii()
            and code.isdigit()
            and code[:6] in self._periods
        )

    def _check(self, code: str) -> None:
        if code not in self:
            raise SpecError(
                f"A region is 6, 9 or 12 digits that begin with a code of GB/T 2260; {code!r} came; "
                "ask `known` which codes are regions."
            )


def _above(code: str) -> str | None:
    if len(code) > 6:
        return code[:-3]
    if not code.endswith("00"):
        return code[:4] + "00"
    return None if code.endswith("0000") else code[:2] + "0000"


@cache
def region_tree() -> RegionTree:
    """Return the regions of GB/T 2260, read once.

    Returns
    -------
    RegionTree
        All codes since 1980, to the last year that the installed python-stdnum knows of.

    Examples
    --------
    >>> region_tree().successors("110228")
    ('110118',)
    """
    return RegionTree(read_periods())
