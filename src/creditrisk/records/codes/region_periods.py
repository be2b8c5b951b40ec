"""The codes of GB/T 2260 with the years in which each had which name, as python-stdnum ships them."""

import re
from dataclasses import dataclass

_PERIOD = re.compile(r"(?:\[(\d*)-(\d*)\])?(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Some years in which a region had a name.

    Parameters
    ----------
    name : str
        The name (名称).
    first_year, last_year : int or None
        The years of the changes at its two ends, both included; none where the data know of no change.

    Examples
    --------
    >>> Period(name="崇文区", first_year=None, last_year=2010).covers(2011)
    False
    """

    name: str
    first_year: int | None
    last_year: int | None

    def covers(self, year: int) -> bool:
        """Say whether the year is one of them.

        Parameters
        ----------
        year : int
            A year.

        Returns
        -------
        bool
            Whether the region had the name at some time of that year.
        """
        return (self.first_year is None or self.first_year <= year) and (
            self.last_year is None or year <= self.last_year
        )


def read_periods() -> dict[str, tuple[Period, ...]]:
    """Read the periods of every region of six digits.

    Returns
    -------
    dict of str to tuple of Period
        By code, the earliest period first.

    Examples
    --------
    >>> [period.name for period in read_periods()["120110"]]
    ['东郊区', '东丽区']
    """
    from stdnum import numdb

    return {
        province + county: tuple(_period(text) for text in properties["county"].split(","))
        for _, province, _, _, counties in numdb.get("cn/loc").prefixes
        for _, county, _, properties, _ in counties
    }


def _period(text: str) -> Period:
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise AssertionError(f"python-stdnum has a region of no known form: {text!r}")
    first, last, name = found.groups()
    return Period(name=name, first_year=int(first) if first else None, last_year=int(last) if last else None)
