"""What platforms are answered from: one row an entity, and its stays on lists (市场监管服务库)."""

from dataclasses import dataclass

import pandas as pd

from creditrisk.errors import SchemaError
from creditrisk.grading.ratings import Ratings
from creditrisk.records.engine import to_frame
from creditrisk.records.snapshot import Snapshot
from creditrisk.supervision.platforms.keys import plain_id
from creditrisk.supervision.platforms.listings import checked_listings, listings_of

ENDED = {
    "deregistered_on": "deregistered",
    "revoked_on": "revoked",
    "annulled_on": "annulled",
}
_COLUMNS = ("status", "licence_to", "risk_class")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SharedRegister:
    """The entities that platforms may ask about.

    Parameters
    ----------
    entities : DataFrame
        Indexed by `entity_id`: `status` (``"active"``, ``"deregistered"``, ``"revoked"``, ``"annulled"``),
        `licence_to` (last day of the licence that is valid longest; missing: none known) and `risk_class`
        (missing: not rated).
    listings : DataFrame
        Stays on lists, as `listings_of` returns them.

    Raises
    ------
    SchemaError
        If a column is missing, or two entities are one by their ids.
    """

    entities: pd.DataFrame
    listings: pd.DataFrame

    def __post_init__(self) -> None:
        """Check columns and ids."""
        missing = [name for name in _COLUMNS if name not in self.entities]
        if missing:
            raise SchemaError(
                f"A shared register has the columns {', '.join(_COLUMNS)}; {missing[0]} is missing: add it."
            )
        ids = self.entities.index.map(plain_id)
        if ids.has_duplicates:
            twice = str(ids[ids.duplicated()][0])
            raise SchemaError(f"An entity is in the register once; {twice!r} is there twice: remove one.")
        object.__setattr__(self, "listings", checked_listings(self.listings))


def shared_register(snapshot: Snapshot, ratings: Ratings | None = None) -> SharedRegister:
    """Return the register of a snapshot.

    Parameters
    ----------
    snapshot : Snapshot
        What is known.
    ratings : Ratings, optional
        For those partners that are told the class.

    Returns
    -------
    SharedRegister
        Of the registered entities.
    """
    asked = (
        to_frame(snapshot.tables["registration"].select("entity_id", *ENDED))
        .set_index("entity_id")
        .sort_index()
    )
    status = pd.Series("active", index=asked.index, dtype=object)
    for column, name in ENDED.items():
        status = status.where(asked[column].isna(), name)
    classes = pd.Series(dtype=object) if ratings is None else ratings.table["risk_class"]
    entities = pd.DataFrame(
        {
            "status": status,
            "licence_to": _licences(snapshot).reindex(asked.index),
            "risk_class": classes.reindex(asked.index),
        }
    )
    return SharedRegister(entities=entities, listings=listings_of(snapshot))


def _licences(snapshot: Snapshot) -> pd.Series:
    """Return the last day of the licence that is valid longest; one without an end is valid for ever."""
    table = snapshot.table("licence")
    if table is None:
        return pd.Series(dtype="datetime64[ns]")
    given = to_frame(table.select("entity_id", "valid_to", "withdrawn_on"))
    held = given[given["withdrawn_on"].isna()]
    last = pd.to_datetime(held["valid_to"]).fillna(pd.Timestamp("2200-01-01"))
    longest: pd.Series = last.groupby(held["entity_id"]).max()
    return longest
