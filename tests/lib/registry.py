"""Small registries for the tests of reading: as a bureau would hand them over, before anything is cleaned."""

import datetime as dt
from typing import Any

import pandas as pd

from creditrisk.records.read import read_records
from creditrisk.records.records import Records

DAY = dt.date(2020, 1, 1)


def registration(*entities: str, **columns: Any) -> pd.DataFrame:
    """Return one registration for each entity; further columns as given."""
    ids = [f"r{number}" for number, _ in enumerate(entities)]
    own = {"record_id": ids, "entity_id": list(entities), "occurred_on": DAY, "known_on": DAY}
    return pd.DataFrame(own | columns)


def rows(*cells: tuple[Any, ...], columns: str) -> pd.DataFrame:
    """Return rows with `record_id` filled in and `known_on` as `occurred_on` where it is not given."""
    frame = pd.DataFrame(list(cells), columns=columns.split())
    if "record_id" not in frame:
        frame.insert(0, "record_id", [f"x{number}" for number in range(len(frame))])
    return frame if "known_on" in frame else frame.assign(known_on=frame["occurred_on"])


def rejected(records: Records) -> dict[tuple[str, str], int]:
    """Return the rejection counts by table and rule."""
    counts = records.rejections.counts()
    return {(row.table, row.rule): row.rows for row in counts.itertuples()}


def read(**frames: pd.DataFrame) -> Records:
    """Read frames by table name."""
    return read_records(frames)


def values(records: Records, table: str, column: str) -> list[Any]:
    """Return one column of a clean table, sorted by `record_id`."""
    found: list[Any] = records.tables[table].order_by("record_id").to_pyarrow()[column].to_pylist()
    return found
