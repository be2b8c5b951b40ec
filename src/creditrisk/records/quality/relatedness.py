"""关联性: what a record refers to is there, and concerns the same entity."""

from collections.abc import Mapping
from functools import reduce

import ibis

from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisTable, to_frame
from creditrisk.records.quality.check import Check, Part, Where, filled
from creditrisk.records.quality.material import Material
from creditrisk.records.schema import Link, Table


def relatedness(material: Material, shape: Table) -> tuple[Part, ...]:
    """Return the checks of the links of one table.

    Parameters
    ----------
    material : Material
        What the audit looks at.
    shape : Table
        The record type.

    Returns
    -------
    tuple of Part
        One for each link whose record type was delivered.
    """
    return tuple(
        part
        for number, link in enumerate(shape.links)
        if (part := _part(material, shape, link, f"link{number}")) is not None
    )


def unchecked_links(material: Material, shape: Table) -> tuple[str, ...]:
    """Return the columns that refer to record types that were not delivered."""
    return tuple(one.column for one in shape.links if one.table and one.table not in material.rows)


def _part(material: Material, shape: Table, link: Link, prefix: str) -> Part | None:
    targets = _targets(material.rows, shape, link)
    if targets is None:
        return None
    names = {name: f"{prefix}_{name}" for name in targets.columns}
    there = targets.select(**{ours: targets[name] for name, ours in names.items()})

    def join(rows: IbisTable) -> IbisTable:
        keys = [rows[link.column] == there[names["id"]]]
        if link.table_column is not None:
            keys.append(rows[link.table_column] == there[names["kind"]])
        return rows.left_join(there, keys)

    def missing(rows: IbisTable) -> ibis.Value:
        return rows[link.column].notnull() & rows[names["id"]].isnull()

    def foreign(rows: IbisTable) -> ibis.Value:
        owners = (rows[names["owner"]], rows[names["other_owner"]])
        return (rows.entity_id != owners[0]) & (rows.entity_id != owners[1])

    checks = [_check(f"{link.column} refers to no record", link, missing)]
    if link.same_entity:
        checks.append(_check(f"{link.column} refers to a record of another entity", link, foreign))
    return Part(checks=tuple(checks), join=join)


def _check(rule: str, link: Link, fails: Where) -> Check:
    return Check(dimension=Dimension.RELATEDNESS, rule=rule, fails=fails, scope=filled(link.column))


def _targets(rows: Mapping[str, IbisTable], shape: Table, link: Link) -> IbisTable | None:
    """Return the records that a link may refer to, one row an id (and record type), with their entities."""
    if link.table is not None:
        kinds = [link.table] if link.table in rows else []
    else:
        own = rows[shape.name]
        named = to_frame(own.select(link.table_column).distinct())[link.table_column].dropna()
        kinds = sorted(set(named) & set(rows))
    if not kinds:
        return None
    parts = [rows[kind].select(kind=ibis.literal(kind), id="record_id", owner="entity_id") for kind in kinds]
    every = reduce(lambda one, other: one.union(other), parts)
    every = every.filter(every.id.notnull())
    return every.group_by("kind", "id").agg(owner=every.owner.min(), other_owner=every.owner.max())
