"""Whether the latest record is of a certain kind."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
from pydantic import Field

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.conditions import Where
from creditrisk.records.engine import IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class LatestIs(Measure):
    """1 if the latest record in the window and the filter meets `condition`, 0 if not; nothing without one.

    Of several records of one day the one with the largest `record_id` is the latest.

    Parameters
    ----------
    condition : conditions
        What the latest record is asked.
    """

    condition: Where = Field(min_length=1)

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        holds = events.condition(self.condition).ifelse(1, 0).cast("float64")
        return {"value": holds.argmax(events.recency, where=events.mask)}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.latest_meets(rows.mask, self.condition)}

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.tail(1)
