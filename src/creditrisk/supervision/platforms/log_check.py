"""Whether a query log is as it was written.

Each entry names the hash of the one before, and a seal kept apart that of the last.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creditrisk.errors import SourceError

FIRST = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class LogCheck:
    """What a check of a query log found.

    Parameters
    ----------
    entries : int
        How many entries are sound, from the first on.
    head : str
        Hash of the last of them.
    fault : str
        What is wrong, as a sentence; empty if nothing is.
    sealed : bool
        Whether a seal was there to compare with: without one a log cut short looks whole.
    """

    entries: int
    head: str
    fault: str
    sealed: bool

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong, and a seal confirms it."""
        return self.sealed and not self.fault


def entry_hash(entry: Mapping[str, Any]) -> str:
    """Return the hash of an entry without its own.

    Parameters
    ----------
    entry : mapping
        Of the log.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    kept = {name: value for name, value in entry.items() if name != "hash"}
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_log(log: str | Path, seal: str | Path | None) -> LogCheck:
    """Check that no entry was changed, removed, added, exchanged or cut off.

    Parameters
    ----------
    log : str or Path
        The log, JSON lines.
    seal : str or Path or None
        The seal, kept by somebody else; None checks the chain alone.

    Returns
    -------
    LogCheck
        What was found.

    Raises
    ------
    SourceError
        If a file cannot be read.
    """
    lines = _read(Path(log)).splitlines()
    heads, fault = _chain(lines)
    if seal is None:
        return LogCheck(entries=len(heads) - 1, head=heads[-1], fault=fault, sealed=False)
    try:
        sealed = json.loads(_read(Path(seal)))
        entries, head = int(sealed["entries"]), str(sealed["head"])
    except (ValueError, KeyError, TypeError):
        raise SourceError(
            f"A seal holds the number of entries and the last hash; {Path(seal).name!r} does not: find the "
            "right file."
        ) from None
    if not fault:
        fault = _against_seal(heads, entries, head)
    return LogCheck(entries=len(heads) - 1, head=heads[-1], fault=fault, sealed=True)


def _chain(lines: list[str]) -> tuple[list[str], str]:
    """Return the hash before the first entry and after each sound one, and what breaks the chain."""
    heads = [FIRST]
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            sound = (
                entry["number"] == number
                and entry["previous"] == heads[-1]
                and entry["hash"] == entry_hash(entry)
            )
        except (ValueError, KeyError, TypeError):
            return heads, f"Line {number} is no entry of a query log."
        if not sound:
            return heads, f"Entry {number} was changed, removed, added or exchanged."
        heads.append(entry["hash"])
    return heads, ""


def _against_seal(heads: list[str], entries: int, head: str) -> str:
    if len(heads) - 1 < entries:
        return f"The log has {len(heads) - 1} entries and the seal {entries}: entries were cut off."
    if heads[entries] != head:
        return f"Entry {entries} is not the one that was sealed: the log was written anew."
    return f"Entries from {entries + 1} on are not sealed." if len(heads) - 1 > entries else ""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"A query log and its seal are text files; {path.name!r} cannot be read "
            f"({type(error).__name__}): check the path."
        ) from None
