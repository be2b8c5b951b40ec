"""Systems laid over each other: every version of every indicator and rule, and the system of one day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creditrisk.errors import SpecError, hint
from creditrisk.indicators.entries import parse_indicator
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.rule import Rule
from creditrisk.indicators.system import Group, IndicatorSystem, Retired
from creditrisk.indicators.system_file import SystemFile, system_files
from creditrisk.indicators.versions import (
    Retirement,
    Version,
    Versions,
    change_days,
    chosen,
    retired,
    stated,
)
from creditrisk.records.outcomes import OutcomeDefinition, load_definition
from creditrisk.records.toml_file import parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Several systems as one, over all time.

    Parameters
    ----------
    files : tuple of SystemFile
        The extended before the extending.
    indicators, rules : mapping of str to tuple of Version
        What they state together.
    retired : tuple of Retired
        What they retire.
    outcome : OutcomeDefinition or None
        That of the last file which has one.

    Examples
    --------
    >>> read_layers("general").on(None).id
    'general'
    """

    files: tuple[SystemFile, ...]
    indicators: Versions
    rules: Versions
    retired: tuple[Retired, ...]
    outcome: OutcomeDefinition | None

    def days(self) -> list[dt.date]:
        """Return the days on which the system changes.

        Returns
        -------
        list of datetime.date
            In order.
        """
        return sorted(change_days(self.indicators) | change_days(self.rules))

    def on(self, day: dt.date | None) -> IndicatorSystem:
        """Return the system as it stands on a day.

        Parameters
        ----------
        day : datetime.date or None
            The day; none means after the last change.

        Returns
        -------
        IndicatorSystem
            Of what is in force on that day.

        Raises
        ------
        SpecError
            If an entry is wrong, or what is in force on that day does not fit together.
        """
        last = self.files[-1]
        indicators, rules = chosen(self.indicators, day), chosen(self.rules, day)
        read = tuple(_indicator(version) for version in indicators)
        self._check_rules(rules, {one.name for one in read}, day)
        groups: dict[str, Group] = {}
        for file in self.files:
            groups |= file.groups
        there = {version.entry["id"]: version.system for version in [*indicators, *rules]}
        return IndicatorSystem(
            id=last.id,
            version=last.version,
            title_en=last.title_en,
            title_zh=last.title_zh,
            indicators=read,
            rules=tuple(_rule(version) for version in rules),
            groups=groups,
            outcome=self.outcome,
            layers=tuple(file.id for file in self.files),
            origins=there,
            retired=tuple(one for one in self.retired if one.id not in there),
        )

    def _check_rules(self, rules: list[Version], names: set[str], day: dt.date | None) -> None:
        ever = {one.entry.get("name") for versions in self.indicators.values() for one in versions}
        for version in rules:
            name = version.entry.get("indicator")
            if name in ever - names:
                raise SpecError(
                    f"Rule {version.entry['id']!r} of system {version.system!r} reads the indicator "
                    f"{name!r}, which is not in force {'at the end' if day is None else f'on {day}'}; "
                    "retire the rule too, or give it the same dates."
                )


def read_layers(*names_or_paths: str | Path) -> Layers:
    """Read system files and lay them over each other.

    Parameters
    ----------
    *names_or_paths : str or Path
        As for `load_system`.

    Returns
    -------
    Layers
        All their versions.

    Raises
    ------
    SourceError
        If a file cannot be read.
    SpecError
        If a file or an entry says something wrong, or the files contradict each other.

    Examples
    --------
    >>> read_layers("general").files[0].id
    'general'
    """
    files = system_files(*names_or_paths)
    indicators: Versions = {}
    rules: Versions = {}
    gone: list[Retired] = []
    outcome: OutcomeDefinition | None = None
    for path, file in files.items():
        for retirement in file.retires:
            gone.append(_retired(retirement, file.id, indicators, rules))
            if retirement.id in indicators:
                indicators = retired(indicators, retirement, file.id)
            else:
                rules = retired(rules, retirement, file.id)
        for entry in file.indicators:
            indicators = stated(indicators, entry, file.id)
        for entry in file.rules:
            rules = stated(rules, entry, file.id)
        outcome = _outcome(file, path.parent) or outcome
    layers = Layers(
        files=tuple(files.values()),
        indicators=indicators,
        rules=rules,
        retired=tuple(gone),
        outcome=outcome,
    )
    _check_every_version(layers)
    return layers


def _check_every_version(layers: Layers) -> None:
    for versions in layers.indicators.values():
        for version in versions:
            _indicator(version)
    for versions in layers.rules.values():
        for version in versions:
            _rule(version)


def _indicator(version: Version) -> Indicator:
    return parse_indicator(version.entry, version.system)


def _rule(version: Version) -> Rule:
    return parse(Rule, dict(version.entry), f"rule {version.entry['id']!r} of system {version.system!r}")


def _retired(retirement: Retirement, system: str, indicators: Versions, rules: Versions) -> Retired:
    which = retirement.id
    if which not in indicators and which not in rules:
        raise SpecError(
            f"System {system!r} retires {which!r}, which no system before it has."
            f"{hint(which, [*indicators, *rules])}"
        )
    versions = indicators.get(which) or rules.get(which) or ()
    entry: Mapping[str, Any] = versions[-1].entry if versions else {}
    return Retired(
        id=which,
        title_en=str(entry.get("title_en", "")),
        title_zh=str(entry.get("title_zh", "")),
        system=system,
        since=retirement.since,
        reason=retirement.reason,
    )


def _outcome(file: SystemFile, folder: Path) -> OutcomeDefinition | None:
    if file.outcome is None:
        return None
    if isinstance(file.outcome, dict):
        return parse(OutcomeDefinition, file.outcome, f"the outcome of system {file.id!r}")
    return load_definition(folder / file.outcome if file.outcome.endswith(".toml") else file.outcome)
