"""The rules that reading the records checks: rejected rows carry those that they break."""

import ibis

from creditrisk.records.broken import RULES
from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisBoolean, IbisTable, to_frame
from creditrisk.records.quality.check import Check, Part
from creditrisk.records.quality.material import Material
from creditrisk.records.rejections import Rejections
from creditrisk.records.schema import Table

REPEATED = "record_id stands twice"
_SEPARATOR = "; "


def reading_rules(material: Material, shape: Table, rejections: Rejections) -> tuple[Part, ...]:
    """Return the checks that reading the records made already.

    Parameters
    ----------
    material : Material
        What the audit looks at.
    shape : Table
        The record type.
    rejections : Rejections
        The rejected rows.

    Returns
    -------
    tuple of Part
        One check for every rule that a row broke, and for those of the record type that none did.
    """
    broken = _broken(material.rows[shape.name]) if shape.name in material.with_rejected else []
    unbroken = [rule for rule in _of_shape(shape) if rule not in broken and rule in rejections.dimensions]
    checks = [
        *(_check(rule, rejections.dimension(rule)) for rule in broken),
        *(Check(dimension=rejections.dimension(rule), rule=rule, fails=None) for rule in unbroken),
    ]
    return (Part(checks=tuple(checks)),)


def breaks(rows: IbisTable, rule: str) -> IbisBoolean:
    """Return where rows break a rule of reading."""
    said = ibis.literal(_SEPARATOR) + rows[RULES]
    return (rows[RULES].notnull() & said.contains(f"{_SEPARATOR}{rule}{_SEPARATOR}")).fill_null(False)


def _broken(rows: IbisTable) -> list[str]:
    """Return the rules that some row breaks, sorted."""
    rejected = rows.filter(rows[RULES].notnull())
    found = to_frame(rejected.select(RULES).distinct())[RULES]
    return sorted({rule for rules in found for rule in str(rules).split(_SEPARATOR) if rule})


def _of_shape(shape: Table) -> list[str]:
    columns = shape.columns
    return [
        *(f"{c.name} is missing" for c in columns if c.required),
        *(f"{c.name} is not one of its codes" for c in columns if c.codes),
        *(f"{c.name} is below {c.minimum:g}" for c in columns if c.minimum is not None),
        *(f"{first} is later than {second}" for first, second in shape.ordered),
        *([REPEATED] if shape.name != "registration" else [REPEATED, "entity has a second record"]),
        *([] if shape.name == "registration" else ["entity not registered"]),
    ]


def _check(rule: str, dimension: Dimension) -> Check:
    return Check(dimension=dimension, rule=rule, fails=lambda rows: breaks(rows, rule))
