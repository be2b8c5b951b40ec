"""及时性: collected and published within so many Chinese working days of arising."""

import datetime as dt

import ibis

from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisBoolean, IbisTable
from creditrisk.records.quality.check import Check, Part, Scope
from creditrisk.records.quality.due import arose
from creditrisk.records.quality.material import Material
from creditrisk.records.schema import Table


def timeliness(material: Material, shape: Table) -> tuple[Part, ...]:
    """Return the checks of timeliness of one table.

    Parameters
    ----------
    material : Material
        What the audit looks at.
    shape : Table
        The record type.

    Returns
    -------
    tuple of Part
        None if its records have no time limit.
    """
    standard, due, day = material.standard, material.due, material.day
    if due is None or not standard.is_timely(shape):
        return ()
    collected = Check(
        dimension=Dimension.TIMELINESS,
        rule=f"known more than {standard.collect_within} working days after it arose",
        fails=lambda rows: rows.known_on > rows.collect_by,
        scope=Scope(name="arisen and known", where=lambda rows: _arisen(rows, day) & rows.known_on.notnull()),
    )
    published = Check(
        dimension=Dimension.TIMELINESS,
        rule=f"not published within {standard.publish_within} working days",
        fails=lambda rows: (
            (rows.published_on > rows.publish_by)
            | (rows.published_on.isnull() & (rows.publish_by < ibis.literal(day)))
        ),
        scope=Scope(
            name="arisen and due or published",
            where=lambda rows: (
                _arisen(rows, day)
                & (rows.published_on.notnull() | (arose(rows) < ibis.literal(due.unpublished_before)))
            ),
        ),
        only_with="published_on",
    )

    return (
        Part(
            checks=(collected, published),
            derive=lambda rows: {"due_of": arose(rows)},
            join=lambda rows: rows.left_join(due.days, rows.due_of == due.days.due_from),
        ),
    )


def _arisen(rows: IbisTable, day: dt.date) -> IbisBoolean:
    return (arose(rows) < ibis.literal(day)).fill_null(False)
