"""How long ago the first record was."""

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


class DaysSinceFirst(Measure):
    """The time from the earliest record in the window and the filter to the as-of date.

    Parameters
    ----------
    days_per_unit : float, default 1
        1 for days, 30.4375 for months, 365.25 for years.
    """

    days_per_unit: float = Field(default=1.0, gt=0)

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {"value": events.days_since(events.dated).max(where=events.mask) / self.days_per_unit}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        dated = rows.events.indicator.dated_by
        return {"value": rows.days_since_first(rows.mask, dated).by(self.days_per_unit)}

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.head(1)
