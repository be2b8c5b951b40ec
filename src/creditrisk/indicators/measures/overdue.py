"""How many deadlines passed without the thing being done (逾期)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Overdue(Measure):
    """The number of deadlines in the window that were missed; nothing if there was none.

    The indicator's `dated_by` names the column with the deadline, the last day that is in time.

    Parameters
    ----------
    done : str
        Column with the day on which it was done; empty if it was not.
    """

    done: str

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {"value": events.count(self.evidence(events))}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.count(rows.not_done(self.done))}

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.mask & (events.date(self.done) > events.dated).fill_null(True)
