"""`Records.audit`: every check of every table, and what was never delivered."""

import uuid
from pathlib import Path

import ibis
import pandas as pd

from creditrisk.errors import DateError
from creditrisk.records.codes import uscc_valid_expression
from creditrisk.records.dates import DateLike, to_date
from creditrisk.records.engine import OURS, IbisTable, forget, store
from creditrisk.records.quality.accuracy import dates
from creditrisk.records.quality.audit import Audit
from creditrisk.records.quality.check import Part
from creditrisk.records.quality.code_lists import code_lists, entity_ids
from creditrisk.records.quality.completeness import completeness
from creditrisk.records.quality.counts import checks_table, records_table
from creditrisk.records.quality.deliveries import deliveries
from creditrisk.records.quality.due import due_dates
from creditrisk.records.quality.failing import FailingRows
from creditrisk.records.quality.gaps import MISSING, Gaps
from creditrisk.records.quality.material import Material, registered, visible_rows
from creditrisk.records.quality.measure import Measured, measure
from creditrisk.records.quality.names import names
from creditrisk.records.quality.reading_rules import reading_rules
from creditrisk.records.quality.reconcile import reconcile
from creditrisk.records.quality.redundancy import redundancy
from creditrisk.records.quality.relatedness import relatedness, unchecked_links
from creditrisk.records.quality.silence import silence
from creditrisk.records.quality.standard import AuditStandard, load_standard
from creditrisk.records.quality.timeliness import timeliness
from creditrisk.records.quality.years import years
from creditrisk.records.records import Records

_PARTS = (timeliness, completeness, dates, entity_ids, code_lists, names, redundancy, relatedness)
_USCC_WIDTH = 18


def audit_records(
    records: Records, as_of: DateLike, *, standard: AuditStandard | str | Path | None = None
) -> Audit:
    """Audit records as they were known on a day; for `Records.audit`.

    Parameters
    ----------
    records : Records
        Clean records and rejected rows.
    as_of : str, datetime.date or pandas.Timestamp
        The day.
    standard : AuditStandard, str or Path, optional
        What is demanded; ``"guangdong"`` by default.

    Returns
    -------
    Audit
        Counts by dimension, table, organisation and rule, and the records that fail.

    Raises
    ------
    DateError
        If nothing was known before the day.
    SourceError, SpecError
        If the standard cannot be read, or cannot be meant.
    """
    demands = load_standard(standard if standard is not None else "guangdong")
    day = to_date(as_of)
    if day <= records.first_known_on:
        raise DateError(
            f"Nothing was known before {day}: the first record was known on {records.first_known_on}; choose "
            f"a date after it."
        )
    rows = {name: visible_rows(records, name, day) for name in records.tables}
    is_uscc, said_of_ids = _ids(rows["registration"], demands)
    connection = records.tables["registration"].get_backend()
    entities = store(
        connection, f"{OURS}audit_{uuid.uuid4().hex[:8]}", _entities(rows["registration"], is_uscc)
    )
    try:
        timely = [rows[name] for name, shape in records.shapes.items() if demands.is_timely(shape)]
        material = Material(
            day=day,
            standard=demands,
            shapes=records.shapes,
            rows=rows,
            with_rejected=frozenset(n for n in rows if records.rejections.typed(n) is not None),
            entities=entities,
            ids_are_uscc=is_uscc,
            due=due_dates(timely, demands, day),
        )
        measured = tuple(_measure(records, material, name) for name in rows)
        gaps = _gaps(material, measured)
    finally:
        forget(connection, entities)
    missing = pd.concat([one.missing for one in gaps]) if gaps else pd.DataFrame(columns=MISSING)
    return Audit(
        as_of=day,
        standard={key: getattr(demands, key) for key in ("id", "version", "title_en", "title_zh", "basis")},
        table=checks_table(measured, gaps),
        records=records_table(measured, gaps),
        notes=(said_of_ids, *_notes(material, measured, gaps)),
        failing=FailingRows(measured=measured, missing=missing),
        held=rows,
    )


def _ids(registration: IbisTable, standard: AuditStandard) -> tuple[bool, str]:
    """Decide whether entity ids have to be unified social credit codes, and say why."""
    if standard.ids != "auto":
        wanted = standard.ids == "uscc"
        return wanted, f"Entity ids are {'' if wanted else 'not '}checked as USCC: the standard says so."
    clean = registered(registration)
    fit = ibis.ifelse(clean.entity_id.length() == _USCC_WIDTH, 1, 0).sum()
    found = clean.aggregate(n=clean.count(), fit=fit).to_pyarrow().to_pylist()[0]
    n, fits = found["n"], found["fit"] or 0
    wanted = 2 * fits >= n > 0
    return wanted, (
        f"Entity ids are {'' if wanted else 'not '}checked as USCC: {fits:,} of {n:,} registered ids have "
        f"{_USCC_WIDTH} characters."
    )


def _entities(registration: IbisTable, is_uscc: bool) -> IbisTable:
    clean = registered(registration)
    valid = uscc_valid_expression(clean.entity_id) if is_uscc else ibis.literal(True)
    return clean.select(is_entity=clean.entity_id, is_name=clean.name, is_valid=valid)


def _measure(records: Records, material: Material, name: str) -> Measured:
    shape = material.shapes[name]
    parts: list[Part] = [part for make in _PARTS for part in make(material, shape)]
    parts += reading_rules(material, shape, records.rejections)
    rows, entities = material.rows[name], material.entities
    return measure(rows.left_join(entities, rows.entity_id == entities.is_entity), shape, parts)


def _gaps(material: Material, measured: tuple[Measured, ...]) -> list[Gaps]:
    standard = material.standard
    delivered = {one.table: set(one.months["source_org"]) for one in measured if len(one.months)}
    gaps = [deliveries(delivered, standard)]
    gaps += [years(material, shape) for shape in material.shapes.values() if shape.each_year]
    gaps += [
        silence(one.table, material.rows[one.table], one.months, material.day, standard.silence)
        for one in measured
    ]
    if standard.counts is not None:
        gaps.append(reconcile(material.rows, standard.counts))
    return [one for one in gaps if len(one.owed)]


def _notes(material: Material, measured: tuple[Measured, ...], gaps: list[Gaps]) -> list[str]:
    notes = list(material.due.notes) if material.due is not None else []
    for shape in material.shapes.values():
        notes += [
            f"`{column}` of `{shape.name}` was not checked: the record type it refers to was not delivered."
            for column in unchecked_links(material, shape)
        ]
    notes += [note for one in measured for note in one.notes]
    return notes + [note for one in gaps for note in one.notes]
