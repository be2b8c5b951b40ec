"""How much the records add up to."""

from collections.abc import Mapping
from functools import reduce
from operator import add, or_
from typing import TYPE_CHECKING

from creditrisk.indicators.measures.columns import Columns
from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Total(Measure):
    """The sum of one or several columns over the records in the window and the filter.

    A record counts if at least one of the columns has a value; the others count as 0 then.

    Parameters
    ----------
    column : str or tuple of str
        Numeric columns, added up.
    """

    column: Columns

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        amount = reduce(add, [events.number(name).fill_null(0.0) for name in self.column])
        return {"value": amount.sum(where=self.evidence(events))}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.total(rows.mask, *[rows.number(name) for name in self.column])}

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.mask & reduce(or_, [events.known(name) for name in self.column])
