"""What differs between two systems of indicators."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from creditrisk.indicators.plain import plain_indicator, plain_rule
from creditrisk.indicators.system import IndicatorSystem

type _Entries = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An indicator, rule or group that only one of two systems has.

    Parameters
    ----------
    kind : {"indicator", "rule", "group", "outcome"}
        What it is.
    id : str
        Its id; the name of a group.
    title_en, title_zh : str
        What people call it.
    """

    kind: str
    id: str
    title_en: str
    title_zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A key that two systems give different values.

    Parameters
    ----------
    kind : {"indicator", "rule", "group", "outcome"}
        What the key belongs to.
    id : str
        Its id; the name of a group.
    key : str
        The key of the system file.
    before, after : object
        The values; none where a system does not give the key.
    """

    kind: str
    id: str
    key: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemDifference:
    """What differs between two systems.

    Parameters
    ----------
    before, after : str
        Id and version of the systems.
    added, removed : tuple of Entry
        What only the second, or only the first, has.
    changed : tuple of Change
        Keys of what both have.

    Examples
    --------
    >>> from creditrisk.indicators.load import load_system
    >>> general = load_system("general")
    >>> compare_systems(general, general).same
    True
    """

    before: str
    after: str
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed or self.changed)

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as plain values.

        Returns
        -------
        dict of str to object
            The attributes, ready for JSON.
        """
        return asdict(self)


def compare_systems(before: IndicatorSystem, after: IndicatorSystem) -> SystemDifference:
    """Compare two systems by the ids of their indicators and rules and the names of their groups.

    Parameters
    ----------
    before, after : IndicatorSystem
        The systems.

    Returns
    -------
    SystemDifference
        Added, removed and changed entries, in the order of the systems.
    """
    kinds = [
        (kind, first, second)
        for (kind, first), second in zip(_entries(before).items(), _entries(after).values(), strict=True)
    ]
    return SystemDifference(
        before=f"{before.id} {before.version}",
        after=f"{after.id} {after.version}",
        added=tuple(one for kind, first, second in kinds for one in _only(kind, second, first)),
        removed=tuple(one for kind, first, second in kinds for one in _only(kind, first, second)),
        changed=tuple(
            Change(kind=kind, id=which, key=key, before=first[which].get(key), after=second[which].get(key))
            for kind, first, second in kinds
            for which in first
            if which in second
            for key in {**first[which], **second[which]}
            if first[which].get(key) != second[which].get(key)
        ),
    )


def _entries(system: IndicatorSystem) -> dict[str, _Entries]:
    outcome = system.outcome
    return {
        "indicator": {one.id: plain_indicator(one) for one in system.indicators},
        "rule": {rule.id: plain_rule(rule) for rule in system.rules},
        "group": {
            name: group.model_dump(mode="json", exclude_none=True) for name, group in system.groups.items()
        },
        "outcome": {} if outcome is None else {outcome.name: outcome.model_dump(mode="json")},
    }


def _only(kind: str, there: _Entries, elsewhere: _Entries) -> list[Entry]:
    return [
        Entry(
            kind=kind,
            id=which,
            title_en=str(entry.get("title_en", which)),
            title_zh=str(entry.get("title_zh", which)),
        )
        for which, entry in there.items()
        if which not in elsewhere
    ]
