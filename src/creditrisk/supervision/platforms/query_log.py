"""The log of every query of a platform: who, when, for what purpose, about how many; nothing is ever changed.

The log holds no id, no hash of an id and no answer. It is JSON lines, each with the hash of the one before;
after each entry the number of entries and the last hash are written into a seal, which belongs on another
machine or to another person than the log.
"""

import datetime as dt
import fcntl
import json
import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Literal, Self

from creditrisk.errors import LONGEST_VALUE, SourceError
from creditrisk.supervision.platforms.log_check import FIRST, LogCheck, check_log, entry_hash


class QueryLog:
    """An append-only log with one writer at a time, to be used in a ``with`` statement.

    Parameters
    ----------
    path : str or Path
        The log; made if it does not exist.
    seal : str or Path
        The seal, in another place.

    Raises
    ------
    SourceError
        If the log is damaged or open elsewhere, or log and seal are one file.
    """

    def __init__(self, path: str | Path, seal: str | Path) -> None:
        self.path, self.seal = Path(path), Path(seal)
        if self.path.resolve() == self.seal.resolve():
            raise SourceError(
                f"A seal is kept apart from its log; both are {self.path.name!r}: name another."
            )
        try:
            self._file = self.path.open("a", encoding="utf-8")
        except OSError as error:
            raise SourceError(
                f"A query log is a file; {str(self.path)!r} cannot be written to ({error.strerror}): choose "
                "another."
            ) from None
        try:
            self._take()
        except BaseException:
            self._file.close()
            raise

    def _take(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SourceError(
                f"A query log has one writer; {self.path.name!r} is open elsewhere: close it there first."
            ) from None
        found = self._found()
        self._entries, self._head = found.entries, found.head
        self._asked: Counter[tuple[str, str]] = Counter()
        for line in self.path.read_text(encoding="utf-8").splitlines():
            self._count(json.loads(line))
        if not self.seal.exists():
            self._write_seal()

    def _found(self) -> LogCheck:
        if self.path.stat().st_size == 0 and not self.seal.exists():
            return LogCheck(entries=0, head=FIRST, fault="", sealed=True)
        found = check_log(self.path, self.seal)
        if found.fault:
            raise SourceError(
                f"A query log is only added to; {self.path.name!r} is not as it was written: {found.fault} "
                "Keep both files and begin a new log."
            )
        return found

    def __enter__(self) -> Self:
        """Return the log itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file, so that another may write."""
        self.close()

    def close(self) -> None:
        """Close the file, so that another may write."""
        self._file.close()

    def __len__(self) -> int:
        """Return the number of entries."""
        return self._entries

    def asked_on(self, partner: str, day: dt.date) -> int:
        """Return about how many entities a partner has been answered on a day.

        Parameters
        ----------
        partner : str
            Who.
        day : date
            When.

        Returns
        -------
        int
            Refused queries do not count.
        """
        return self._asked[partner, day.isoformat()]

    def append(
        self,
        *,
        at: dt.datetime,
        partner: str,
        kind: str,
        purpose: str,
        asked: int,
        outcome: Literal["answered", "refused"],
        why: str = "",
    ) -> None:
        """Write an entry and seal it; both are on disk when this returns.

        Parameters
        ----------
        at : datetime
            When.
        partner, kind, purpose : str
            Who asked what kind of question, and for what.
        asked : int
            About how many entities.
        outcome : {"answered", "refused"}
            What came of it.
        why : str, default ""
            Why it was refused.
        """
        entry: dict[str, Any] = {
            "number": self._entries + 1,
            "at": at.isoformat(timespec="seconds"),
            "partner": str(partner)[:LONGEST_VALUE],
            "kind": kind,
            "purpose": str(purpose)[:LONGEST_VALUE],
            "asked": asked,
            "outcome": outcome,
            "why": why,
            "previous": self._head,
        }
        entry["hash"] = entry_hash(entry)
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._entries, self._head = entry["number"], entry["hash"]
        self._count(entry)
        self._write_seal()

    def _count(self, entry: dict[str, Any]) -> None:
        if entry["outcome"] == "answered":
            self._asked[entry["partner"], entry["at"][:10]] += entry["asked"]

    def _write_seal(self) -> None:
        text = json.dumps({"entries": self._entries, "head": self._head})
        with tempfile.NamedTemporaryFile(
            "w", dir=self.seal.parent, prefix=".seal-", delete=False, encoding="utf-8"
        ) as part:
            part.write(text + "\n")
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(self.seal)
