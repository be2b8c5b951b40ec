"""From the columns of a source to those of a record type, with the rules that each row breaks."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from creditrisk.errors import SchemaError, hint
from creditrisk.records.casts import cleaned, never_fails, to_type
from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue
from creditrisk.records.schema import Column, ColumnType, Table

ROW = "source_row"
RAW = "raw_"
DERIVED = "sql:"
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule that every value of a column may break only if something is wrong with the column itself.

    Parameters
    ----------
    rule : str
        What a rejected row is told, such as ``"known_on cannot be read as date"``.
    value : ibis expression
        The cleaned value of the source.
    fails : ibis boolean expression
        Where a value is there and breaks the rule.
    """

    rule: str
    value: IbisValue
    fails: IbisBoolean

    def both(self) -> dict[str, IbisBoolean]:
        """Where there is a value, and where it fails."""
        return {"present": self.value.notnull(), "fails": self.fails.fill_null(False)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A column as the source gives it, before its type and codes are checked.

    Parameters
    ----------
    value : ibis expression
        The value, of any type.
    checks : tuple of Check
        What the mapping itself demands of the source's value.
    """

    value: IbisValue
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule that a row may break.

    Parameters
    ----------
    sentence : str
        What a rejected row is told.
    dimension : Dimension
        What it is about.
    fails : ibis boolean expression
        Where it is broken, over the conformed rows; null where it cannot be judged.
    """

    sentence: str
    dimension: Dimension
    fails: IbisBoolean


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformed:
    """The rows of a source as one record type has them.

    Parameters
    ----------
    rows : ibis.Table
        The typed columns that the source delivers, and its own columns as they came, named ``raw_...``.
    delivered : tuple of str
        The columns of the record type that the source has.
    checks : tuple of Check
        What was demanded of the source's values: recodes, formats and types.
    rules : tuple of Rule
        What was demanded of the rows; a rejected row is told the first that it breaks.
    """

    rows: IbisTable
    delivered: tuple[str, ...]
    checks: tuple[Check, ...]
    rules: tuple[Rule, ...]


def conform(
    source: IbisTable,
    readings: Mapping[str, Reading],
    shape: Table,
    *,
    title: str,
    keep: Callable[[IbisTable], IbisTable],
) -> Conformed:
    """Cast every column of a record type and find the rules that each row may break.

    Parameters
    ----------
    source : ibis.Table
        The rows of the source.
    readings : mapping of str to Reading
        What the source has, by the name of the record's column.
    shape : Table
        The record type.
    title : str
        What to call the source in an error.
    keep : callable
        What to do with the typed rows before anything is asked of them.

    Returns
    -------
    Conformed
        Typed rows and what is demanded of them.

    Raises
    ------
    SchemaError
        If a column that the record type needs is missing.
    """
    _require(readings, shape, title)
    raw = {name: cleaned(reading.value) for name, reading in readings.items()}
    typed = {c.name: value for c in shape.columns if (value := _typed(c, raw, shape)) is not None}
    checks = (
        *(check for reading in readings.values() for check in reading.checks),
        *(
            _cast_check(c, raw[c.name], typed[c.name])
            for c in shape.columns
            if c.name in raw and not never_fails(raw[c.name], c.type)
        ),
    )
    kept = {f"{RAW}{name}": source[name] for name in source.columns if _came(name)}
    numbered = {ROW: source[ROW]} if ROW in source.columns else {}
    fails = {f"fails_{number}": check.fails for number, check in enumerate(checks)}
    rows = keep(source.select(**typed, **kept, **numbered, **fails))
    rules = (
        *(
            Rule(sentence=check.rule, dimension=Dimension.ACCURACY, fails=rows[name])
            for name, check in zip(fails, checks, strict=True)
        ),
        *(rule for c in shape.columns if c.name in typed for rule in _column_rules(c, rows[c.name])),
        *(
            Rule(sentence=f"{a} is later than {b}", dimension=Dimension.ACCURACY, fails=rows[a] > rows[b])
            for a, b in shape.ordered
            if a in typed and b in typed
        ),
    )
    return Conformed(rows=rows, delivered=tuple(typed), checks=checks, rules=rules)


def _came(name: str) -> bool:
    return name != ROW and not name.startswith(DERIVED)


def _require(readings: Mapping[str, Reading], shape: Table, title: str) -> None:
    missing = [c.name for c in shape.columns if c.required and c.name not in readings]
    if missing:
        raise SchemaError(
            f"Table {shape.name!r} ({title}) lacks the column {missing[0]!r}, which every record needs; "
            f"add it or name its source in a mapping.{hint(missing[0], readings) if readings else ''}"
        )
    for column in shape.columns:
        key = column.known_with
        if (
            column.name in readings
            and key
            and key not in readings
            and not _governed_date(shape, key, readings)
        ):
            raise SchemaError(
                f"Table {shape.name!r} ({title}) has the column {column.name!r} but not {key!r}, the day "
                f"from which it was known; add {key!r} or leave {column.name!r} out."
            )


def _typed(column: Column, raw: Mapping[str, IbisValue], shape: Table) -> IbisValue | None:
    if column.name in raw:
        return to_type(raw[column.name], column.type)
    governed = _governed_date(shape, column.name, raw)
    return to_type(raw[governed], column.type) if governed else None


def _cast_check(column: Column, raw: IbisValue, typed: IbisValue) -> Check:
    return Check(
        rule=f"{column.name} cannot be read as {column.type}",
        value=raw,
        fails=raw.notnull() & typed.isnull(),
    )


def _governed_date(shape: Table, key: str, given: Mapping[str, object]) -> str | None:
    """Return the date column whose knowledge `key` dates: it stands in where `key` is not given."""
    dates = [
        c.name
        for c in shape.own
        if c.known_with == key and c.name != key and c.type == ColumnType.DATE and c.name in given
    ]
    return dates[0] if dates else None


def _column_rules(column: Column, value: IbisValue) -> list[Rule]:
    said: list[tuple[str, Dimension, IbisBoolean]] = []
    if column.required:
        said.append(("is missing", Dimension.COMPLETENESS, value.isnull()))
    if column.codes:
        said.append(("is not one of its codes", Dimension.ACCURACY, ~_among(column, value)))
    if column.minimum is not None:
        said.append((f"is below {column.minimum:g}", Dimension.ACCURACY, value < column.minimum))
    if column.type == ColumnType.DATE:
        outside = (value < EARLIEST) | (value > LATEST)
        said.append((f"lies outside {EARLIEST.year}-{LATEST.year}", Dimension.ACCURACY, outside))
    return [
        Rule(sentence=f"{column.name} {what}", dimension=dimension, fails=fails)
        for what, dimension, fails in said
    ]


def _among(column: Column, value: IbisValue) -> IbisBoolean:
    if column.separator is None:
        return value.isin(column.codes)
    code = f"({'|'.join(re.escape(code) for code in column.codes)})"
    return value.re_search(f"^ *{code}( *{re.escape(column.separator)} *{code})* *$")
