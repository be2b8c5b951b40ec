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
    fine_cny = { column = "fine_wan", unit = "万元" }
"""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from creditrisk.errors import SpecError, hint
from creditrisk.records.column_mapping import ColumnMapping, ExtraColumn
from creditrisk.records.schema import ColumnType, Table
from creditrisk.records.tables import TABLES
from creditrisk.records.toml_file import FileSpec, load

RESERVED = ("as_of", "window_end", "source_row", "rule", "rules")
RESERVED_STARTS = ("raw_", "fails_")


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
    sentinels : tuple of str, optional
        What means *none* in every column that does not say so itself; instead of those of the file.
    columns : dict of str to ColumnMapping
        Our columns; a bare string names a column of the source.
    extra : dict of str to ExtraColumn
        Columns beyond the standard record type.
    """

    source: str
    where: str | None = None
    distinct_by: tuple[str, ...] = ()
    sentinels: tuple[str, ...] | None = None
    columns: dict[str, Annotated[ColumnMapping, BeforeValidator(_column)]]
    extra: dict[str, ExtraColumn] = Field(default_factory=dict)

    def shape(self, standard: Table) -> Table:
        """Return the standard record type with the extra columns."""
        own = tuple(extra.as_column(name) for name, extra in self.extra.items())
        return replace(standard, own=standard.own + own)


class Mapping(FileSpec):
    """A mapping file.

    Parameters
    ----------
    name : str
        What to call it.
    sentinels : tuple of str, default ()
        What means *none* in every column of every table that does not say so itself.
    tables : dict of str to TableMapping
        The record types that it fills.

    Examples
    --------
    >>> licences = {"source": "licences", "columns": {"record_id": "id", "entity_id": "id"}}
    >>> Mapping.model_validate({"name": "town", "tables": {"licence": licences}}).tables["licence"].source
    'licences'
    """

    name: str
    sentinels: tuple[str, ...] = ()
    tables: dict[str, TableMapping]

    @field_validator("tables")
    @classmethod
    def _known_columns(cls, tables: dict[str, TableMapping], info: ValidationInfo) -> dict[str, TableMapping]:
        for name, table in tables.items():
            if name not in TABLES:
                raise SpecError(f"there is no record type {name!r}.{hint(name, TABLES)}")
            _check_columns(name, table)
        common = {"sentinels": info.data.get("sentinels", ())}
        return {
            name: table if table.sentinels is not None else table.model_copy(update=common)
            for name, table in tables.items()
        }


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
        if column in RESERVED or column.startswith(RESERVED_STARTS):
            raise SpecError(f"{column!r} is a name that snapshots use; choose another")
        if extra.known_with and extra.known_with not in _dates(shape):
            raise SpecError(
                f"'known_with' of {column!r} names no date column of {name!r}: {extra.known_with!r}"
            )
    for column in table.distinct_by:
        if column not in (*table.columns, *table.extra):
            raise SpecError(f"'distinct_by' names {column!r}, which the mapping of {name!r} does not fill")
    for column, said in {**table.columns, **table.extra}.items():
        ours = shape.column(column)
        said.check_against(ours, several=column in table.extra or ours.separator is not None)


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
