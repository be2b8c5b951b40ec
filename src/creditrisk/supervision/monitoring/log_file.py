"""The log of alerts as a file: CSV, which a bureau can go on writing in a spreadsheet, or Parquet."""

from pathlib import Path

import pandas as pd

from creditrisk.errors import SchemaError, SourceError, SpecError, shown
from creditrisk.records.dates import to_date
from creditrisk.records.toml_file import as_path
from creditrisk.supervision.monitoring.alerts import KINDS
from creditrisk.supervision.monitoring.log import COLUMNS

_ENDINGS = (".csv", ".parquet")


def read_log(path: str | Path) -> pd.DataFrame:
    """Read a log of alerts.

    Parameters
    ----------
    path : str or Path
        A file that `write_log` wrote, with the steps that were added since.

    Returns
    -------
    DataFrame
        As `watch` takes it.

    Raises
    ------
    SourceError
        If the file is not there or cannot be read.
    SchemaError
        If a column is missing, or a row has no point or entity, or a kind that is none.
    DateError
        If a day is none.
    """
    file = _checked(path)
    try:
        read = (
            pd.read_csv(file, dtype=str, encoding="utf-8-sig", keep_default_na=False)
            if file.suffix == ".csv"
            else pd.read_parquet(file)
        )
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "it is no table"
        raise SourceError(
            f"A log of alerts is a CSV or Parquet file; {str(file)!r} is none ({said})."
        ) from None
    for name in COLUMNS:
        if name not in read:
            raise SchemaError(
                f"A log of alerts has {', '.join(COLUMNS)}; {str(file)!r} lacks {name}: add it."
            )
    for row, (point, entity, kind) in enumerate(zip(*(read[n] for n in COLUMNS[1:4]), strict=True), start=1):
        if kind not in KINDS or not point or not entity:
            raise SchemaError(
                f"A row of a log says point, entity_id and one of {', '.join(KINDS)}; row {row} has "
                f"{shown(point)}, {shown(entity)} and {shown(kind)}: correct it."
            )
    return read[COLUMNS].assign(on=[to_date(day, "a day of a log") for day in read["on"]])


def write_log(log: pd.DataFrame, path: str | Path) -> None:
    """Write a log of alerts.

    Parameters
    ----------
    log : DataFrame
        From `watch` or `extend_log`.
    path : str or Path
        A file that ends with ``.csv`` or ``.parquet``.

    Raises
    ------
    SpecError
        If it has another ending.
    """
    file = _checked(path)
    if file.suffix == ".csv":
        log[COLUMNS].to_csv(file, index=False, encoding="utf-8-sig")
    else:
        log[COLUMNS].to_parquet(file, index=False)


def _checked(path: str | Path) -> Path:
    file = as_path(path)
    if file.suffix not in _ENDINGS:
        raise SpecError(
            f"A log of alerts is a file that ends with {' or '.join(_ENDINGS)}; got {shown(str(file))}: "
            "rename it."
        )
    return file
