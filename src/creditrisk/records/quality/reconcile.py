"""Counts of the source systems against what was delivered."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from creditrisk.errors import SourceError, SpecError, hint
from creditrisk.records.engine import IbisTable, reason, to_frame
from creditrisk.records.quality.due import arose
from creditrisk.records.quality.gaps import Gaps, gaps
from creditrisk.records.quality.measure import UNKNOWN
from creditrisk.records.tables import TABLES

FEWER = "fewer records than the source system has"
COLUMNS = ("table", "source_org", "month", "records")


def reconcile(rows: Mapping[str, IbisTable], path: str | Path) -> Gaps:
    """Compare the counts of a file with the records that arose in each month.

    Parameters
    ----------
    rows : mapping of str to ibis.Table
        Visible rows by table.
    path : str or Path
        A CSV file with the columns `table`, `source_org`, `month` (as 2024-01) and `records`.

    Returns
    -------
    Gaps
        Records expected and not delivered; `detail` says month and counts.

    Raises
    ------
    SourceError
        If the file is not there or cannot be read.
    SpecError
        If it lacks a column, or a value cannot be meant.
    """
    expected = read_counts(path)
    tables = sorted(set(expected["table"]) & set(rows))
    none = pd.DataFrame(columns=["table", "source_org", "month", "delivered"])
    delivered = pd.concat([_delivered(rows[name], name) for name in tables]) if tables else none
    both = expected.merge(delivered, how="left", on=["table", "source_org", "month"])
    both["delivered"] = both["delivered"].fillna(0).astype(int)
    both["failed"] = (both["records"] - both["delivered"]).clip(lower=0)
    both["rule"] = FEWER
    both["checked"] = both["records"]
    owed = both.groupby(["table", "source_org", "rule"], as_index=False)[["checked", "failed"]].sum()
    short = both[both["failed"] > 0].sort_values(["table", "source_org", "month"])
    short["detail"] = [
        f"{row.month}: {row.records} expected, {row.delivered} delivered" for row in short.itertuples()
    ]
    return gaps(owed.to_dict("records"), short[["table", "source_org", "rule", "detail"]].to_dict("records"))


def read_counts(path: str | Path) -> pd.DataFrame:
    """Read the counts of the source systems.

    Parameters
    ----------
    path : str or Path
        A CSV file.

    Returns
    -------
    pandas.DataFrame
        `table`, `source_org`, `month` and `records`.

    Raises
    ------
    SourceError
        If the file is not there or cannot be read.
    SpecError
        If it lacks a column, or a value cannot be meant.
    """
    file = Path(path)
    if not file.is_file():
        raise SourceError(f"There is no file of counts {str(file)!r}; check `counts` of the standard.")
    read = _read(file)
    for column in COLUMNS:
        if column not in read:
            raise SpecError(
                f"A file of counts has the columns {', '.join(COLUMNS)}; {file.name!r} lacks {column!r}."
                f"{hint(column, [str(name) for name in read])}"
            )
    for name in read["table"].dropna().unique():
        if name not in TABLES:
            raise SpecError(
                f"File {file.name!r} counts {name!r}, which is no record type.{hint(name, TABLES)}"
            )
    for column, form in (("month", r"\d{4}-(?:0[1-9]|1[0-2])"), ("records", r"\d{1,15}")):
        wrong = read.loc[~read[column].fillna("").str.strip().str.fullmatch(form), column]
        if len(wrong):
            raise SpecError(
                f"In file {file.name!r} {column} is written as {'2024-01' if column == 'month' else '120'}; "
                f"got {wrong.iloc[0]!r}."
            )
    counts = read[list(COLUMNS)].apply(lambda values: values.str.strip())
    counts = counts.assign(
        records=counts["records"].astype("int64"), source_org=counts["source_org"].fillna(UNKNOWN)
    )
    sums: pd.DataFrame = counts.groupby(["table", "source_org", "month"], as_index=False)["records"].sum()
    return sums


def _read(file: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(file, dtype=str, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        raise SourceError(
            f"File {file.name!r} of counts cannot be read as CSV in UTF-8: {reason(error)}."
        ) from None


def _delivered(rows: IbisTable, name: str) -> pd.DataFrame:
    keyed = rows.mutate(source_org=rows.source_org.fill_null(UNKNOWN), arose_on=arose(rows))
    keyed = keyed.drop_null("arose_on")
    keyed = keyed.mutate(year=keyed.arose_on.year(), number=keyed.arose_on.month())
    counts = to_frame(keyed.group_by("source_org", "year", "number").agg(delivered=keyed.count()))
    months = [f"{y:04d}-{m:02d}" for y, m in zip(counts["year"], counts["number"], strict=True)]
    return counts.assign(table=name, month=months)[["table", "source_org", "month", "delivered"]]
