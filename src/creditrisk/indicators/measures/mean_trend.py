"""Whether the level of a column rises, such as the number of insured staff (参保人数变动率)."""

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


class MeanTrend(Measure):
    """``ln((recent + guard) / (earlier + guard))`` of the means of a column in two windows of equal length.

    `recent` is the mean over ``[as_of - months, as_of)``, `earlier` that over
    ``[as_of - 2 months, as_of - months)``; nothing unless both windows have a value, or if a guarded mean
    is not above 0.

    Parameters
    ----------
    column : str
        A numeric column.
    guard : float, default 1
        Added to both means, in the unit of the column.
    """

    window = Window.REQUIRED
    windows = 2
    column: str
    guard: float = Field(default=1.0, ge=0)

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        value, recent = events.number(self.column), events.mask
        earlier = self.evidence(events) & ~recent
        return {"recent": value.mean(where=recent), "earlier": value.mean(where=earlier)}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        value, months = rows.number(self.column), rows.events.indicator.months or 0
        earlier = rows.within(2 * months, until=months)
        return {"recent": rows.mean(rows.mask, value), "earlier": rows.mean(earlier, value)}

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        guarded = parts + self.guard
        logs = guarded.where(guarded > 0).transform(np.log)
        return logs["recent"] - logs["earlier"]

    def evidence(self, events: "Events") -> IbisBoolean:
        both = events.within(2 * (events.indicator.months or 0))
        return events.where & both & events.known(self.column)
