"""How many others of the same industry or region have a record, rolled up along the code (行业违法基准率)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import pandas as pd
from pydantic import AfterValidator, Field

from creditrisk.errors import SpecError
from creditrisk.indicators.measures.across import Across
from creditrisk.indicators.measures.flag import Flag
from creditrisk.indicators.relations import REGISTRATION, registered_text
from creditrisk.records.conditions import Condition
from creditrisk.records.engine import IbisTable, to_value

if TYPE_CHECKING:
    from creditrisk.records.snapshot import Snapshot


def _growing(levels: tuple[int, ...]) -> tuple[int, ...]:
    if list(levels) != sorted(set(levels)) or levels[0] < 1:
        raise SpecError(f"levels are lengths of a code, the shortest first, each once; got {list(levels)}")
    return levels


class BaseRate(Across, Flag):
    """The shrunken share of the other entities with the same code that have a record; nothing without a code.

    ``r = (k + strength * above) / (n + strength)``, where ``n`` counts the other entities of the snapshot
    with the same first characters, ``k`` those of them with a record in the window and the filter, and
    `above` is the same rate of the next shorter code. Above the shortest it is ``(k + 0.5) / (n + 1)`` over
    all others. A level that is longer than the code of an entity is passed over.

    Parameters
    ----------
    code : str
        Column of the registration with a code whose first characters are the code of a larger group.
    levels : tuple of int
        How many characters make the groups, the largest group first.
    prior_strength : float
        How many entities the rate of the larger group is worth.
    """

    code: str
    levels: Annotated[tuple[int, ...], Field(min_length=1), AfterValidator(_growing)]
    prior_strength: float = Field(gt=0)

    def beside(self) -> Mapping[str, Mapping[str, Condition | None]]:
        return {REGISTRATION: {self.code: None}}

    def spread(self, met: IbisTable, snapshot: "Snapshot") -> IbisTable:
        codes = registered_text(snapshot, self.code)
        codes = codes.left_join(met.select("entity_id", "met"), "entity_id")
        return codes.select("entity_id", "as_of", "met", code=codes.text)

    def others(self, snapshot: "Snapshot", entity_id: str) -> IbisTable:
        codes = registered_text(snapshot, self.code).semi_join(snapshot.spine, "entity_id")
        own = to_value(codes.filter(codes.entity_id == entity_id).text.max())
        length = max((level for level in self.levels if level <= len(own or "")), default=0)
        alike = codes.text.substr(0, length) == (own or "")[:length]
        return codes.filter(alike & (codes.entity_id != entity_id) & (own is not None)).select("entity_id")

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        met, code = parts["met"].fillna(0.0).astype("float64"), parts["code"]
        day = parts.index.get_level_values("as_of")
        rate = (_sums(met, [day]) - met + 0.5) / _sizes(met, [day])
        for level in self.levels:
            group = code.str.slice(0, level).where(code.str.len() >= level)
            k, n = _sums(met, [day, group]) - met, _sizes(met, [day, group]) - 1.0
            rate = ((k + self.prior_strength * rate) / (n + self.prior_strength)).fillna(rate)
        return rate.where(code.notna())


def _sums(met: "pd.Series[Any]", groups: list[Any]) -> "pd.Series[Any]":
    return met.groupby(groups).transform("sum")


def _sizes(met: "pd.Series[Any]", groups: list[Any]) -> "pd.Series[Any]":
    return met.groupby(groups).transform("size").astype("float64")
