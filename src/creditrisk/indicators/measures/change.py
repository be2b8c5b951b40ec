"""How the latest record differs from the one before."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Change(Measure):
    """The latest value of a column against the one before, in the window and the filter.

    ``"difference"`` is ``latest - before``; ``"relative"`` is ``(latest - before) / before`` and nothing if
    the one before is not above 0; ``"changed"`` is 1 if they differ, else 0. Nothing with fewer than two
    records that have a value. Of several records of one day the one with the largest `record_id` is the
    latest.

    Parameters
    ----------
    column : str
        A numeric column.
    kind : {"relative", "difference", "changed"}, default "relative"
        How the two are compared.
    """

    column: str
    kind: Literal["relative", "difference", "changed"] = "relative"

    def prepare(self, events: "Events") -> Mapping[str, IbisValue]:
        import ibis

        known = self.evidence(events)
        order = [ibis.desc(known), ibis.desc(events.dated), ibis.desc(events.column("record_id"))]
        return {"rank": ibis.row_number().over(group_by=["entity_id", "as_of"], order_by=order)}

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        value, rank, known = events.number(self.column), events.prepared("rank"), self.evidence(events)
        return {
            "latest": value.max(where=known & (rank == 0)),
            "before": value.max(where=known & (rank == 1)),
        }

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        value = rows.number(self.column)
        return {"latest": rows.latest(rows.mask, value), "before": rows.latest(rows.mask, value, before=1)}

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        difference = parts["latest"] - parts["before"]
        if self.kind == "relative":
            return difference / parts["before"].where(parts["before"] > 0)
        if self.kind == "changed":
            return difference.ne(0.0).astype("float64").where(difference.notna())
        return difference

    def evidence(self, events: "Events") -> IbisBoolean:
        return events.mask & events.known(self.column)

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.tail(2)
