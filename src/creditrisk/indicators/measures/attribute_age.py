"""How old something is that the register dates, such as the entity itself (存续年限)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
from pydantic import Field

from creditrisk.indicators.measures.measure import DAYS_PER_YEAR, Measure, Window
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class AttributeAge(Measure):
    """The time from a date column to the as-of date; of several records the oldest date counts.

    Parameters
    ----------
    column : str, default "occurred_on"
        A date column.
    days_per_unit : float, default 365.25
        365.25 for years, 1 for days.
    """

    window = Window.NONE
    windows = 0
    column: str = "occurred_on"
    days_per_unit: float = Field(default=DAYS_PER_YEAR, gt=0)

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        days = events.days_since(events.date(self.column))
        return {"value": days.max(where=events.where) / self.days_per_unit}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.days_since_first(rows.where, self.column).by(self.days_per_unit)}

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.where & events.known(self.column)

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        decisive: pd.DataFrame = rows.loc[rows[self.column] == rows[self.column].min()]
        return decisive
