"""The largest value of a column."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Largest(Measure):
    """The maximum of a column over the records in the window and the filter.

    Parameters
    ----------
    column : str
        A numeric column; records without a value do not count.
    """

    column: str

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {"value": events.number(self.column).max(where=events.mask)}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.largest(rows.mask, rows.number(self.column))}

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.mask & events.known(self.column)

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        decisive: pd.DataFrame = rows.loc[rows[self.column] == rows[self.column].max()]
        return decisive
