"""Whether something that lasts was there and is over, such as the last licence (许可证过期或失效)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from creditrisk.indicators.measures.interval import IntervalMeasure
from creditrisk.indicators.measures.measure import Window
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Lapsed(IntervalMeasure):
    """1 if there were records inside the filter and none holds on the as-of date, 0 if one holds.

    Nothing if there never was one.
    """

    window = Window.NONE

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        begun, now = self.evidence(events), self.is_open(events)
        return {
            "begun": events.any(begun),
            "open": events.any(now),
        }

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        begun, now = self.begun_span(rows), self.open_span(rows)
        return {"begun": rows.count(begun, most=1), "open": rows.count(now, most=1)}

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        return (parts["begun"] - parts["open"].fillna(0.0)).astype("float64")

    def evidence(self, events: "Events") -> IbisBoolean:
        return (events.where & (events.date(self.starts) <= events.as_of)).fill_null(False)
