"""冗余性: the same record twice, under one id or two, word for word or nearly so.

Every record of a group of duplicates fails, as nothing says which of them is the one to keep; only of records
that share their id does the first stay.
"""

import ibis

from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisBoolean, IbisTable
from creditrisk.records.quality.check import Check, Join, Part, filled
from creditrisk.records.quality.material import Material
from creditrisk.records.quality.names import plain
from creditrisk.records.quality.reading_rules import REPEATED, breaks
from creditrisk.records.schema import COMMON, PROVENANCE, Table

_NOT_CONTENT = {c.name for c in (*COMMON, *PROVENANCE)}
_HYPHENS = "-‐‑‒–—―−_"


def redundancy(material: Material, shape: Table) -> tuple[Part, ...]:
    """Return the checks of redundancy of one table.

    Parameters
    ----------
    material : Material
        What the audit looks at.
    shape : Table
        The record type.

    Returns
    -------
    tuple of Part
        Of documents by number, and of records by content.
    """
    rows = material.rows[shape.name]
    if shape.name in material.with_rejected:
        rows = rows.filter(~breaks(rows, REPEATED))
    parts = [] if shape.number is None else [_by_number(rows, shape.number)]
    return (*parts, _by_content(rows, shape))


def _by_number(rows: IbisTable, number: str) -> Part:
    numbered = rows.filter(rows[number].notnull())
    keys = {"n_entity": numbered.entity_id, "n_number": _number(numbered, number)}
    groups = numbered.group_by(**keys).agg(n=numbered.count())
    groups = groups.filter(groups.n > 1).select("n_entity", "n_number")

    def join(table: IbisTable) -> IbisTable:
        return table.left_join(
            groups, [table.entity_id == groups.n_entity, table.plain_number == groups.n_number]
        )

    check = Check(
        dimension=Dimension.REDUNDANCY,
        rule=f"{number} stands twice for the entity",
        fails=lambda table: table.n_entity.notnull(),
        scope=filled(number),
    )
    return Part(checks=(check,), derive=lambda table: {"plain_number": _number(table, number)}, join=join)


def _number(rows: IbisTable, number: str) -> ibis.Value:
    return plain(rows[number], without=_HYPHENS)


def _by_content(rows: IbisTable, shape: Table) -> Part:
    """Return the checks of records of one entity and day that agree in every column, or in what matters."""
    own = tuple(name for name in shape.column_names if name not in _NOT_CONTENT)
    checks = [_check("same content as another record", "twin")]
    if shape.matter:
        said = ", ".join(shape.matter)
        checks.append(_check(f"another record of the entity and day agrees in {said}", "near_twin"))
    return Part(checks=tuple(checks), join=_twins(rows, own, shape.matter))


def _check(rule: str, flag: str) -> Check:
    return Check(dimension=Dimension.REDUNDANCY, rule=rule, fails=lambda rows: rows[flag] == 1)


def _twins(rows: IbisTable, own: tuple[str, ...], matter: tuple[str, ...]) -> Join:
    days = rows.group_by(c_entity="entity_id", c_day="occurred_on").agg(n=rows.count())
    days = days.filter(days.n > 1)
    crowded = rows.inner_join(days, [rows.entity_id == days.c_entity, rows.occurred_on == days.c_day])
    agrees = {"twin": _more_than_one(crowded, own)}
    if matter:
        any_given = ibis.or_(*(crowded[name].notnull() for name in matter))
        agrees["near_twin"] = _more_than_one(crowded, matter) & any_given
    flagged = crowded.mutate(**{name: ibis.ifelse(flag, 1, 0) for name, flag in agrees.items()})
    flagged = flagged.filter(ibis.or_(*(flagged[name] == 1 for name in agrees)))
    found = flagged.group_by(t_entity="entity_id", t_day="occurred_on", t_record="record_id").agg(
        **{name: flagged[name].max() for name in agrees}
    )

    def join(table: IbisTable) -> IbisTable:
        keys = [
            table.entity_id == found.t_entity,
            table.occurred_on == found.t_day,
            table.record_id.identical_to(found.t_record),
        ]
        return table.left_join(found, keys)

    return join


def _more_than_one(rows: IbisTable, columns: tuple[str, ...]) -> IbisBoolean:
    window = ibis.window(group_by=[rows.entity_id, rows.occurred_on, *(rows[name] for name in columns)])
    return rows.count().over(window) > 1
