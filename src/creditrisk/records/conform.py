"""From the columns of a source to those of a record type, with the first rule that each row breaks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import ibis

from creditrisk.errors import SchemaError, hint
from creditrisk.records.casts import cleaned, to_type
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue
from creditrisk.records.schema import Column, ColumnType, Table

ROW = "source_row"
RULE = "rule"


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


def conform(
    source: IbisTable, readings: Mapping[str, Reading], shape: Table, *, title: str
) -> tuple[IbisTable, tuple[Check, ...]]:
    """Cast every column of a record type and find the first rule that each row breaks.

    Parameters
    ----------
    source : ibis.Table
        The rows of the source, numbered in `source_row`.
    readings : mapping of str to Reading
        What the source has, by the name of the record's column.
    shape : Table
        The record type.
    title : str
        What to call the source in an error.

    Returns
    -------
    ibis.Table
        The typed columns, `source_row` and `rule` (null where no rule is broken).
    tuple of Check
        What was demanded of the source's values: recodes, formats and types.

    Raises
    ------
    SchemaError
        If a column that the record type needs is missing.
    """
    _require(readings, shape, title)
    raw = {name: cleaned(reading.value) for name, reading in readings.items()}
    typed = {c.name: _typed(c, raw, readings, shape) for c in shape.columns}
    checks = (
        *(check for reading in readings.values() for check in reading.checks),
        *(_cast_check(c, raw[c.name], typed[c.name]) for c in shape.columns if c.name in raw),
    )
    broken = [
        *((check.rule, check.fails) for check in checks),
        *(rule for c in shape.columns for rule in _column_rules(c, typed[c.name])),
        *((f"{a} is later than {b}", typed[a] > typed[b]) for a, b in shape.ordered),
    ]
    rule = ibis.cases(*((fails.fill_null(False), sentence) for sentence, fails in broken))
    return source.select(**typed, **{ROW: source[ROW], RULE: rule}), checks


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


def _typed(
    column: Column, raw: Mapping[str, IbisValue], readings: Mapping[str, Reading], shape: Table
) -> IbisValue:
    if column.name in readings:
        return to_type(raw[column.name], column.type)
    governed = _governed_date(shape, column.name, readings)
    if governed:
        return to_type(raw[governed], column.type)
    return ibis.null(_ENGINE_TYPES[column.type])


def _cast_check(column: Column, raw: IbisValue, typed: IbisValue) -> Check:
    return Check(
        rule=f"{column.name} cannot be read as {column.type}",
        value=raw,
        fails=raw.notnull() & typed.isnull(),
    )


def _governed_date(shape: Table, key: str, readings: Mapping[str, Reading]) -> str | None:
    """Return the date column whose knowledge `key` dates: it stands in where `key` is not given."""
    dates = [
        c.name
        for c in shape.own
        if c.known_with == key and c.name != key and c.type == ColumnType.DATE and c.name in readings
    ]
    return dates[0] if dates else None


def _column_rules(column: Column, value: IbisValue) -> list[tuple[str, IbisBoolean]]:
    rules = []
    if column.required:
        rules.append((f"{column.name} is missing", value.isnull()))
    if column.codes:
        rules.append((f"{column.name} is not one of its codes", ~_among(column, value)))
    if column.minimum is not None:
        rules.append((f"{column.name} is below {column.minimum:g}", value < column.minimum))
    return rules


def _among(column: Column, value: IbisValue) -> IbisBoolean:
    if column.separator is None:
        return value.isin(column.codes)
    code = f"({'|'.join(re.escape(code) for code in column.codes)})"
    return value.re_search(f"^ *{code}( *{re.escape(column.separator)} *{code})* *$")


_ENGINE_TYPES = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "int64",
    ColumnType.FLOAT: "float64",
    ColumnType.DATE: "date",
    ColumnType.BOOLEAN: "boolean",
}
