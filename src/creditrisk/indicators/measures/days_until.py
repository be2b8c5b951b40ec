"""How long until the next date of a kind, such as the expiry of a licence (许可证临期)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from creditrisk.indicators.measures.measure import Measure, Window
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class DaysUntil(Measure):
    """The days from the as-of date to the nearest date of a column that has not passed: 0 if it is today.

    Parameters
    ----------
    column : str
        A date column; records without a date, or with one before the as-of date, do not count.
    """

    window = Window.NONE
    windows = 0
    column: str

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        left = events.days_until(events.date(self.column))
        return {"value": left.min(where=self.evidence(events))}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.days_until(rows.not_before(self.column), self.column)}

    def evidence(self, events: "Events") -> IbisBoolean:
        return (events.where & (events.date(self.column) >= events.as_of)).fill_null(False)

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        decisive: pd.DataFrame = rows.loc[rows[self.column] == rows[self.column].min()]
        return decisive
