"""Whether a record that lasts holds on the as-of date, such as an entry in a list (当前列入)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from creditrisk.indicators.measures.interval import IntervalMeasure
from creditrisk.indicators.measures.measure import Window
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Current(IntervalMeasure):
    """1 if the as-of date lies in ``[start, end)`` of a record inside the filter; nothing if in none."""

    window = Window.NONE

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {"value": events.any(self.is_open(events))}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.count(self.open_span(rows), most=1)}

    def evidence(self, events: "Events") -> IbisBoolean:
        return self.is_open(events)
