"""Three documents served together (三书同达): penalty decision, credit-repair notice, compliance advice."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import pandas as pd
from pydantic import Field

from creditrisk.errors import SchemaError, SpecError
from creditrisk.records.dates import to_date
from creditrisk.records.engine import to_frame
from creditrisk.records.snapshot import Snapshot
from creditrisk.records.toml_file import FileSpec, parse, read_preset

_FOLDER = resources.files("creditrisk.supervision.services") / "advice"
_DECISION = (
    "doc_no",
    "occurred_on",
    "case_name",
    "act_type",
    "field",
    "legal_basis",
    "authority",
    "penalty_kinds",
    "fine_cny",
    "confiscated_cny",
    "published_on",
)
_NOTICE = (
    "state",
    "counts_until",
    "repairable_from",
    "open_conditions_en",
    "open_conditions_zh",
    "regime",
    "basis",
    "certainty",
)


class Advice(FileSpec):
    """What to do so that it does not happen again.

    Parameters
    ----------
    en, zh : str
        The text.
    basis : str, default ""
        The law behind it; empty if none is named.
    """

    en: str
    zh: str
    basis: str = ""


class AdviceFile(FileSpec):
    """Advice by area of supervision.

    Parameters
    ----------
    source : {"assumed", "published"}
        Where it comes from.
    anyone : Advice
        For areas without advice of their own.
    fields : mapping of str to Advice
        By area.
    """

    source: str
    anyone: Advice
    fields: dict[str, Advice] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeDocuments:
    """The data of the three documents for one penalty.

    Parameters
    ----------
    entity_id, record_id : str
        Whose, and which.
    decision : mapping of str to object
        The penalty decision (行政处罚决定书) as recorded: number, day, act, law, authority, kinds, amounts.
    notice : mapping of str to object
        The credit-repair notice (信用修复告知书): until when the penalty counts, from when it can be
        repaired, which conditions are open, by which rule, and how certain that is.
    advice : mapping of str to object
        The compliance advice (行政合规建议书): text in English and Chinese, basis and source.
    """

    entity_id: str
    record_id: str
    decision: Mapping[str, Any]
    notice: Mapping[str, Any]
    advice: Mapping[str, Any]


def three_documents(
    snapshot: Snapshot, timetable: pd.DataFrame, *, since: str | dt.date
) -> list[ThreeDocuments]:
    """Return the data of the three documents for every penalty decided in a period.

    Parameters
    ----------
    snapshot : Snapshot
        From `Records.as_of`, of one day: the end of the period.
    timetable : DataFrame
        From `repair_timetable`, of the same day; only its entities get documents.
    since : str or date
        The first day of the decisions, before the day of the snapshot.

    Returns
    -------
    list of ThreeDocuments
        The oldest decision first.

    Raises
    ------
    SchemaError
        If the records hold no penalties, or the timetable lacks a column.
    SpecError
        If the period is empty, or the snapshot is of a cohort.
    """
    if snapshot.date is None:
        raise SpecError("Documents are of one day; got the snapshot of a cohort: take records.as_of(date).")
    first = to_date(since)
    if first >= snapshot.date:
        raise SpecError(f"A period ends after it begins; got {first} to {snapshot.date}: begin it earlier.")
    missing = [name for name in ("table", "record_id", *_NOTICE) if name not in timetable]
    if missing:
        raise SchemaError(
            f"Documents need a repair timetable; {missing[0]} is missing: take repair_timetable."
        )
    penalties = _penalties(snapshot, first)
    rules = timetable[timetable["table"] == "penalty"].set_index("record_id")
    known = penalties[penalties["record_id"].isin(rules.index)]
    advice = parse(AdviceFile, read_preset(_FOLDER, "market_supervision", "advice"), "the packaged advice")
    return [
        ThreeDocuments(
            entity_id=str(row["entity_id"]),
            record_id=str(row["record_id"]),
            decision={name: _plain(row[name]) for name in _DECISION if name in row},
            notice={name: _plain(rules.loc[row["record_id"], name]) for name in _NOTICE},
            advice=_advice(advice, row.get("field")),
        )
        for row in known.to_dict("records")
    ]


def _penalties(snapshot: Snapshot, since: dt.date) -> pd.DataFrame:
    table = snapshot.table("penalty")
    if table is None:
        raise SchemaError("Three documents follow a penalty; these records hold none: read `penalty`.")
    columns = [name for name in ("entity_id", "record_id", *_DECISION) if name in table.columns]
    frame = to_frame(table.filter(table.occurred_on >= since).select(*columns))
    return frame.sort_values(["occurred_on", "record_id"], ignore_index=True)


def _advice(file: AdviceFile, field: object) -> dict[str, Any]:
    own = file.fields.get(str(field), file.anyone)
    return {"en": own.en, "zh": own.zh, "basis": own.basis, "source": file.source}


def _plain(value: object) -> object:
    if not isinstance(value, str) and pd.isna(value):  # type: ignore[call-overload]
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value
