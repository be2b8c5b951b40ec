"""The name that a record has for its entity, against the registered name and those before it."""

import string
from collections.abc import Mapping
from functools import reduce

import ibis

from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue
from creditrisk.records.quality.check import Check, Part, filled
from creditrisk.records.quality.material import Material
from creditrisk.records.schema import Table

_SIGNS = "()-.,&/"
_NARROW = string.digits + string.ascii_letters + _SIGNS
_WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in _NARROW)
_SPACES = " \u3000\u00a0\t"


def plain(text: IbisValue, *, without: str = "") -> IbisValue:
    """Return text in capitals and half width, without spaces.

    Parameters
    ----------
    text : ibis string expression
        Any text.
    without : str, default ""
        Further characters to leave out.

    Returns
    -------
    ibis string expression
        The same text, as names and numbers are compared.
    """
    narrow = dict(zip(_WIDE, _NARROW, strict=True))
    dropped = [*_SPACES, *without, *(wide for wide, sign in narrow.items() if sign in without)]
    kept = {wide: sign for wide, sign in narrow.items() if sign not in without}
    return text.translate("".join([*kept, *dropped]), "".join(kept.values())).upper()


def names(material: Material, shape: Table) -> tuple[Part, ...]:
    """Return the check of `entity_name`: a registered name of the entity, present or former.

    Parameters
    ----------
    material : Material
        What the audit looks at.
    shape : Table
        The record type.

    Returns
    -------
    tuple of Part
        The check; rows with the entity's registered data are assumed.
    """
    former = former_names(material.rows)

    def derive(rows: IbisTable) -> dict[str, IbisValue]:
        other = rows.entity_name != rows.is_name
        compared = {"other_name": rows.entity_name, "name_now": rows.is_name}
        return {name: ibis.ifelse(other, plain(text), ibis.null("string")) for name, text in compared.items()}

    def join(rows: IbisTable) -> IbisTable:
        if former is None:
            return rows
        return rows.left_join(
            former, [rows.entity_id == former.was_entity, rows.other_name == former.was_name]
        )

    def fails(rows: IbisTable) -> IbisBoolean:
        other = rows.other_name != rows.name_now
        return other if former is None else other & rows.was_entity.isnull()

    check = Check(
        dimension=Dimension.ACCURACY,
        rule="entity_name is not a registered name",
        fails=fails,
        scope=filled("entity_name"),
        only_with="entity_name",
    )
    return (Part(checks=(check,), derive=derive, join=join),)


def former_names(rows: Mapping[str, IbisTable]) -> IbisTable | None:
    """Return the names that changes of registration mention, as they are compared; none without changes."""
    if "registration_change" not in rows:
        return None
    changes = rows["registration_change"]
    changes = changes.filter(changes.item == "name")
    parts = [
        changes.filter(changes[one].notnull()).select(was_entity="entity_id", was_name=plain(changes[one]))
        for one in ("before", "after")
    ]
    return reduce(lambda one, other: one.union(other), parts).distinct()
