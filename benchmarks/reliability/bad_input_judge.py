"""The one assertion: an input is refused in a sentence, or every one of its rows is accounted for."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from benchmarks.reliability.bad_input_case import Damaged
from creditrisk.errors import CreditRiskError, DateError, OutcomeError
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.tables import TABLES

LONGEST_SENTENCE = 1000
FOREIGN = ("Traceback", "pyarrow.", "duckdb.", "ibis.", "pandas.", "Errno")
DAY = "2021-06-01"

type Kind = Literal["accounted", "refused", "unaccounted", "sentence", "traceback", "crash"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one input.

    Parameters
    ----------
    kind : str
        `accounted` and `refused` are good; the others are faults.
    note : str
        The sentence, or what is wrong.
    unaccounted : int, default 0
        How many rows are neither accepted nor rejected, or are there without having come.
    """

    kind: Kind
    note: str = ""
    unaccounted: int = 0

    @property
    def good(self) -> bool:
        """Whether it is no fault."""
        return self.kind in ("accounted", "refused")


def judge(damaged: Damaged, reader: Callable[..., Records] = read_records) -> Verdict:
    """Read an input and judge what happens.

    Parameters
    ----------
    damaged : Damaged
        The input.
    reader : callable
        `read_records`, or what stands in for it.

    Returns
    -------
    Verdict
        What became of it.
    """
    try:
        records = reader(damaged.source, mapping=damaged.mapping)
        return _accounts(records, damaged)
    except CreditRiskError as error:
        return judge_error(error)
    except Exception as error:
        return Verdict(kind="traceback", note=last_lines(error))


def judge_error(error: CreditRiskError) -> Verdict:
    """Say whether an error is one plain sentence."""
    fault = sentence_fault(str(error))
    if not fault and error.__context__ is not None and not error.__suppress_context__:
        fault = "it drags another exception along"
    if fault:
        return Verdict(kind="sentence", note=f"{fault}: {str(error)[:300]!r}")
    return Verdict(kind="refused", note=str(error))


def sentence_fault(text: str) -> str:
    """Say what keeps a text from being one plain sentence; nothing if it is one."""
    if not text.endswith((".", "?")):
        return "it does not end like a sentence"
    if not text.isprintable():
        return "it has control characters"
    if len(text) > LONGEST_SENTENCE:
        return f"it has {len(text)} characters"
    found = [word for word in FOREIGN if word in text]
    return f"it speaks of {found[0]!r}" if found else ""


def judge_questions(damaged: Damaged) -> Verdict:
    """Read an input, then ask for the snapshot of a day and for outcomes, as a user would.

    Parameters
    ----------
    damaged : Damaged
        The input.

    Returns
    -------
    Verdict
        Of the first question that goes wrong, else of the reading.
    """
    verdict = judge(damaged)
    if verdict.kind != "accounted":
        return verdict
    records = read_records(damaged.source, mapping=damaged.mapping)
    try:
        for table in records.as_of(DAY).tables.values():
            table.count().to_pyarrow()
        records.outcomes("2020-01-02")
    except (DateError, OutcomeError) as error:
        return judge_error(error)
    except Exception as error:
        return Verdict(kind="traceback", note=last_lines(error))
    return verdict


def _accounts(records: Records, damaged: Damaged) -> Verdict:
    wanted = {name: rows for name, rows in damaged.rows.items() if name in TABLES}
    accounts = {account.table: account for account in records.account}
    faults = [fault for name, rows in wanted.items() if (fault := _table_fault(records, name, rows, damaged))]
    faults += [
        Verdict(kind="unaccounted", note=f"{name}: its account says {account}", unaccounted=1)
        for name, account in accounts.items()
        if not account.balances or account.source_rows != (wanted.get(name) or account.source_rows)
    ]
    return faults[0] if faults else Verdict(kind="accounted")


def _table_fault(records: Records, name: str, rows: int | None, damaged: Damaged) -> Verdict | None:
    if name not in records.tables:
        return Verdict(kind="unaccounted", note=f"{name} was not read", unaccounted=rows or 1)
    if rows is None:
        return Verdict(kind="unaccounted", note=f"{name} should be refused", unaccounted=1)
    found = _record_ids(records, name) if name in damaged.ids else None
    accepted = int(records.tables[name].count().to_pyarrow().as_py()) if found is None else len(found)
    kept = records.rejections.rows(name)
    if accepted + len(kept) != rows:
        note = f"{name}: {rows} came, {accepted} accepted, {len(kept)} rejected"
        return Verdict(kind="unaccounted", note=note, unaccounted=abs(rows - accepted - len(kept)))
    counts = records.rejections.counts()
    counted = int(counts.loc[counts["table"] == name, "rows"].sum())
    if len(kept) != counted:
        note = f"{name}: {counted} counted, {len(kept)} kept"
        return Verdict(kind="unaccounted", note=note, unaccounted=abs(counted - len(kept)))
    if found is not None:
        found += kept["record_id"].tolist() if len(kept) else []
        if _plain(found) != _plain(damaged.ids[name]):
            return Verdict(kind="unaccounted", note=f"{name}: other record ids came out", unaccounted=1)
    return None


def _record_ids(records: Records, name: str) -> list[Any]:
    ids: list[Any] = records.tables[name].record_id.to_pyarrow().to_pylist()
    return ids


def _plain(ids: list[Any]) -> list[str]:
    return sorted("" if one is None or one != one else str(one).strip() for one in ids)


def last_lines(error: BaseException) -> str:
    where = traceback.extract_tb(error.__traceback__)
    ours = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
        for frame in where
        if "creditrisk" in frame.filename
    ]
    return f"{type(error).__name__}: {str(error)[:300]} ({' < '.join(reversed(ours[-4:]))})"
