"""Records that last: from a first day to the first day on which they no longer hold.

The end is the earliest of the dates in `ends` (the first day outside) and the days after `last_days` (the
last day inside); a record without any of them is open.
"""

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import BeforeValidator

from creditrisk.indicators.measures.columns import several
from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisBoolean, IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.rows import Rows
    from creditrisk.indicators.executors.scan.span import Span

MaybeColumns = Annotated[tuple[str, ...], BeforeValidator(several)]


class IntervalMeasure(Measure):
    """A measure of records that last.

    Parameters
    ----------
    starts : str, default "occurred_on"
        Column with the first day.
    ends : str or tuple of str, default "ended_on"
        Columns with the first day on which the record no longer holds.
    last_days : str or tuple of str, default ()
        Columns with the last day on which it holds, such as `valid_to` of a licence.
    """

    windows: ClassVar[int] = 0
    starts: str = "occurred_on"
    ends: MaybeColumns = ("ended_on",)
    last_days: MaybeColumns = ()

    def is_open(self, events: "Events") -> IbisBoolean:
        """Return whether a record inside the filter holds on the as-of date."""
        begun = events.where & (events.date(self.starts) <= events.as_of)
        not_ended = [(events.date(name) > events.as_of).fill_null(True) for name in self.ends]
        not_over = [(events.date(name) >= events.as_of).fill_null(True) for name in self.last_days]
        return reduce(and_, [*not_ended, *not_over], begun.fill_null(False))

    def begun_span(self, rows: "Rows") -> "Span":
        """Return when a record inside the filter has begun."""
        return rows.begun(rows.where, self.starts)

    def open_span(self, rows: "Rows") -> "Span":
        """Return when a record inside the filter holds."""
        return rows.lasting(self.begun_span(rows), self.ends, self.last_days)

    def days_to_end(self, events: "Events") -> IbisValue:
        """Return the days from the as-of date to the end, 0 if it has not come yet, negative if it has."""
        import ibis

        ends = [events.days_until(events.date(name)) for name in self.ends]
        over = [events.days_until(events.date(name)) + 1.0 for name in self.last_days]
        zero = ibis.literal(0.0)
        return ibis.least(zero, *(days.fill_null(0.0) for days in [*ends, *over]))
