"""The largest jump from one column to another, such as a change of capital (注册资本大幅增减)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class LargestShift(Measure):
    """``max |ln(after / before)|`` over the records in the window and the filter.

    Records where one of the two is not a number above 0 do not count.

    Parameters
    ----------
    before, after : str
        Columns with numbers, also numbers written as text.
    """

    before: str
    after: str

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {"value": self._shift(events).max(where=self.evidence(events))}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        shift = rows.cell(self._shift(rows.events), self.before, self.after)
        return {"value": rows.largest(rows.mask, shift)}

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.mask & (_positive(events, self.after) * _positive(events, self.before)).notnull()

    def _shift(self, events: "Events") -> IbisValue:
        return (_positive(events, self.after).ln() - _positive(events, self.before).ln()).abs()


def _positive(events: "Events", name: str) -> IbisValue:
    import ibis

    number = events.column(name).try_cast("float64")
    return ibis.ifelse(number > 0, number, None)
