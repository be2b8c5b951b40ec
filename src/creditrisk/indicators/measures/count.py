"""How many records there are."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Count(Measure):
    """The number of records in the window and the filter: ``n``; nothing if there is none."""

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {"value": events.count(events.mask)}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.count(rows.mask)}
