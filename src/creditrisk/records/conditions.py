"""Filters on records, as written in a TOML file.

``where = {column = value}`` keeps the records whose column equals the value; a list means *one of*; a table
says more: ``{contains_any = ["3", "E"]}`` for comma-separated codes, ``{at_least = x}``, ``{below = x}`` and
``{known = true}``. All conditions must hold. A missing value fulfils none of them but ``{known = false}``.
"""

import datetime as dt
from collections.abc import Mapping
from functools import reduce
from operator import and_, or_
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from creditrisk.errors import SpecError, hint
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue
from creditrisk.records.toml_file import FileSpec, parse

type Scalar = bool | int | float | str | dt.date


class Condition(FileSpec):
    """What the value of one column must be; several parts are all required.

    Parameters
    ----------
    equals : scalar, optional
        The value itself.
    one_of : tuple of scalar, optional
        One of these values.
    contains_any : tuple of str, optional
        One of these codes stands in the comma-separated value.
    at_least, below : number or date, optional
        The value is at least this, or below it.
    known : bool, optional
        There is a value (true), or there is none (false).
    """

    equals: Scalar | None = None
    one_of: tuple[Scalar, ...] | None = None
    contains_any: tuple[str, ...] | None = None
    at_least: int | float | dt.date | None = None
    below: int | float | dt.date | None = None
    known: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.parts:
            raise SpecError(f"a condition says nothing; use {', '.join(type(self).model_fields)}")
        return self

    @property
    def parts(self) -> dict[str, Any]:
        """The parts that were given, by name."""
        return {name: value for name, value in self if value is not None}


def _condition(written: object) -> object:
    if isinstance(written, Condition | dict):
        return written
    return {"one_of": written} if isinstance(written, list | tuple) else {"equals": written}


type Where = dict[str, Annotated[Condition, BeforeValidator(_condition)]]


class _WhereSpec(FileSpec):
    where: Where = Field(default_factory=dict)


def parse_where(written: Mapping[str, Any], where: str = "a condition") -> dict[str, Condition]:
    """Read conditions from a dictionary.

    Parameters
    ----------
    written : mapping of str to object
        Column to value, list or table, as in a TOML file.
    where : str
        What to call the whole in an error.

    Returns
    -------
    dict of str to Condition
        The conditions by column.

    Raises
    ------
    SpecError
        If one of them cannot be understood.

    Examples
    --------
    >>> parse_where({"channel": "random"})["channel"].equals
    'random'
    """
    return parse(_WhereSpec, {"where": dict(written)}, where).where


def compile(where: Mapping[str, Any], table: IbisTable) -> IbisBoolean:  # noqa: A001
    """Turn conditions into one boolean expression over a table.

    Parameters
    ----------
    where : mapping of str to Condition (or to what a TOML file says)
        Conditions by column; none of them means that every record is kept.
    table : ibis.Table
        The records.

    Returns
    -------
    ibis boolean expression
        True where every condition holds, false elsewhere, never null.

    Raises
    ------
    SpecError
        If a column is unknown, or a value cannot be compared with its column.

    Examples
    --------
    >>> import ibis
    >>> inspections = ibis.table({"result_codes": "string"}, name="inspection")
    >>> str(compile({"result_codes": {"contains_any": ["3"]}}, inspections).type())
    'boolean'
    """
    import ibis

    unknown = [name for name in where if name not in table.columns]
    if unknown:
        raise SpecError(
            f"A condition names the column {unknown[0]!r}, which its table does not have."
            f"{hint(unknown[0], table.columns)}"
        )
    conditions = parse_where(where)
    parts = [
        _part(table[name], name, kind, value)
        for name, condition in conditions.items()
        for kind, value in condition.parts.items()
    ]
    return reduce(and_, parts, ibis.literal(True))


def _part(column: IbisValue, name: str, kind: str, value: Any) -> IbisBoolean:
    if kind == "known":
        return column.notnull() if value else column.isnull()
    for literal in value if isinstance(value, tuple) else (value,):
        _comparable(column, name, literal)
    match kind:
        case "equals":
            test = column == value
        case "one_of":
            test = column.isin(value)
        case "contains_any":
            cell = "," + column.replace(" ", "") + ","
            test = reduce(or_, [cell.contains(f",{code},") for code in value])
        case "at_least":
            test = column >= value
        case _:
            test = column < value
    return test.fill_null(False)


def _comparable(column: IbisValue, name: str, literal: object) -> None:
    kind = column.type()
    fits = {
        bool: kind.is_boolean(),
        str: kind.is_string(),
        int: kind.is_numeric() and not kind.is_boolean(),
        float: kind.is_numeric() and not kind.is_boolean(),
        dt.date: kind.is_temporal(),
        dt.datetime: kind.is_temporal(),
    }
    if not fits.get(type(literal), False):
        raise SpecError(
            f"A condition compares the column {name!r}, which holds {str(kind).lower()} values, with "
            f"{literal!r}; write a value of the column's own type."
        )
