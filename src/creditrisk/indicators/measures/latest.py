"""The value of the latest record."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Latest(Measure):
    """The value of a column in the latest record of the window and the filter that has one.

    Of several records of one day the one with the largest `record_id` is the latest.

    Parameters
    ----------
    column : str
        Numbers and booleans become float64; text stays text.
    """

    column: str

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {"value": events.plain(self.column).argmax(events.recency, where=self.evidence(events))}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.latest(rows.mask, rows.plain(self.column))}

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.mask & events.known(self.column)

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.tail(1)
