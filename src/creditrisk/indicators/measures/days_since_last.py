"""How long ago the last record was."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
from pydantic import Field

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class DaysSinceLast(Measure):
    """The time from the latest record in the window and the filter to the as-of date.

    Parameters
    ----------
    days_per_unit : float, default 1
        1 for days, 30.4375 for months, 365.25 for years.
    """

    days_per_unit: float = Field(default=1.0, gt=0)

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        last = events.dated.max(where=events.mask)  # an engine compares days faster than it counts them
        days = events.as_of.max().delta(last, unit="day").cast("float64")
        return {"value": days / self.days_per_unit}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        dated = rows.events.indicator.dated_by
        return {"value": rows.days_since_last(rows.mask, dated).by(self.days_per_unit)}

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.tail(1)
