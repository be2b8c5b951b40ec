"""A mapping: how a bureau's own tables, columns, codes and units become ours, as a TOML file says it.

::

    [tables.penalty]
    source = "fines"
    where = "status <> 'appealed'"
    [tables.penalty.columns]
    record_id = "case_no"
    entity_id = "uscc"
    occurred_on = { column = "decided", format = "%d.%m.%Y" }
    known_on = "published"
    fine_cny = { column = "fine_wan", multiply = 10000 }
"""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from creditrisk.errors import SpecError, hint
from creditrisk.records.schema import Column, ColumnType, Table
from creditrisk.records.tables import TABLES
from creditrisk.records.toml_file import FileSpec, load

RESERVED = ("as_of", "window_end", "source_row", "rule")

type Scalar = bool | int | float | str


class ColumnMapping(FileSpec):
    """Where the values of one column come from: a column, a fixed value, or an SQL expression.

    Parameters
    ----------
    column : str, optional
        A column of the source.
    value : scalar, optional
        The same value in every row.
    sql : str, optional
        A scalar SQL expression over the source's columns.
    sentinels : tuple of str, default ()
        Values of the source that mean *none*, such as ``"9999-9-9"``.
    recode : dict of str to scalar, optional
        The source's codes and ours; a row with another value is rejected unless there is `otherwise`.
    otherwise : scalar, optional
        Our code for every value that `recode` does not name; a missing value stays missing.
    multiply : float, optional
        What to multiply numbers by (10000 from ten-thousand yuan to yuan).
    format : str, optional
        How dates are written, such as ``"%Y/%m/%d"``.
    """

    column: str | None = None
    value: Scalar | None = None
    sql: str | None = None
    sentinels: tuple[str, ...] = ()
    recode: dict[str, Scalar] | None = None
    otherwise: Scalar | None = None
    multiply: float | None = None
    format: str | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        given = [name for name in ("column", "value", "sql") if getattr(self, name) is not None]
        if len(given) != 1:
            said = " and ".join(given) or "none of them"
            raise SpecError(f"a column comes from exactly one of column, value and sql; got {said}")
        if self.recode is not None and not self.recode:
            raise SpecError("'recode' names no code; add one or leave it out")
        if self.otherwise is not None and self.recode is None:
            raise SpecError("'otherwise' needs a 'recode'; add one or leave it out")
        steps = [name for name in ("recode", "multiply", "format") if getattr(self, name) is not None]
        if len(steps) > 1:
            raise SpecError(f"a column takes one of recode, multiply and format; got {' and '.join(steps)}")
        return self


class ExtraColumn(ColumnMapping):
    """A column that the standard record type does not have.

    Parameters
    ----------
    type : ColumnType
        Its type after reading.
    known_with : str, optional
        The date column from which on it is known, where that is later than `known_on`.
    title : str, optional
        What it is called by people.
    """

    type: ColumnType
    known_with: str | None = None
    title: str = ""


def _column(written: object) -> object:
    return {"column": written} if isinstance(written, str) else written


class TableMapping(FileSpec):
    """How one table of the source becomes one record type.

    Parameters
    ----------
    source : str
        The table, or the stem of the file.
    where : str, optional
        An SQL condition over the source's columns; other rows are left out.
    distinct_by : tuple of str, default ()
        Of the rows that agree in these columns of ours only the earliest known is kept.
    columns : dict of str to ColumnMapping
        Our columns; a bare string names a column of the source.
    extra : dict of str to ExtraColumn
        Columns beyond the standard record type.
    """

    source: str
    where: str | None = None
    distinct_by: tuple[str, ...] = ()
    columns: dict[str, Annotated[ColumnMapping, BeforeValidator(_column)]]
    extra: dict[str, ExtraColumn] = Field(default_factory=dict)

    def shape(self, standard: Table) -> Table:
        """Return the standard record type with the extra columns."""
        own = tuple(
            Column(name=name, type=extra.type, title=extra.title, known_with=extra.known_with)
            for name, extra in self.extra.items()
        )
        return replace(standard, own=standard.own + own)


class Mapping(FileSpec):
    """A mapping file.

    Parameters
    ----------
    name : str
        What to call it.
    tables : dict of str to TableMapping
        The record types that it fills.

    Examples
    --------
    >>> licences = {"source": "licences", "columns": {"record_id": "id", "entity_id": "id"}}
    >>> Mapping.model_validate({"name": "town", "tables": {"licence": licences}}).tables["licence"].source
    'licences'
    """

    name: str
    tables: dict[str, TableMapping]

    @field_validator("tables")
    @classmethod
    def _known_columns(cls, tables: dict[str, TableMapping]) -> dict[str, TableMapping]:
        for name, table in tables.items():
            if name not in TABLES:
                raise SpecError(f"there is no record type {name!r}.{hint(name, TABLES)}")
            _check_columns(name, table)
        return tables


def _check_columns(name: str, table: TableMapping) -> None:
    standard = TABLES[name].column_names
    for column in table.columns:
        if column not in standard:
            raise SpecError(
                f"table {name!r} has no column {column!r}; put a new one under [tables.{name}.extra]."
                f"{hint(column, standard)}"
            )
    shape = table.shape(TABLES[name])
    for column, extra in table.extra.items():
        if column in standard:
            raise SpecError(f"table {name!r} has the column {column!r} already; put it under 'columns'")
        if column in RESERVED:
            raise SpecError(f"{column!r} is a name that snapshots use; choose another")
        if extra.known_with and extra.known_with not in _dates(shape):
            raise SpecError(
                f"'known_with' of {column!r} names no date column of {name!r}: {extra.known_with!r}"
            )
    for column in table.distinct_by:
        if column not in (*table.columns, *table.extra):
            raise SpecError(f"'distinct_by' names {column!r}, which the mapping of {name!r} does not fill")


def _dates(shape: Table) -> set[str]:
    return {column.name for column in shape.columns if column.type == ColumnType.DATE}


def load_mapping(mapping: Mapping | str | Path) -> Mapping:
    """Read a mapping file.

    Parameters
    ----------
    mapping : Mapping, str or Path
        A TOML file; a mapping is returned as it is.

    Returns
    -------
    Mapping
        What the file says.

    Raises
    ------
    SourceError
        If the file is not there.
    SpecError
        If it says something that no mapping can say.
    """
    return mapping if isinstance(mapping, Mapping) else load(Mapping, mapping, what="mapping")
