"""What a finished run says of itself: the job, the parts with their hashes, entities by class."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from creditrisk.batch.job import Job
from creditrisk.errors import SourceError
from creditrisk.grading.risk_class import RiskClass
from creditrisk.records.accounts import Account
from creditrisk.records.input_files import file_digest

SCHEMA_VERSION = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of ratings.

    Parameters
    ----------
    file : str
        Its path in the folder of the run.
    rows : int
        How many entities.
    first, last : str
        The first and the last of them.
    sha256 : str
        Of its bytes.
    classes : mapping of str to int
        Entities by class.
    """

    file: str
    rows: int
    first: str
    last: str
    sha256: str
    classes: Mapping[str, int]

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return what a file of ratings holds.

        Parameters
        ----------
        path : Path
            A Parquet file.

        Returns
        -------
        Part
            Read from the file.

        Raises
        ------
        pyarrow.ArrowInvalid
            If it is no Parquet file.
        """
        table = pq.read_table(path, columns=["entity_id", "risk_class"])
        entities, counts = table["entity_id"], Counter(table["risk_class"].to_pylist())
        return cls(
            file=f"{path.parent.name}/{path.name}",
            rows=table.num_rows,
            first=entities[0].as_py(),
            last=entities[-1].as_py(),
            sha256=file_digest(path),
            classes={str(letter): counts[str(letter)] for letter in RiskClass},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A finished run.

    Parameters
    ----------
    job : Job
        What was graded, by what.
    parts : tuple of Part
        In the order of the entities.
    accounts : tuple of Account
        How many rows of each table were accepted and rejected.
    """

    job: Job
    parts: tuple[Part, ...]
    accounts: tuple[Account, ...]

    @property
    def entities(self) -> int:
        """How many entities were rated."""
        return sum(part.rows for part in self.parts)

    @property
    def classes(self) -> dict[str, int]:
        """Entities by class."""
        return {str(letter): sum(part.classes[letter] for part in self.parts) for letter in RiskClass}

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, as in ``manifest.json``."""
        return {
            "schema_version": SCHEMA_VERSION,
            "job": self.job.to_dict(),
            "entities": self.entities,
            "classes": self.classes,
            "records": [asdict(account) for account in self.accounts],
            "parts": [asdict(part) for part in self.parts],
        }

    def write(self, path: Path) -> None:
        """Write plain values as JSON."""
        text = json.dumps(self.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)
        path.write_text(text + "\n", encoding="utf-8")


def read_manifest(path: str | Path) -> Manifest:
    """Read what a finished run says of itself.

    Parameters
    ----------
    path : str or Path
        The folder of the run.

    Returns
    -------
    Manifest
        The same as `grade_records` returned.

    Raises
    ------
    SourceError
        If the folder holds no finished run.
    """
    file = Path(path) / NAME
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return Manifest(
            job=Job(**found["job"]),
            parts=tuple(Part(**part) for part in found["parts"]),
            accounts=tuple(Account(**account) for account in found["records"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise SourceError(
            f"A finished run has a {NAME}; {str(path)!r} has none that can be read: run `creditrisk grade` "
            "again."
        ) from None


def whole_part(path: Path, rows: int) -> Part | None:
    """Return the part that a file holds, or None if it is not there or not whole."""
    try:
        found = Part.of(path)
    except (OSError, pa.ArrowException, IndexError):
        return None
    return found if found.rows == rows else None
