"""What follows from the class of each entity."""

from collections.abc import Collection

import pandas as pd

from creditrisk.grading.ratings import Ratings
from creditrisk.supervision.services.catalogue import Entry, MeasureCatalogue

_SAID = (
    "title_en",
    "title_zh",
    "share_from",
    "share_to",
    "visits_from",
    "visits_to",
    "basis",
    "source",
)


def assign_measures(
    ratings: Ratings,
    catalogue: MeasureCatalogue,
    *,
    industry: pd.Series | None = None,
    sandbox: Collection[str] = (),
) -> pd.DataFrame:
    """Return the measures, benefits and visits of every rated entity.

    Parameters
    ----------
    ratings : Ratings
        The classes.
    catalogue : MeasureCatalogue
        From `load_catalogue`.
    industry : Series, optional
        Code of GB/T 4754 by entity id; nobody belongs to a sector if not given.
    sandbox : collection of str, default ()
        Who is inside the sandbox.

    Returns
    -------
    DataFrame
        One row an entity and entry, in the order of the ratings: `entity_id`, `risk_class`, `sector`,
        `entry`, `kind`, titles, shares, visits, `basis` and `source`. Everybody has one row of visits.
    """
    classes = ratings.table["risk_class"].astype(str)
    codes = pd.Series(None, index=classes.index, dtype=object) if industry is None else industry
    sectors = codes.reindex(classes.index).map(lambda code: catalogue.sector_of(code))
    inside = frozenset(map(str, sandbox))
    known: dict[tuple[str, str, bool], tuple[Entry, ...]] = {}
    rows = []
    for entity, risk_class, sector in zip(classes.index, classes, sectors, strict=True):
        key = (str(risk_class), str(sector), str(entity) in inside)
        if key not in known:
            known[key] = catalogue.of(key[0], key[1], sandbox=key[2])
        rows += [
            (entity, risk_class, sector, entry.id, entry.kind, *(getattr(entry, name) for name in _SAID))
            for entry in known[key]
        ]
    return pd.DataFrame(rows, columns=["entity_id", "risk_class", "sector", "entry", "kind", *_SAID])
