"""How many days records that last have held."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from creditrisk.indicators.measures.interval import IntervalMeasure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class CurrentDays(IntervalMeasure):
    """The days of ``[start, end)`` inside the window ``[as_of - months, as_of)``, added up over the records.

    Records that overlap count each by themselves; nothing if no record has a day in the window.
    """

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {"value": self._days(events).sum(where=self.evidence(events))}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.days_lasting(rows.where, self.starts, self.ends, self.last_days)}

    def evidence(self, events: "Events") -> IbisBoolean:
        return (events.where & (self._days(events) > 0)).fill_null(False)

    def _days(self, events: "Events") -> IbisValue:
        import ibis

        first = events.days_since(events.date(self.starts))
        months = events.indicator.months
        if months is not None:
            first = ibis.least(first, events.days_since(events.clock.start(events.table, months)))
        return first + self.days_to_end(events)
