"""The ratio of two columns in the latest record that has both, such as leverage (资产负债率)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events


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
        ratio = events.number(self.numerator) / events.number(self.denominator).nullif(0.0)
        return {"value": ratio.argmax(events.recency, where=self.evidence(events))}

    def evidence(self, events: "Events") -> IbisBoolean:
        known = events.known(self.numerator) & (events.number(self.denominator) > 0)
        return events.mask & known.fill_null(False)

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.tail(1)
