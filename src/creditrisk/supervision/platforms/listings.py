"""Who is on the abnormal-operation or serious-violation list on a day, and who entered or left a list."""

import pandas as pd

from creditrisk.errors import SchemaError, SpecError
from creditrisk.records.dates import DateLike, to_date
from creditrisk.records.engine import to_frame
from creditrisk.records.snapshot import Snapshot

LISTS = ("abnormal_list", "serious_list")
COLUMNS = ("entity_id", "list", "listed_on", "removed_on", "reason")


def listings_of(snapshot: Snapshot) -> pd.DataFrame:
    """Return every stay on a list that a snapshot knows of.

    Parameters
    ----------
    snapshot : Snapshot
        What was known.

    Returns
    -------
    DataFrame
        `entity_id`, `list` (``"abnormal_list"`` or ``"serious_list"``), `listed_on`, `removed_on` (missing
        while listed) and `reason`, by entity and day.
    """
    parts = []
    for name in LISTS:
        table = snapshot.table(name)
        if table is not None:
            asked = table.select("entity_id", listed_on="occurred_on", removed_on="ended_on", reason="reason")
            parts.append(to_frame(asked).assign(list=name))
    if not parts:
        return checked_listings(pd.DataFrame(columns=list(COLUMNS)))
    return checked_listings(pd.concat(parts, ignore_index=True))


def checked_listings(listings: pd.DataFrame) -> pd.DataFrame:
    """Return stays on lists with proper days, in order.

    Parameters
    ----------
    listings : DataFrame
        With the columns that `listings_of` returns.

    Returns
    -------
    DataFrame
        Of these columns only.

    Raises
    ------
    SchemaError
        If a column is missing.
    SpecError
        If somebody left a list before entering it, or a list is unknown.
    """
    missing = [name for name in COLUMNS if name not in listings]
    if missing:
        raise SchemaError(
            f"Stays on lists have the columns {', '.join(COLUMNS)}; {missing[0]} is missing: add it."
        )
    found = listings[list(COLUMNS)].copy()
    for name in ("listed_on", "removed_on"):
        found[name] = pd.to_datetime(found[name])
    unknown = set(found["list"]) - set(LISTS)
    if unknown:
        raise SpecError(f"Lists are {' and '.join(LISTS)}; got {sorted(map(str, unknown))[0]!r}: rename it.")
    backwards = found[found["removed_on"] < found["listed_on"]]
    if len(backwards):
        first = backwards.iloc[0]
        raise SpecError(
            f"An entity leaves a list after it entered; {first['entity_id']!r} entered on "
            f"{first['listed_on'].date()} and left on {first['removed_on'].date()}: correct the days."
        )
    return found.sort_values(["entity_id", "listed_on", "list"], ignore_index=True)


def listed_on(listings: pd.DataFrame, day: DateLike) -> pd.DataFrame:
    """Return the stays that are open on a day, the day of entry included and that of removal not.

    Parameters
    ----------
    listings : DataFrame
        Stays.
    day : str or date
        The day.

    Returns
    -------
    DataFrame
        Some of the rows.
    """
    when = pd.Timestamp(to_date(day))
    return listings[(listings["listed_on"] <= when) & ~(listings["removed_on"] <= when)]


def list_changes(listings: pd.DataFrame, *, after: DateLike, until: DateLike) -> pd.DataFrame:
    """Return who entered or left a list after one day, up to another.

    Periods that follow each other tell every entry once and every removal once, whatever their length. A stay
    that began and ended on one day was never open, and is not told.

    Parameters
    ----------
    listings : DataFrame
        Stays.
    after, until : str or date
        The first day does not count, the last does.

    Returns
    -------
    DataFrame
        `entity_id`, `list`, `change` (``"entered"`` or ``"removed"``), `on` and `reason`, by day.

    Raises
    ------
    SpecError
        If the period ends before it begins.
    """
    start, end = to_date(after), to_date(until)
    if end < start:
        raise SpecError(f"A period ends after it begins; got {start} to {end}: exchange the days.")
    open_once = listings[~(listings["removed_on"] <= listings["listed_on"])]
    parts = [
        open_once.assign(change=change, on=open_once[column])
        for change, column in (("entered", "listed_on"), ("removed", "removed_on"))
    ]
    told = pd.concat(parts)
    told = told[(told["on"] > pd.Timestamp(start)) & (told["on"] <= pd.Timestamp(end))]
    columns = ["entity_id", "list", "change", "on", "reason"]
    return told[columns].sort_values(["on", "entity_id", "list"], ignore_index=True)
