"""The codes of a source against those that a mapping, or a record type, knows."""

import re

from creditrisk.records.column_mapping import ColumnMapping
from creditrisk.records.engine import IbisTable
from creditrisk.records.schema import Column

MOST_VALUES = 10_000
MOST_TOLD = 5


def codes_note(texts: IbisTable, said: ColumnMapping, column: Column) -> str:
    """Say which codes are not understood, and which are understood but never met.

    Parameters
    ----------
    texts : ibis.Table
        The different values of the source in `value`, with `rows`.
    said : ColumnMapping
        What the mapping makes of them.
    column : Column
        The column that they fill.

    Returns
    -------
    str
        Sentences; empty if there is nothing to say, or the column holds no codes.
    """
    if said.recode is None and (not column.codes or said.sql is not None or said.normalise is not None):
        return ""
    counts = _counts(texts, said.separator or ((column.separator,) if column.separator else ()))
    notes = []
    if said.recode is not None:
        never = [code for code in said.recode if code not in counts]
        unknown = [] if said.otherwise is not None else [code for code in counts if code not in said.recode]
        if never:
            notes.append(f"Recoded but never met: {_told(never)}.")
    else:
        unknown = [code for code in counts if code not in column.codes]
    if unknown:
        what = "Not recoded" if said.recode is not None else "No code of ours"
        notes.append(f"{what}: {_told([f'{code!r} ({counts[code]:,})' for code in unknown], quoted=True)}.")
    if said.recode is not None and column.codes:
        foreign = [str(ours) for ours in {*said.recode.values(), said.otherwise} - {None}]
        wrong = [one for one in foreign if not _among(one, column)]
        if wrong:
            notes.append(f"Recoded to what is no code of ours: {_told(sorted(wrong))}.")
    return " ".join(notes)


def _counts(texts: IbisTable, separators: tuple[str, ...]) -> dict[str, int]:
    """Return how many rows have each code, the most frequent first."""
    rows = texts.order_by(texts.rows.desc()).limit(MOST_VALUES).to_pyarrow().to_pylist()
    between = "|".join(re.escape(separator) for separator in separators)
    counts: dict[str, int] = {}
    for row in rows:
        parts = re.split(between, row["value"]) if between else [row["value"]]
        for part in filter(None, (part.strip() for part in parts)):
            counts[part] = counts.get(part, 0) + row["rows"]
    return counts


def _among(code: str, column: Column) -> bool:
    parts = code.split(column.separator) if column.separator else [code]
    return all(part.strip() in column.codes for part in parts)


def _told(codes: list[str], *, quoted: bool = False) -> str:
    first = [code if quoted else repr(code) for code in codes[:MOST_TOLD]]
    more = f" and {len(codes) - MOST_TOLD} more" if len(codes) > MOST_TOLD else ""
    return ", ".join(first) + more
