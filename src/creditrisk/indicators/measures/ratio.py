"""One sum as a share of another."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Ratio(Measure):
    """``sum(numerator) / sum(denominator)`` over the records in the window that have both.

    Nothing if the denominator does not add up to more than 0.

    Parameters
    ----------
    numerator, denominator : str
        Numeric columns.
    """

    numerator: str
    denominator: str

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        both = self.evidence(events)
        return {
            "numerator": events.number(self.numerator).sum(where=both),
            "denominator": events.number(self.denominator).sum(where=both),
        }

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        both = rows.having(rows.mask, self.numerator, self.denominator)
        return {
            "numerator": rows.total(both, rows.number(self.numerator)),
            "denominator": rows.total(both, rows.number(self.denominator)),
        }

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        return parts["numerator"] / parts["denominator"].where(parts["denominator"] > 0)

    def evidence(self, events: "Events") -> IbisBoolean:
        known = events.known(self.numerator) & events.known(self.denominator)
        return events.mask & known
