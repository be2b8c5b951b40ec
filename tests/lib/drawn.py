"""Drawn tables: records, and what is expected of them, as text that a reader can check by hand."""

import datetime as dt
from typing import Any

from creditrisk.records.schema import ColumnType
from creditrisk.records.tables import TABLES

Row = dict[str, Any]
Registry = dict[str, list[Row]]


def cells(text: str) -> list[dict[str, str]]:
    """Read a table whose first line names the columns and whose cells stand between bars."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def drawn_records(table: str, text: str) -> list[Row]:
    """Read records of one type; empty cells are missing, ids and `known_on` are filled in where not drawn."""
    return [complete(table, number, _typed(table, row)) for number, row in enumerate(cells(text))]


def complete(table: str, number: int, row: Row) -> Row:
    """Fill in what a bureau's own table would say: an id, when it was known, and the columns not given."""
    filled = {"record_id": f"{table}-{number:03d}", "known_on": row["occurred_on"]} | row
    for column in TABLES[table].columns:
        if column.known_with and column.known_with not in row and column.type is ColumnType.DATE:
            filled[column.known_with] = row.get(column.name)
    return {column.name: filled.get(column.name) for column in TABLES[table].columns}


def registered(*entities: str, on: dt.date = dt.date(2015, 1, 1)) -> list[Row]:
    """Return plain registrations."""
    rows: list[Row] = [{"entity_id": entity, "occurred_on": on} for entity in entities]
    return [complete("registration", number, row) for number, row in enumerate(rows)]


def expected(text: str) -> dict[str, float | str | None]:
    """Read one expected value an entity: a number, text in quotes, or an empty cell for missing."""
    return {row["entity_id"]: _value(row["value"]) for row in cells(text)}


def _value(cell: str) -> float | str | None:
    if not cell:
        return None
    return cell[1:-1] if cell.startswith('"') else float(cell)


def _typed(table: str, row: dict[str, str]) -> Row:
    return {name: _cell(TABLES[table].column(name).type, cell) for name, cell in row.items()}


def _cell(kind: ColumnType, cell: str) -> object:
    if not cell:
        return None
    match kind:
        case ColumnType.DATE:
            return dt.date.fromisoformat(cell)
        case ColumnType.INTEGER:
            return int(cell)
        case ColumnType.FLOAT:
            return float(cell)
        case ColumnType.BOOLEAN:
            return {"yes": True, "no": False}[cell]
        case _:
            return cell
