"""The month of the year in which the as-of date lies."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from creditrisk.indicators.measures.measure import Measure, Window
from creditrisk.records.engine import IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Season(Measure):
    """The month of the as-of date, 1 to 12; reads no records."""

    window = Window.NONE
    reads_records: ClassVar[bool] = False

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        return {}

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        return {}

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        dates = pd.to_datetime(parts.index.get_level_values("as_of"))
        return pd.Series(dates.month, index=parts.index, dtype="float64")
