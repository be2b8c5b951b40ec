"""Values that have to belong to a code system: entity ids, regions and industries."""

import ibis

from creditrisk.records.codes import (
    industry_known_expression,
    region_known_expression,
    uscc_valid_expression,
)
from creditrisk.records.dimension import Dimension
from creditrisk.records.quality.check import Check, Part, filled
from creditrisk.records.quality.material import Material
from creditrisk.records.schema import Column, Table

_LISTS = {
    "region": ("GB/T 2260", region_known_expression),
    "industry": ("GB/T 4754", industry_known_expression),
}


def entity_ids(material: Material, shape: Table) -> tuple[Part, ...]:
    """Return the check of `entity_id`, where ids have to be unified social credit codes.

    Parameters
    ----------
    material : Material
        What the audit looks at.
    shape : Table
        The record type.

    Returns
    -------
    tuple of Part
        What registration says of a registered id is not worked out again.
    """
    if not material.ids_are_uscc:
        return ()
    check = Check(
        dimension=Dimension.ACCURACY,
        rule="entity_id is not a valid USCC",
        fails=lambda rows: ibis.cases(
            (rows.entity_id.isnull(), False),
            (rows.is_entity.notnull(), ~rows.is_valid),
            else_=~uscc_valid_expression(rows.entity_id),
        ),
        scope=filled("entity_id"),
    )
    return (Part(checks=(check,)),)


def code_lists(material: Material, shape: Table) -> tuple[Part, ...]:
    """Return the checks of the columns that hold codes of a code system.

    Parameters
    ----------
    material : Material
        What the audit looks at.
    shape : Table
        The record type.

    Returns
    -------
    tuple of Part
        Columns of entity ids are left out where ids need not be unified social credit codes.
    """
    checks = []
    for column in shape.columns:
        if column.code_system == "uscc" and material.ids_are_uscc:
            checks.append(_uscc(column.name))
        elif column.code_system in _LISTS:
            checks.append(_listed(column))
    return (Part(checks=tuple(checks)),)


def _uscc(name: str) -> Check:
    return Check(
        dimension=Dimension.ACCURACY,
        rule=f"{name} is not a valid USCC",
        fails=lambda rows: rows[name].notnull() & ~uscc_valid_expression(rows[name]),
        scope=filled(name),
    )


def _listed(column: Column) -> Check:
    title, known = _LISTS[str(column.code_system)]
    return Check(
        dimension=Dimension.ACCURACY,
        rule=f"{column.name} is not a code of {title}",
        fails=lambda rows: rows[column.name].notnull() & ~known(rows[column.name]),
        scope=filled(column.name),
    )
