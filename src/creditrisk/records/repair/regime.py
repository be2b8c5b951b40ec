"""What a repair regime (信用修复规则) says, as its TOML file says it.

How long a record counts, from when and on which terms its entity may apply for repair, and how certain that
is.
"""

import datetime as dt
from collections import Counter
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from creditrisk.errors import SpecError, hint
from creditrisk.records.conditions import Where
from creditrisk.records.outcomes import RecordType
from creditrisk.records.tables import TABLES
from creditrisk.records.toml_file import FileSpec

type Id = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]*$")]


class Certainty(StrEnum):
    """How certain a rule is: read in a public source, own knowledge of the makers, or assumed by them."""

    FOUND = "found"
    OWN = "own"
    ASSUMED = "assumed"


class NoneSince(FileSpec):
    """No record of a kind may have occurred after the record to be repaired.

    Parameters
    ----------
    table : str
        The record type.
    where : dict, default {}
        Which of its records.
    same : tuple of str, default ()
        Columns in which they agree with the record to be repaired, which then is of the same type.
    """

    table: RecordType
    where: Where = Field(default_factory=dict)
    same: tuple[str, ...] = ()


class Requirement(FileSpec):
    """A condition for repair; records decide it by at most one of the three.

    Parameters
    ----------
    text_en, text_zh : str
        The condition.
    met_if : dict, default {}
        It is met if the record fulfils these conditions; if not, the records do not show it.
    none_since : NoneSince, optional
        It is met if no such record occurred since.
    not_on : tuple of str, default ()
        It is met if the entity has no active record in these lists.
    """

    text_en: str
    text_zh: str
    met_if: Where = Field(default_factory=dict)
    none_since: NoneSince | None = None
    not_on: tuple[RecordType, ...] = ()

    @model_validator(mode="after")
    def _decided_one_way(self) -> Self:
        if sum(map(bool, (self.met_if, self.none_since, self.not_on))) > 1:
            raise SpecError(
                "a requirement is decided by one of `met_if`, `none_since` and `not_on`; split it in two"
            )
        return self


class Matter(FileSpec):
    """The records of a type to which one rule applies.

    Parameters
    ----------
    id : str
        Name of the matter, unique in its table.
    title_en, title_zh : str
        What people call it.
    where : dict, default {}
        Which records; the first matter of a table that fits applies.
    public : bool, default True
        Whether such records are published at all.
    maximum_months : int, optional
        After how many months the record stops counting by itself; not by itself if none.
    minimum_months : int, optional
        After how many months its entity may apply for repair, 0 for at once; never if none.
    requires : tuple of str, default ()
        Names of the requirements for repair.
    basis : str
        The legal text.
    certainty : {"found", "own", "assumed"}
        How certain the rule is.
    note : str, default ""
        What a reader should know.

    Examples
    --------
    >>> Matter(id="fine", title_en="fine", title_zh="罚款", maximum_months=3, basis="Art. 14",
    ...        certainty="found").minimum_months is None
    True
    """

    id: Id
    title_en: str
    title_zh: str
    where: Where = Field(default_factory=dict)
    public: bool = True
    maximum_months: int | None = Field(default=None, ge=1)
    minimum_months: int | None = Field(default=None, ge=0)
    requires: tuple[str, ...] = ()
    basis: str
    certainty: Certainty
    note: str = ""

    @model_validator(mode="after")
    def _periods_fit(self) -> Self:
        shortest, longest = self.minimum_months, self.maximum_months
        if not self.public and (shortest is not None or longest is not None):
            raise SpecError(f"the matter {self.id!r} is not public and has no months; remove them")
        if shortest is not None and longest is not None and shortest >= longest:
            raise SpecError(
                f"the matter {self.id!r} ends after {longest} months, so that repair after {shortest} comes "
                "too late; lower minimum_months or leave it out"
            )
        return self


class RecordRules(FileSpec):
    """What a regime says of one record type.

    Parameters
    ----------
    counted_from : str, default "occurred_on"
        The date column from which months are counted; `occurred_on` where it has no value.
    ends : str
        The date column with the first day on which the record no longer holds.
    extended_to : str, optional
        The date column with the last day of publication, where that is later than the months say.
    repaired : str, optional
        The boolean column that says whether that end is a repair; every end is one if none.
    matters : tuple of Matter
        From the special to the general; the last one is for all the rest and has no `where`.
    """

    counted_from: str = "occurred_on"
    ends: str
    extended_to: str | None = None
    repaired: str | None = None
    matters: Annotated[tuple[Matter, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _cover_everything_once(self) -> Self:
        twice = [name for name, count in Counter(matter.id for matter in self.matters).items() if count > 1]
        if twice:
            raise SpecError(f"the matter {twice[0]!r} stands here more than once; rename one of them")
        *special, last = self.matters
        if last.where or not all(matter.where for matter in special):
            raise SpecError("the last matter, and only the last, is for all the rest: it has no `where`")
        return self


class RepairRegime(FileSpec):
    """The rules of repair that hold for findings in a span of time.

    Parameters
    ----------
    name : str
        Its name.
    title_en, title_zh : str
        What people call it.
    legal_basis : str
        Its legal texts.
    in_force_from : datetime.date
        The first day of official findings to which it applies.
    in_force_to : datetime.date, optional
        The first day to which it no longer applies.
    transition_en, transition_zh : str
        What is assumed of findings before it came into force.
    requirements : dict of str to Requirement, default {}
        Conditions for repair by name.
    tables : dict of str to RecordRules
        Rules by record type.

    Examples
    --------
    >>> from creditrisk.records.repair import load_regime
    >>> load_regime("ndrc-2026").tables["penalty"].matters[-1].maximum_months
    12
    """

    name: str
    title_en: str
    title_zh: str
    legal_basis: str
    in_force_from: dt.date
    in_force_to: dt.date | None = None
    transition_en: str
    transition_zh: str
    requirements: dict[str, Requirement] = Field(default_factory=dict)
    tables: dict[RecordType, RecordRules]

    @model_validator(mode="after")
    def _in_force_for_a_while(self) -> Self:
        if self.in_force_to is not None and self.in_force_to <= self.in_force_from:
            raise SpecError(
                f"it is in force from {self.in_force_from} to before {self.in_force_to}, which is never; "
                "correct a date"
            )
        return self

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Self:
        for table, rules in self.tables.items():
            for column in filter(None, (rules.counted_from, rules.ends, rules.extended_to, rules.repaired)):
                TABLES[table].column(column)
            for matter in rules.matters:
                for name in matter.requires:
                    self._check_requirement(table, matter, name)
        return self

    def _check_requirement(self, table: str, matter: Matter, name: str) -> None:
        if name not in self.requirements:
            raise SpecError(
                f"the matter {matter.id!r} requires {name!r}, which is none of the requirements."
                f"{hint(name, self.requirements)}"
            )
        since = self.requirements[name].none_since
        if since is not None and since.same and since.table != table:
            raise SpecError(
                f"the requirement {name!r} compares columns of {since.table!r} with a record of {table!r}; "
                "leave `same` out"
            )
