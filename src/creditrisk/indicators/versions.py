"""Entries of systems that build on each other: added, overridden, retired, from a day on or altogether."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from creditrisk.errors import SpecError, hint
from creditrisk.indicators.indicator import Indicator
from creditrisk.records.dates import to_date
from creditrisk.records.toml_file import FileSpec

_CLASS_KEYS = frozenset({"risk_class", "class", "cap"})


class Retirement(FileSpec):
    """An indicator or rule that a system does without.

    Parameters
    ----------
    id : str
        Its id.
    since : datetime.date, optional
        The first day on which it no longer belongs; it never did if not given.
    reason : str, default ""
        Why.

    Examples
    --------
    >>> Retirement(id="B02", since="2024-03-01", reason="of little use here").since
    datetime.date(2024, 3, 1)
    """

    id: str = Field(min_length=1)
    since: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an entry says for a while.

    Parameters
    ----------
    entry : mapping of str to object
        The keys of one of `[[indicators]]` or `[[rules]]`.
    system : str
        Id of the system that stated it last.

    Examples
    --------
    >>> Version(entry={"id": "S06", "in_force_from": dt.date(2024, 1, 1)}, system="general").until
    datetime.date(9999, 12, 31)
    """

    entry: Mapping[str, Any]
    system: str

    @property
    def since(self) -> dt.date:
        """The first day on which it is in force."""
        return _day(self.entry, "in_force_from") or dt.date.min

    @property
    def until(self) -> dt.date:
        """The first day on which it is no longer in force."""
        return _day(self.entry, "in_force_to") or dt.date.max


type Versions = Mapping[str, tuple[Version, ...]]
"""The versions of every entry by id; none of an entry that is retired altogether."""


def stated(known: Versions, entry: Mapping[str, Any], system: str) -> Versions:
    """Return the versions after a system has stated an entry.

    Parameters
    ----------
    known : mapping of str to tuple of Version
        What the systems before, and this one, have stated.
    entry : mapping of str to object
        As in the file. Without `overrides` it is new. With ``overrides = true`` its keys replace those of the
        entry with the same id, from `in_force_from` on if it says so.
    system : str
        Id of the system.

    Returns
    -------
    mapping of str to tuple of Version
        With the entry.

    Raises
    ------
    SpecError
        If the id is missing, there already without `overrides`, or not there with it.

    Examples
    --------
    >>> known = stated({}, {"id": "S06", "months": 36}, "general")
    >>> known = stated(known, {"id": "S06", "months": 24, "overrides": True}, "food")
    >>> dict(known["S06"][0].entry), known["S06"][0].system
    ({'id': 'S06', 'months': 24}, 'food')
    """
    which = entry.get("id")
    if not isinstance(which, str):
        raise SpecError(f"In system {system!r} an indicator or rule has no `id`; add it: {dict(entry)!r}.")
    overrides = entry.get("overrides", False)
    if not isinstance(overrides, bool):
        raise SpecError(
            f"In system {system!r} {which!r} says overrides = {overrides!r}; write true, or leave it out."
        )
    said = {key: value for key, value in entry.items() if key != "overrides"}
    change = _overridden if overrides else _added
    return {**known, which: change(known, Version(entry=said, system=system))}


def retired(known: Versions, retirement: Retirement, system: str) -> Versions:
    """Return the versions after a system has retired an entry.

    Parameters
    ----------
    known : mapping of str to tuple of Version
        What the systems before have stated; it must hold the entry.
    retirement : Retirement
        Which, and since when.
    system : str
        Id of the system that retires it.

    Returns
    -------
    mapping of str to tuple of Version
        Those that remain of the entry end on the day before.

    Raises
    ------
    SpecError
        If the entry has ended before, or was retired before.
    """
    which, since = retirement.id, retirement.since
    before = known[which]
    last = max((version.until for version in before), default=dt.date.min)
    if not before or (since is not None and last <= since):
        ended = f"has ended on {last}" if before else "a system before it retires already"
        raise SpecError(f"System {system!r} retires {which!r}, which {ended}; leave the retirement out.")
    return {**known, which: () if since is None else _ending(before, since)}


def chosen(known: Versions, on: dt.date | None) -> list[Version]:
    """Return the version of every entry that is in force on a day.

    Parameters
    ----------
    known : mapping of str to tuple of Version
        What the systems have stated.
    on : datetime.date or None
        The day; none means after the last change that the systems name.

    Returns
    -------
    list of Version
        One of an entry at most, in the order of the ids.
    """
    day = dt.date.max if on is None else on
    return [
        version
        for versions in known.values()
        for version in versions
        if version.since <= day and (day < version.until or version.until == dt.date.max)
    ]


def change_days(known: Versions) -> set[dt.date]:
    """Return the days on which an entry begins or ends.

    Parameters
    ----------
    known : mapping of str to tuple of Version
        What the systems have stated.

    Returns
    -------
    set of datetime.date
        Without the beginning and the end of time.
    """
    days = {day for versions in known.values() for one in versions for day in (one.since, one.until)}
    return days - {dt.date.min, dt.date.max}


def _added(known: Versions, new: Version) -> tuple[Version, ...]:
    which = new.entry["id"]
    before = known.get(which, ())
    for old in before:
        if old.since < new.until and new.since < old.until:
            raise SpecError(_twice(which, old, new))
    return (*before, new)


def _twice(which: str, old: Version, new: Version) -> str:
    if old.system == new.system:
        return (
            f"System {new.system!r} has the id {which!r} twice at the same time; give one of them another "
            "id, or dates in_force_from and in_force_to that do not overlap."
        )
    return (
        f"System {new.system!r} has an entry {which!r}, which system {old.system!r} has already; write "
        "overrides = true to change that one, or give it another id."
    )


def _overridden(known: Versions, new: Version) -> tuple[Version, ...]:
    which = new.entry["id"]
    before = known.get(which, ())
    if not before:
        gone = " any more: one of them retires it; leave `overrides` out" if which in known else ""
        raise SpecError(
            f"System {new.system!r} overrides {which!r}, which no system before it has{gone}."
            f"{'' if gone else hint(which, [name for name, versions in known.items() if versions])}"
        )
    if new.since == dt.date.min:
        return tuple(_merged(old, new) for old in before)
    latest = max(before, key=lambda version: version.since)
    return (*_ending(before, new.since), _merged(latest, new))


def _merged(old: Version, new: Version) -> Version:
    entry = dict(old.entry)
    if new.entry.get("measure", entry.get("measure")) != entry.get("measure"):
        entry = {key: value for key, value in entry.items() if key in Indicator.model_fields}
    if _CLASS_KEYS & set(new.entry):
        entry = {key: value for key, value in entry.items() if key not in _CLASS_KEYS}
    return Version(entry=entry | dict(new.entry), system=new.system)


def _ending(versions: tuple[Version, ...], day: dt.date) -> tuple[Version, ...]:
    return tuple(
        Version(entry=dict(one.entry) | {"in_force_to": min(day, one.until)}, system=one.system)
        for one in versions
        if one.since < day
    )


def _day(entry: Mapping[str, Any], key: str) -> dt.date | None:
    written = entry.get(key)
    return None if written is None else to_date(written, f"a date for `{key}`")
