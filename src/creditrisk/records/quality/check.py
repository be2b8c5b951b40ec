"""A check of single records: in which rows it means something, and where it fails.

Checks are expressions, not queries: all checks of a record type run together, in one pass that counts and one
that keeps the rows that fail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_

import ibis

from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue

type Where = Callable[[IbisTable], IbisBoolean]
type Derive = Callable[[IbisTable], dict[str, IbisValue]]
type Join = Callable[[IbisTable], IbisTable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The rows that a check speaks about.

    Parameters
    ----------
    name : str
        Two scopes of one name are counted once.
    where : callable
        Takes the rows, as delivered, and returns a boolean expression.
    """

    name: str
    where: Where


EVERY = Scope(name="every record", where=lambda rows: ibis.literal(True))


def filled(*columns: str) -> Scope:
    """Return the scope of the rows with a value in each of some columns.

    Parameters
    ----------
    *columns : str
        Their names.

    Returns
    -------
    Scope
        The scope.

    Examples
    --------
    >>> filled("region").name
    'region'
    """
    return Scope(
        name=" and ".join(columns), where=lambda rows: reduce(and_, [rows[one].notnull() for one in columns])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule that records may break.

    Parameters
    ----------
    dimension : Dimension
        What it is about.
    rule : str
        What is wrong with a row that fails, as one phrase.
    fails : callable or None
        Takes the rows, with what was joined to them, and returns a boolean expression; null means no. None
        if it is known that no row fails.
    scope : Scope
        The rows that it speaks about; it fails nowhere else.
    only_with : str, optional
        A column; where no row of the table has it, the check is left out and the audit says so.
    """

    dimension: Dimension
    rule: str
    fails: Where | None
    scope: Scope = EVERY
    only_with: str | None = None


def _nothing(rows: IbisTable) -> dict[str, IbisValue]:
    return {}


def _as_it_is(rows: IbisTable) -> IbisTable:
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Checks that need the same values and joins.

    Parameters
    ----------
    checks : tuple of Check
        The checks.
    derive : callable
        Takes the rows with the registered data of their entities, and returns values to add.
    join : callable
        Takes the rows with what all parts derived, and adds columns of other tables, but no row.
    """

    checks: tuple[Check, ...]
    derive: Derive = _nothing
    join: Join = _as_it_is
