"""How many different values a column has."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue, count_different

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Distinct(Measure):
    """The number of different values of a column in the window and the filter; nothing if there is none.

    Parameters
    ----------
    column : str
        Any column; records without a value do not count.
    """

    column: str

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        values = events.column(self.column).collect(where=events.mask)
        return {"value": count_different(values).nullif(0).cast("float64")}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.distinct(rows.mask, self.column)}

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.mask & events.known(self.column)
