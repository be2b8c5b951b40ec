"""What the register says of an entity: a column of its registration (登记)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from creditrisk.indicators.measures.measure import Measure, Window
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Attribute(Measure):
    """The value of a column in the record of the entity, whenever it happened.

    Where an entity has several records, the latest with a value.

    Parameters
    ----------
    column : str
        Numbers and booleans become float64; text stays text.
    """

    window = Window.NONE
    windows = 0
    column: str

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {"value": events.plain(self.column).argmax(events.recency, where=self.evidence(events))}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {"value": rows.latest(rows.where, rows.plain(self.column))}

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.where & events.known(self.column)

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.tail(1)
