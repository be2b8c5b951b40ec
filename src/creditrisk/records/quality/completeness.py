"""完整性: columns that a record should have are filled."""

from creditrisk.records.dimension import Dimension
from creditrisk.records.quality.check import EVERY, Check, Part, filled
from creditrisk.records.quality.material import Material
from creditrisk.records.schema import Column, Table


def completeness(material: Material, shape: Table) -> tuple[Part, ...]:
    """Return the checks of completeness of one table: `expected` columns and those of the standard.

    Parameters
    ----------
    material : Material
        What the audit looks at.
    shape : Table
        The record type.

    Returns
    -------
    tuple of Part
        Required columns are not among them: reading the records sees to those.
    """
    mandatory = material.standard.of(shape.name).mandatory
    columns = [c for c in shape.columns if not c.required and (c.expected or c.name in mandatory)]
    return (Part(checks=tuple(_check(column) for column in columns)),)


def _check(column: Column) -> Check:
    """Return the check of one column; of one known later than the record, once its day is known."""
    later = column.known_with if column.known_with != column.name else None
    return Check(
        dimension=Dimension.COMPLETENESS,
        rule=f"{column.name} is missing",
        fails=lambda rows: rows[column.name].isnull() & (rows[later].notnull() if later else True),
        scope=filled(later) if later else EVERY,
    )
