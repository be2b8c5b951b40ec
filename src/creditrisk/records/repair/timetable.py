"""What a bureau hands to an entity: until when its records count, and what it can do about it (三书同达)."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from creditrisk.errors import SpecError
from creditrisk.records.dates import DateLike
from creditrisk.records.engine import to_value
from creditrisk.records.records import Records
from creditrisk.records.repair.effective import dated, said
from creditrisk.records.repair.requirements import Finding, findings
from creditrisk.records.repair.rules import RULE, AnyRegime, Rule, rules_for, tables_of
from creditrisk.records.repair.state import with_states
from creditrisk.records.snapshot import Snapshot

COLUMNS = (
    "entity_id",
    "table",
    "record_id",
    "state",
    "counts_until",
    "repairable_from",
    "open_conditions_en",
    "open_conditions_zh",
    "regime",
    "basis",
    "certainty",
)


def repair_timetable(
    records: Records,
    as_of: DateLike,
    entity_ids: Iterable[str] | None = None,
    *,
    regime: AnyRegime = None,
) -> pd.DataFrame:
    """Return, for entities' records on a day, until when each counts and how it may be repaired.

    Parameters
    ----------
    records : Records
        All records.
    as_of : str, datetime.date or pandas.Timestamp
        The day; what became known on it or later plays no part.
    entity_ids : iterable of str, optional
        The entities; all that are registered on the day if not given.
    regime : RepairRegime, str or Path, optional
        The regime for every record; without one, each falls under the packaged regime of its `occurred_on`.

    Returns
    -------
    DataFrame, (n_records, 11)
        Sorted by `entity_id`, `table` and `record_id`; `state`, `counts_until` and `repairable_from` as in
        `effective_state`; `open_conditions_en` and `open_conditions_zh`, the conditions of a repair that the
        records do not show to be met, empty where none can be applied for; `regime`, `basis` and `certainty`
        of the rule.

    Raises
    ------
    DateError
        If no entity was registered before the day.
    SpecError
        If an entity is not registered on the day, or the regime cannot be meant.
    """
    snapshot = records.as_of(as_of)
    snapshot = _of_spine(snapshot if entity_ids is None else _restricted(snapshot, list(entity_ids)))
    frames = [_of_table(snapshot, name, regime) for name in tables_of(regime) if name in snapshot.tables]
    if not frames:
        return pd.DataFrame(columns=list(COLUMNS))
    whole = pd.concat(frames, ignore_index=True)
    return whole.sort_values(["entity_id", "table", "record_id"], ignore_index=True)


def _restricted(snapshot: Snapshot, entity_ids: list[str]) -> Snapshot:
    spine = snapshot.spine.filter(snapshot.spine.entity_id.isin(entity_ids))
    missing = len(set(entity_ids)) - to_value(spine.count())
    if missing:
        raise SpecError(
            f"A timetable is for registered entities; {missing} of the {len(set(entity_ids))} named are not "
            f"registered on {snapshot.date}; leave them out."
        )
    return replace(snapshot, spine=spine)


def _of_spine(snapshot: Snapshot) -> Snapshot:
    entities = snapshot.spine.select("entity_id")
    tables = {name: table.semi_join(entities, "entity_id") for name, table in snapshot.tables.items()}
    return replace(snapshot, tables=tables)


def _of_table(snapshot: Snapshot, table: str, regime: AnyRegime) -> pd.DataFrame:
    rules = rules_for(table, regime)
    frame = dated(with_states(snapshot, table, rules), rules).assign(table=table)
    frame["basis"] = said(frame, [rule.matter.basis for rule in rules])
    frame["certainty"] = said(frame, [rule.matter.certainty.value for rule in rules])
    return frame.assign(**_open_conditions(frame, snapshot, table, rules, regime))[list(COLUMNS)]


def _open_conditions(
    frame: pd.DataFrame, snapshot: Snapshot, table: str, rules: tuple[Rule, ...], regime: AnyRegime
) -> dict[str, list[str]]:
    """Write down, record by record, which requirements of its rule are open."""
    can_be_repaired = frame["repairable_from"].notna()
    english: list[list[str]] = [[] for _ in range(len(frame))]
    chinese: list[list[str]] = [[] for _ in range(len(frame))]
    for i, rule in enumerate(rules):
        rows = frame.index[can_be_repaired & (frame[RULE] == i)]
        for requirement in rule.requirements.values() if len(rows) else ():
            found = findings(snapshot, table, list(frame.loc[rows, "record_id"]), requirement, regime)
            for row, finding in zip(rows, found, strict=True):
                if finding is not Finding.MET:
                    english[row].append(f"{requirement.text_en} ({finding.remark_en})")
                    chinese[row].append(f"{requirement.text_zh}（{finding.remark_zh}）")
    return {
        "open_conditions_en": ["; ".join(parts) for parts in english],
        "open_conditions_zh": ["；".join(parts) for parts in chinese],
    }
