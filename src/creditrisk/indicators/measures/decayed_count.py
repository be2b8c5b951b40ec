"""How many records there are, older ones counting less."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from creditrisk.indicators.measures.measure import DAYS_PER_MONTH, Measure
from creditrisk.records.engine import IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class DecayedCount(Measure):
    """The sum of ``0.5 ** (age / half_life)`` over the records in the window and the filter.

    Parameters
    ----------
    half_life_months : float
        After this many months (of 30.4375 days) a record counts half.
    """

    half_life_months: float = Field(gt=0)

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        rate = math.log(2) / (self.half_life_months * DAYS_PER_MONTH)
        weight = (events.days_since(events.dated) * -rate).exp()
        return {"value": weight.sum(where=events.mask)}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        rate = math.log(2) / (self.half_life_months * DAYS_PER_MONTH)
        return {"value": rows.decayed(rows.mask, rate)}
