"""The share of an entity's related entities that meet a condition, shrunk towards a common rate."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
from pydantic import Field

from creditrisk.indicators.measures.across import Across
from creditrisk.indicators.measures.rate import shrunk_rate
from creditrisk.indicators.relations import EDGES, REGISTRATION, WHOLE, Relations, related
from creditrisk.records.conditions import Condition
from creditrisk.records.engine import IbisTable

if TYPE_CHECKING:
    from creditrisk.records.snapshot import Snapshot


ROW = ("entity_id", "as_of")


class Related(Across):
    """``(sum of weights of related entities that meet it + strength * mean) / (sum of weights + strength)``.

    Nothing without related entities. With ``prior_mean = "population"`` the mean is that of all entities of
    the snapshot, as in a rate.

    Parameters
    ----------
    over : Relations, default every relation, one hop
        Who is related, and how much each counts.
    prior_strength : float
        How many related entities of weight 1 the common rate is worth.
    prior_mean : float or "population"
        The common rate.
    """

    over: Relations = Field(default_factory=Relations)
    prior_strength: float = Field(gt=0)
    prior_mean: float | Literal["population"]

    def beside(self) -> Mapping[str, Mapping[str, Condition | None]]:
        alike = [] if self.over.alike is None else [self.over.alike.column]
        return {EDGES: {"other_id": None, **self.over.edges}, REGISTRATION: dict.fromkeys(alike)}

    def spread(self, met: IbisTable, snapshot: "Snapshot") -> IbisTable:
        links = related(self.over, snapshot)
        those = met.filter(met.met == 1.0).select(related_id=met.entity_id)
        hits = _weights(links.semi_join(those, "related_id"), "k")
        return _weights(links, "n").left_join(hits, ROW).select(*ROW, "k", "n")

    def others(self, snapshot: "Snapshot", entity_id: str) -> IbisTable:
        links = related(self.over, snapshot)
        own = links.filter(links.entity_id == entity_id)
        return own.select("hop", entity_id=own.related_id, weight=own.weight.cast("float64") / float(WHOLE))

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        return shrunk_rate(parts, self.prior_strength, self.prior_mean)


def _weights(links: IbisTable, name: str) -> IbisTable:
    return links.group_by(ROW).aggregate(**{name: links.weight.sum().cast("float64") / float(WHOLE)})
