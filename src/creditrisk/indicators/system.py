"""A system of indicators (指标体系): what is measured, which rules apply, how entities are grouped."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from pydantic import Field, model_validator

from creditrisk.errors import SpecError, hint
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.rule import Rule
from creditrisk.records.outcomes import OutcomeDefinition
from creditrisk.records.toml_file import FileSpec


class Group(FileSpec):
    """A grouping of entities by a column of their registration.

    Parameters
    ----------
    column : str
        A text column of `registration`.
    prefix : int, optional
        How many of its first characters make the group; all of them if not given.
    depths : tuple of int, optional
        How many first characters make the branches of each depth, where models pool the codes along their
        tree, such as (2, 4, 6) for regions; the group alone if not given.
    title_en, title_zh : str, optional
        What people call it; its name if not given.

    Examples
    --------
    >>> Group(column="region", prefix=6).prefix
    6
    """

    column: str
    prefix: int | None = Field(default=None, ge=1)
    depths: tuple[int, ...] | None = None
    title_en: str | None = None
    title_zh: str | None = None

    @model_validator(mode="after")
    def _depths_within_the_prefix(self) -> Self:
        depths = self.depths
        if depths is not None and (not depths or list(depths) != sorted(set(depths)) or depths[0] < 1):
            raise SpecError(f"the depths of a group rise from 1 or more; got {list(depths)}; write [2, 4, 6]")
        if depths and self.prefix is not None and depths[-1] > self.prefix:
            raise SpecError(
                f"the depths of a group lie within its prefix; got {list(depths)} and prefix {self.prefix}; "
                "lengthen the prefix"
            )
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """An indicator or rule that a system no longer has.

    Parameters
    ----------
    id, title_en, title_zh : str
        Of the indicator or rule.
    system : str
        Id of the system that retired it.
    since : datetime.date, optional
        The first day without it; none if it never belonged.
    reason : str, default ""
        Why.
    """

    id: str
    title_en: str
    title_zh: str
    system: str
    since: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSystem:
    """Indicators, rules and groups that belong together, in one version.

    Parameters
    ----------
    id, version : str
        Name and version of the system.
    title_en, title_zh : str
        What people call it.
    indicators : tuple of Indicator
        In the order of the columns of X.
    rules : tuple of Rule, default ()
        Direct determinations and other rules over these indicators.
    groups : mapping of str to Group, default {}
        Group columns of X by name.
    outcome : OutcomeDefinition, optional
        The definition of outcomes that belongs to the system.
    layers : tuple of str, default ()
        Ids of the systems that it was merged from, in order.
    origins : mapping of str to str, default {}
        Id of an indicator or rule to the id of the system that stated it last.
    retired : tuple of Retired, default ()
        What a system before had and this one has not.

    Raises
    ------
    SpecError
        If two indicators or rules share an id or a name, or a rule reads an unknown indicator.

    Examples
    --------
    >>> from creditrisk.indicators.load import load_system
    >>> load_system("general").indicator("S06").name
    'penalty_n'
    """

    id: str
    version: str
    title_en: str
    title_zh: str
    indicators: tuple[Indicator, ...]
    rules: tuple[Rule, ...] = ()
    groups: Mapping[str, Group] = field(default_factory=dict)
    outcome: OutcomeDefinition | None = None
    layers: tuple[str, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    retired: tuple[Retired, ...] = ()

    def __post_init__(self) -> None:
        _unique("indicator id", [indicator.id for indicator in self.indicators], self.id)
        _unique("column", [*self.names, *self.groups], self.id)
        _unique("rule id", [rule.id for rule in self.rules], self.id)
        for rule in self.rules:
            for name in filter(None, (rule.indicator, rule.released_by)):
                if name not in self.names:
                    raise SpecError(
                        f"Rule {rule.id!r} of system {self.id!r} reads the indicator {name!r}, which "
                        f"the system does not have.{hint(name, self.names)}"
                    )

    @property
    def names(self) -> list[str]:
        """The names of the indicators, in order."""
        return [indicator.name for indicator in self.indicators]

    def indicator(self, which: str) -> Indicator:
        """Return an indicator.

        Parameters
        ----------
        which : str
            Its id or its name.

        Returns
        -------
        Indicator
            The spec.

        Raises
        ------
        SpecError
            If the system has no such indicator.
        """
        for indicator in self.indicators:
            if which in (indicator.id, indicator.name):
                return indicator
        raise SpecError(f"System {self.id!r} has no indicator {which!r}.{hint(which, self.names)}")

    def in_force(self, on: dt.date) -> "IndicatorSystem":
        """Return the system as it stands on a day.

        Parameters
        ----------
        on : datetime.date
            The day.

        Returns
        -------
        IndicatorSystem
            Without the indicators and rules that are not in force on that day.

        Raises
        ------
        SpecError
            If a rule is in force on that day and its indicator is not.
        """
        return replace(
            self,
            indicators=tuple(one for one in self.indicators if one.in_force(on)),
            rules=tuple(one for one in self.rules if one.in_force(on)),
        )


def _unique(what: str, names: list[str], system: str) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise SpecError(f"System {system!r} has the {what} {twice[0]!r} more than once; rename one of them.")
