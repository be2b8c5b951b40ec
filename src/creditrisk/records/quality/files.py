"""An audit as files: counts and failing records in Parquet, the summary in JSON."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from creditrisk.errors import SourceError
from creditrisk.records.quality.audit import Audit
from creditrisk.records.quality.failing import SCHEMA, FailingFiles

_FAILURES = "failures"


def write_audit(audit: Audit, folder: str | Path) -> None:
    """Write an audit into a folder.

    Parameters
    ----------
    audit : Audit
        The audit.
    folder : str or Path
        Made if it does not exist; an earlier audit in it is replaced.

    Raises
    ------
    SourceError
        If the folder cannot be written to.
    """
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target / _FAILURES, ignore_errors=True)
        (target / _FAILURES).mkdir()
        audit.table.to_parquet(target / "checks.parquet", index=False)
        audit.records.to_parquet(target / "records.parquet", index=False)
        _write_failures(audit, target / _FAILURES)
        text = json.dumps(audit.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)
        (target / "audit.json").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise SourceError(
            f"An audit is written into a folder; {str(target)!r} cannot be written to ({error.strerror}); "
            "choose another folder."
        ) from error


def _write_failures(audit: Audit, folder: Path) -> None:
    for table in sorted(set(audit.table.loc[audit.table["failed"] > 0, "table"])):
        with pq.ParquetWriter(folder / f"{table}.parquet", SCHEMA) as writer:
            for part in audit.failing.pairs(table=table):
                writer.write_table(part)


def load_audit(folder: str | Path) -> Audit:
    """Read an audit that was written into a folder.

    Parameters
    ----------
    folder : str or Path
        Where `Audit.write` or ``creditrisk audit --out`` wrote it.

    Returns
    -------
    Audit
        The audit; its failing records are read when they are asked for.

    Raises
    ------
    SourceError
        If there is no audit, or it cannot be read.
    """
    source = Path(folder)
    try:
        said = json.loads((source / "audit.json").read_text(encoding="utf-8"))
        return Audit(
            as_of=dt.date.fromisoformat(said["as_of"]),
            standard=said["standard"],
            table=pd.read_parquet(source / "checks.parquet"),
            records=pd.read_parquet(source / "records.parquet"),
            notes=tuple(said["notes"]),
            failing=FailingFiles(folder=source / _FAILURES),
        )
    except FileNotFoundError:
        raise SourceError(
            f"An audit is read from the folder that `creditrisk audit --out` wrote; {str(source)!r} is none, "
            "check the path."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        raise SourceError(f"The audit in {str(source)!r} is damaged; write it again.") from None
