"""From which to which as-of date a record counts: expressions of the engine that hold one record each.

What a bureau knows only ever grows, and what a record says of a day does not change. So every filter, every
value that became known late and every record that lasts come down to two days for each record: it counts at
an as-of date if ``since < as_of <= until``. Days are whole numbers, counted from 1970-01-01.
"""

from dataclasses import dataclass, replace

import ibis

from creditrisk.records.engine import IbisBoolean, IbisValue

FAR = 2**30

type Months = tuple[int | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The as-of dates at which a record counts.

    Parameters
    ----------
    since : ibis int32 expression, optional
        The last day on which it does not count yet, `FAR` if it never does; from ever if not given.
    until : ibis int32 expression, optional
        The last day on which it counts; for ever if not given.
    window : tuple of (int or None, int), optional
        The record must also lie in a window that moves with the as-of date: how many months before it the
        window begins (no beginning if none) and ends.
    dated : ibis int32 expression, optional
        The day by which the record lies in the window.
    """

    since: IbisValue | None = None
    until: IbisValue | None = None
    window: Months | None = None
    dated: IbisValue | None = None

    @property
    def begin(self) -> IbisValue:
        """The last day on which the record does not count yet."""
        return ibis.literal(-FAR, type="int32") if self.since is None else self.since

    def only(self, condition: IbisBoolean) -> "Span":
        """Return the span for records that meet a condition, and none for the others."""
        return replace(self, since=ibis.ifelse(condition, self.begin, never()))

    def after(self, day: IbisValue) -> "Span":
        """Return the part of the span in which the as-of date is after a day."""
        return replace(self, since=day if self.since is None else ibis.greatest(self.since, day))

    def through(self, day: IbisValue) -> "Span":
        """Return the part of the span in which the as-of date is not after a day."""
        return replace(self, until=day if self.until is None else ibis.least(self.until, day))


def never() -> IbisValue:
    """Return the day that does not come."""
    return ibis.literal(FAR, type="int32")


def days(date: IbisValue) -> IbisValue:
    """Return a date as days since 1970-01-01, `FAR` where it is missing."""
    return date.delta(ibis.date("1970-01-01"), unit="day").cast("int32").fill_null(never())
