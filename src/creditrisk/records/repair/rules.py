"""The rules for one record type, of one regime or of all packaged ones, in the order of trying."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ibis

from creditrisk.errors import SpecError, hint
from creditrisk.records import conditions
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue
from creditrisk.records.repair.load import load_regime, packaged_regimes
from creditrisk.records.repair.regime import Matter, RecordRules, RepairRegime, Requirement

type AnyRegime = RepairRegime | str | Path | None

RULE = "__rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One matter of one regime, for findings from `since` to before `until`.

    Parameters
    ----------
    regime : RepairRegime
        The regime.
    matter : Matter
        Its matter.
    records : RecordRules
        What the regime says of all records of the type.
    since, until : datetime.date, optional
        The findings that it is for; without an end where none is given.
    """

    regime: RepairRegime
    matter: Matter
    records: RecordRules
    since: dt.date | None = None
    until: dt.date | None = None

    def applies(self, rows: IbisTable) -> IbisBoolean:
        """Return whether the rule applies to a record, if no earlier one does."""
        fits = conditions.compile(self.matter.where, rows)
        if self.since is not None:
            fits &= rows.occurred_on >= ibis.literal(self.since)
        if self.until is not None:
            fits &= rows.occurred_on < ibis.literal(self.until)
        return fits

    @property
    def requirements(self) -> dict[str, Requirement]:
        """What its matter requires for repair, by name."""
        return {name: self.regime.requirements[name] for name in self.matter.requires}


def tables_of(regime: AnyRegime) -> tuple[str, ...]:
    """Return the record types of which a regime, or any packaged one, says something."""
    regimes = packaged_regimes() if regime is None else (load_regime(regime),)
    return tuple(dict.fromkeys(table for one in regimes for table in one.tables))


def rules_for(table: str, regime: AnyRegime = None) -> tuple[Rule, ...]:
    """Return the rules for a record type.

    Parameters
    ----------
    table : str
        The record type.
    regime : RepairRegime, str or Path, optional
        The regime that applies to every finding; without one, each finding falls under the packaged regime of
        its own day, and findings before all of them under the earliest.

    Returns
    -------
    tuple of Rule
        Of those that apply to a record, the first is its rule.

    Raises
    ------
    SpecError
        If no regime says anything of the record type.
    """
    known = tables_of(regime)
    if table not in known:
        raise SpecError(f"No repair regime speaks of the record type {table!r}.{hint(table, known)}")
    if regime is not None:
        return _of(load_regime(regime), table, None, None)
    regimes = packaged_regimes()
    begins = [None, *(one.in_force_from for one in regimes[1:]), None]
    spans = zip(regimes, begins[:-1], begins[1:], strict=True)
    return tuple(rule for one, since, until in spans for rule in _of(one, table, since, until))


def _of(regime: RepairRegime, table: str, since: dt.date | None, until: dt.date | None) -> tuple[Rule, ...]:
    records = regime.tables.get(table)
    if records is None:
        return ()
    return tuple(
        Rule(regime=regime, matter=matter, records=records, since=since, until=until)
        for matter in records.matters
    )


def with_rule(rows: IbisTable, rules: tuple[Rule, ...]) -> IbisTable:
    """Add the column `RULE`: the position of the rule that applies to a record, null if none does."""
    return rows.mutate(**{RULE: ibis.cases(*((rule.applies(rows), i) for i, rule in enumerate(rules)))})


def by_rule(rows: IbisTable, rules: tuple[Rule, ...], value: Callable[[Rule], IbisValue]) -> IbisValue:
    """Return the value that the rule of each record gives it, null where it gives none; none if none does."""
    given = [(i, value(rule)) for i, rule in enumerate(rules)]
    said = [(rows[RULE] == i, one) for i, one in given if one is not None]
    return ibis.cases(*said) if said else None
