"""Whether records become more frequent, guarded against small counts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pydantic import Field

from creditrisk.indicators.measures.measure import Measure, Window
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Trend(Measure):
    """``ln((recent + guard) / (earlier + guard))`` of the counts in two windows of equal length.

    `recent` counts the records in ``[as_of - months, as_of)``, `earlier` those in
    ``[as_of - 2 months, as_of - months)``; nothing if both are 0.

    Parameters
    ----------
    guard : float, default 1
        Added to both counts, so that one record more or less moves a small count little.
    """

    window = Window.REQUIRED
    windows = 2
    guard: float = Field(default=1.0, gt=0)

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        earlier = self.evidence(events) & ~events.mask
        return {
            "recent": events.count(events.mask),
            "earlier": events.count(earlier),
        }

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        months = rows.events.indicator.months or 0
        earlier = rows.within(2 * months, until=months)
        return {"recent": rows.count(rows.mask), "earlier": rows.count(earlier)}

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        counts = parts.fillna(0.0)
        growth = (counts["recent"] + self.guard) / (counts["earlier"] + self.guard)
        return growth.where(parts.notna().any(axis=1)).transform(np.log)

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.where & events.within(2 * (events.indicator.months or 0))
