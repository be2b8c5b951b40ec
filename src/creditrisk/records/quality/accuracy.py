"""准确性: dates that can be, codes that exist, names and codes of the entity that agree with registration."""

import ibis

from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisBoolean, IbisTable
from creditrisk.records.quality.check import Check, Part, filled
from creditrisk.records.quality.due import arose
from creditrisk.records.quality.material import Material
from creditrisk.records.schema import ColumnType, Table


def dates(material: Material, shape: Table) -> tuple[Part, ...]:
    """Return the checks of dates of one table.

    Parameters
    ----------
    material : Material
        What the audit looks at.
    shape : Table
        The record type.

    Returns
    -------
    tuple of Part
        Nothing is known before it happened, and nothing is published before it arose.
    """
    ahead = material.standard.of(shape.name).ahead_days
    checks = [_happened_first(material, ahead), _not_later("produced_on", "known_on")]
    checks += [_not_later(*pair) for pair in _known_from(shape)]
    checks.append(_published_last(ahead))
    return (Part(checks=tuple(checks)),)


def _happened_first(material: Material, ahead: int) -> Check:
    last = ibis.literal(material.day)

    def fails(rows: IbisTable) -> IbisBoolean:
        known = rows.known_on.coalesce(last)
        return rows.occurred_on > (known + ibis.interval(days=ahead) if ahead else known)

    more = f" by more than {ahead} days" if ahead else ""
    return Check(
        dimension=Dimension.ACCURACY,
        rule=f"occurred_on is later than known_on{more}",
        fails=fails,
        scope=filled("occurred_on"),
    )


def _not_later(first: str, second: str) -> Check:
    return Check(
        dimension=Dimension.ACCURACY,
        rule=f"{first} is later than {second}",
        fails=lambda rows: rows[first] > rows[second],
        scope=filled(first, second),
    )


def _published_last(ahead: int) -> Check:
    """Return the check of `published_on`; where things may lie ahead only `produced_on` can be compared."""
    return Check(
        dimension=Dimension.ACCURACY,
        rule="published_on is earlier than the record arose",
        fails=lambda rows: rows.published_on < (rows.produced_on if ahead else arose(rows)),
        scope=filled("published_on"),
    )


def _known_from(shape: Table) -> list[tuple[str, str]]:
    """Return the dates that are known from another date on, where reading does not compare the two."""
    return [
        (column.name, column.known_with)
        for column in shape.columns
        if column.type == ColumnType.DATE
        and column.known_with is not None
        and column.known_with != column.name
        and (column.name, column.known_with) not in shape.ordered
    ]
