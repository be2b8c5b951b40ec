"""The ratio of two columns in the latest record that has both, such as leverage (资产负债率)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class LatestRatio(Measure):
    """``numerator / denominator`` of the latest record in the window with both and a denominator above 0.

    Of several records of one day the one with the largest `record_id` is the latest.

    Parameters
    ----------
    numerator, denominator : str
        Numeric columns.
    """

    numerator: str
    denominator: str

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {"value": self._ratio(events).argmax(events.recency, where=self.evidence(events))}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        ratio = rows.cell(self._ratio(rows.events), self.numerator, self.denominator)
        return {"value": rows.latest(rows.mask.only(self._usable(rows.events)), ratio)}

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.mask & self._usable(events)

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.tail(1)

    def _ratio(self, events: "Events") -> IbisValue:
        return events.number(self.numerator) / events.number(self.denominator).nullif(0.0)

    def _usable(self, events: "Events") -> IbisBoolean:
        known = events.known(self.numerator) & (events.number(self.denominator) > 0)
        return known.fill_null(False)
