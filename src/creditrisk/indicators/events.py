"""The records of one type as a measure sees them: filtered, in a window, with their as-of date.

Windows are half-open: ``[as_of - months, as_of)``. The start of a window is computed in Python and
enters the engine as a literal (one date) or as a column (a cohort), so that no engine's own month
arithmetic is used.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from creditrisk.errors import SchemaError, SpecError, hint
from creditrisk.indicators.indicator import Indicator
from creditrisk.records import conditions
from creditrisk.records.casts import as_number
from creditrisk.records.conditions import Condition
from creditrisk.records.dates import add_months
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue

AS_OF = "as_of"
ALWAYS_DATED = "occurred_on"  # no clean record is without it


@dataclass(frozen=True, slots=True)
class Clock:
    """The as-of dates of a snapshot and the window starts that belong to them.

    Parameters
    ----------
    dates : tuple of date
        Every as-of date of the snapshot, without repeats.
    """

    dates: tuple[dt.date, ...]

    def attach(self, table: IbisTable, months: Iterable[int]) -> IbisTable:
        """Return the table with one column a window start, where there is more than one as-of date.

        Parameters
        ----------
        table : ibis.Table
            Has a column `as_of`.
        months : iterable of int
            The window lengths that will be asked for.

        Returns
        -------
        ibis.Table
            With the columns that `start` reads.
        """
        lengths = sorted(set(months))
        if len(self.dates) <= 1 or not lengths:
            return table
        import ibis

        starts = pd.DataFrame({_start_name(length): self._starts(length) for length in lengths})
        starts.insert(0, AS_OF, list(self.dates))
        dates = ibis.memtable(starts, schema=dict.fromkeys(starts.columns, "date"))
        return table.join(dates, AS_OF)

    def start(self, table: IbisTable, months: int) -> IbisValue:
        """Return the day on which the window of that many months begins.

        Parameters
        ----------
        table : ibis.Table
            As `attach` returned it.
        months : int
            Length of the window, in calendar months.

        Returns
        -------
        ibis date expression
            ``as_of - months``.
        """
        if len(self.dates) > 1:
            return table[_start_name(months)]
        import ibis

        return ibis.literal(self._starts(months)[0] if self.dates else None, type="date")

    def _starts(self, months: int) -> list[dt.date]:
        return [add_months(date, -months) for date in self.dates]


def _start_name(months: int) -> str:
    return f"__start_{months}"


@dataclass(frozen=True, slots=True)
class Events:
    """The records that one indicator reads.

    Parameters
    ----------
    table : ibis.Table
        All records of the type, one copy for each as-of date that may see them.
    indicator : Indicator
        Says the window and the filter.
    clock : Clock
        Knows the window starts.
    """

    table: IbisTable
    indicator: Indicator
    clock: Clock

    def column(self, name: str) -> IbisValue:
        """Return a column of the records.

        Raises
        ------
        SchemaError
            If the records have no such column.
        """
        if name not in self.table.columns:
            known = [column for column in self.table.columns if not column.startswith("__")]
            raise SchemaError(
                f"Indicator {self.indicator.id} reads the column {name!r}, which the table "
                f"{self.indicator.table!r} of these records does not have.{hint(name, known)}"
            )
        return self.table[name]

    def known(self, name: str) -> IbisBoolean:
        """Return whether a column of the records has a value."""
        return self.column(name).notnull()  # noqa: PD004

    def number(self, name: str) -> IbisValue:
        """Return a column of numbers or booleans as float64.

        Raises
        ------
        SpecError
            If it holds something else.
        """
        column = self.column(name)
        if not (column.type().is_numeric() or column.type().is_boolean()):
            raise self._wrong_type(name, "numbers")
        return as_number(column) if column.type().is_boolean() else column.cast("float64")

    def count(self, condition: IbisBoolean) -> IbisValue:
        """Return, for each group of records, how many meet a condition, as float64; null if none does."""
        return self.table.count(where=condition).nullif(0).cast("float64")

    def any(self, condition: IbisBoolean) -> IbisValue:
        """Return, for each group of records, 1.0 if one meets a condition, else null."""
        import ibis

        return ibis.ifelse(condition, 1, None).max().cast("float64")

    def date(self, name: str) -> IbisValue:
        """Return a column of dates.

        Raises
        ------
        SpecError
            If it holds something else.
        """
        column = self.column(name)
        if not column.type().is_date():
            raise self._wrong_type(name, "dates")
        return column

    def plain(self, name: str) -> IbisValue:
        """Return a column of the records as it is if it is text, else as float64."""
        column = self.column(name)
        return column if column.type().is_string() else self.number(name)

    @property
    def recency(self) -> IbisValue:
        """A key that grows with the date of a record and, within a day, with its `record_id`."""
        return self.dated.cast("string") + "|" + self.column("record_id")

    @property
    def as_of(self) -> IbisValue:
        """The date at which each copy of a record is seen."""
        return self.table[AS_OF]

    @property
    def dated(self) -> IbisValue:
        """The date by which a record falls into a window."""
        return self.date(self.indicator.dated_by)

    @property
    def where(self) -> IbisBoolean:
        """Whether the filter of the indicator holds, whenever the record happened."""
        return self.condition(self.indicator.where)

    @property
    def mask(self) -> IbisBoolean:
        """Whether a record is inside the filter and the window ``[as_of - months, as_of)``."""
        inside = self.within(self.indicator.months)
        return self.where & inside if self.indicator.where else inside

    def condition(self, where: Mapping[str, Condition]) -> IbisBoolean:
        """Return whether a record meets conditions of the system file; every record meets none at all."""
        for name in where:
            self.column(name)
        return conditions.compile(where, self.table)

    def within(self, months: int | None, *, until: int = 0) -> IbisBoolean:
        """Return whether a record falls into ``[as_of - months, as_of - until)``.

        Parameters
        ----------
        months : int or None
            Where the window begins, in calendar months before the as-of date; no beginning if none.
        until : int, default 0
            Where it ends, in calendar months before the as-of date.

        Returns
        -------
        ibis boolean expression
            Half-open: a record of the first day is in, one of the last day is out.
        """
        inside = self.dated < (self.clock.start(self.table, until) if until else self.as_of)
        if months is not None:
            inside &= self.dated >= self.clock.start(self.table, months)
        return inside if self.indicator.dated_by == ALWAYS_DATED else inside.fill_null(False)

    def days_since(self, date: IbisValue) -> IbisValue:
        """Return the days from a date expression to the as-of date, as float64."""
        return self.as_of.delta(date, unit="day").cast("float64")

    def days_until(self, date: IbisValue) -> IbisValue:
        """Return the days from the as-of date to a date expression, as float64; negative if it has passed."""
        return date.delta(self.as_of, unit="day").cast("float64")

    def prepared(self, key: str) -> IbisValue:
        """Return a column that `Measure.prepare` asked for."""
        return self.table[self.prepared_name(key)]

    def prepared_name(self, key: str) -> str:
        """Return under which name a prepared column stands in the table."""
        return f"__{self.indicator.name}__{key}"

    def _wrong_type(self, name: str, needed: str) -> SpecError:
        return SpecError(
            f"Indicator {self.indicator.id} needs {needed} in the column {name!r} of the table "
            f"{self.indicator.table!r}, which holds {str(self.table[name].type()).lower()} values; name "
            "another column."
        )
