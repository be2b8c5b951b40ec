"""What a measure may ask of the scan: the records of one type as one indicator sees them.

The twin of `creditrisk.indicators.events`. A `Span` says when a record counts; a `Cell` is a value of each
record together with the columns that it reads, so that no value counts before the day on which it was known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import ibis
import numpy as np

from creditrisk.indicators.events import Events
from creditrisk.indicators.executors.scan import kernels
from creditrisk.indicators.executors.scan.kernels import Chosen
from creditrisk.indicators.executors.scan.reduction import Argument, Reduction, Step
from creditrisk.indicators.executors.scan.sheet import RECORD, Request, Sheet
from creditrisk.indicators.executors.scan.span import FAR, Span, days, never
from creditrisk.indicators.executors.scan.spine import Window
from creditrisk.records.conditions import Condition
from creditrisk.records.engine import IbisValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value of each record.

    Parameters
    ----------
    value : ibis expression
        The value, as if all that the record holds were known.
    reads : tuple of str
        The columns that it is made of.
    """

    value: IbisValue
    reads: tuple[str, ...]


def largest_text(request: Request, text: IbisValue, known_on: str | None) -> Reduction:
    """Return the largest text of each entity, as far as it is known on the day in a column."""
    span = request.base if known_on is None else request.base.after(days(request.table[known_on]))
    name = request.ask_ordered(text)
    step = step_of(request, kernels.largest, span, lambda sheet, window: sheet.columns[name])
    return Reduction(steps=(step,), text=name)


def step_of(request: Request, kernel: Any, span: Span, *arguments: Argument) -> Step:
    """Return one run of a compiled function over the records that count in a span."""
    since = request.ask(span.begin.cast("int32"))
    until = None if span.until is None else request.ask(span.until.cast("int32"))
    window = None if span.window == (None, 0) else span.window
    dated = since if window is None or span.dated is None else request.ask(span.dated)
    request.need(since, until, dated, window)
    return Step(kernel=kernel, since=since, until=until, dated=dated, window=window, arguments=arguments)


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """The records that one indicator reads.

    Parameters
    ----------
    events : Events
        The same records as the engine sees them.
    late : mapping of str to str
        For every column that became known later than its record, the column with the day.
    request : Request
        Where columns are asked for.
    """

    events: Events
    late: Mapping[str, str]
    request: Request

    @cached_property
    def where(self) -> Span:
        """When a record is known and inside the filter of the indicator, whenever it happened."""
        return self.meeting(self.request.base, self.events.indicator.where)

    @cached_property
    def mask(self) -> Span:
        """When a record is inside the filter and the window ``[as_of - months, as_of)``."""
        return self.within(self.events.indicator.months)

    def within(self, months: int | None, *, until: int = 0) -> Span:
        """Return when a record inside the filter falls into ``[as_of - months, as_of - until)``."""
        dated = days(self.events.dated)
        inside = self.knowing(self.where.after(dated), self.events.indicator.dated_by)
        return replace(inside, window=(months, until), dated=dated)

    def meeting(self, span: Span, where: Mapping[str, Condition]) -> Span:
        """Return the part of a span in which a record meets conditions, as far as its values are known."""
        for name, condition in where.items():
            holds = self.events.condition({name: condition})
            unknown = not condition.known and set(condition.parts) == {"known"}
            if unknown and name in self.late:
                span = span.through(ibis.ifelse(holds, never(), days(self.events.column(self.late[name]))))
            else:
                span = self.knowing(span.only(holds), name)
        return span

    def knowing(self, span: Span, *names: str) -> Span:
        """Return the part of a span in which the values of some columns are known."""
        for name in names:
            self.events.column(name)
            if name in self.late:
                span = span.after(days(self.events.column(self.late[name])))
        return span

    def having(self, span: Span, *names: str) -> Span:
        """Return the part of a span in which some columns are known to have a value."""
        dated = None if span.dated is None else self.events.indicator.dated_by
        others = [name for name in names if name != dated]  # without the date of its window none counts
        for name in others:
            span = span.only(self.events.known(name))
        return self.knowing(span, *others)

    def begun(self, span: Span, started: str) -> Span:
        """Return the part of a span from the first day of a record on."""
        return self.knowing(span.after(days(self.events.date(started)) - 1), started)

    def not_before(self, column: str) -> Span:
        """Return when a record inside the filter has a date that has not passed."""
        return self.having(self.where.through(days(self.events.date(column))), column)

    def not_done(self, done: str) -> Span:
        """Return when a record in the window is not known to be done by its date, a deadline."""
        day, due = days(self.events.date(done)), days(self.events.dated)
        if done not in self.late:
            return self.mask.only(day > due)
        known = days(self.events.column(self.late[done]))
        return self.mask.through(ibis.ifelse(day > due, never(), known))

    def lasting(self, span: Span, ends: tuple[str, ...], last_days: tuple[str, ...]) -> Span:
        """Return the part of a span in which no end of a record has come, as far as ends are known."""
        for name, day in [
            *((name, days(self.events.date(name)) - 1) for name in ends),
            *((name, days(self.events.date(name))) for name in last_days),
        ]:
            known = days(self.events.column(self.late[name])) if name in self.late else None
            span = span.through(day if known is None else ibis.greatest(day, known))
        return span

    def number(self, name: str) -> Cell:
        """Return a column of numbers or booleans, as float64."""
        return Cell(value=self.events.number(name), reads=(name,))

    def cell(self, value: IbisValue, *reads: str) -> Cell:
        """Return a value that is made of several columns."""
        return Cell(value=value, reads=reads)

    def plain(self, name: str) -> Cell:
        """Return a column as it is if it is text, else as a number."""
        return Cell(value=self.events.plain(name), reads=(name,))

    def count(self, span: Span, *, most: int = FAR) -> Reduction:
        """Return the number of records, `most` if there are more."""
        return Reduction(steps=(self._step(kernels.count, span, _same(most)),))

    def total(self, span: Span, *cells: Cell) -> Reduction:
        """Return the sum of values, of one or several to a record."""
        steps = [
            self._numbers(kernels.total, span, cell, _same(int(number == 0)))
            for number, cell in enumerate(cells)
        ]
        return Reduction(steps=tuple(steps))

    def mean(self, span: Span, cell: Cell) -> Reduction:
        """Return the mean of a value."""
        return Reduction(steps=(self._numbers(kernels.mean, span, cell),))

    def largest(self, span: Span, cell: Cell) -> Reduction:
        """Return the largest of a value."""
        return Reduction(steps=(self._numbers(kernels.largest, span, cell),))

    def days_since_first(self, span: Span, column: str) -> Reduction:
        """Return the days from the earliest date of a column to the as-of date; negative if it is to come."""
        return self._age(span, column, 1)

    def days_until(self, span: Span, column: str) -> Reduction:
        """Return the days from the as-of date to the earliest date of a column."""
        return replace(self._age(span, column, 1), then=lambda days: 0.0 - days)

    def days_since_last(self, span: Span, column: str) -> Reduction:
        """Return the days from the latest date of a column to the as-of date; negative if it is to come."""
        return self._age(span, column, -1)

    def decayed(self, span: Span, rate: float) -> Reduction:
        """Return the sum of ``exp(-rate * days)`` over the days since each record of a window."""
        dated = self._days(span.dated)

        def weights(sheet: Sheet, window: Window) -> Any:
            own = dated(sheet, window)
            oldest = int(window.as_of.max()) - int(own.min()) if len(own) else 0
            return np.exp(-rate * np.arange(max(oldest, 0) + 1))

        return Reduction(steps=(self._step(kernels.weighted, span, dated, weights),))

    def distinct(self, span: Span, column: str) -> Reduction:
        """Return how many different values a column has."""
        value = self.events.column(column)
        if value.type().is_date():
            value = days(value)
        if not value.type().is_string():
            value = value.cast("float64" if value.type().is_floating() else "int64").fill_null(0)
        name = self.request.ask_keys(value)

        def keys(sheet: Sheet, window: Window) -> Any:
            return sheet.columns[name]

        def texts(sheet: Sheet, window: Window) -> Any:
            return sheet.ids.get(name, kernels.NO_IDS)

        return Reduction(steps=(self._step(kernels.distinct, self.having(span, column), keys, texts),))

    def latest(self, span: Span, cell: Cell, *, before: int = 0) -> Reduction:
        """Return the value of the latest record that has one; of the one before it if `before` is 1."""
        values = self._column(cell.value)
        text = self.request.ask(cell.value) if cell.value.type().is_string() else None
        step = self._latest(self.having(span, *cell.reads), values, _always, before)
        return Reduction(steps=(step,), text=text)

    def latest_meets(self, span: Span, where: Mapping[str, Condition]) -> Reduction:
        """Return 1 if the latest record meets conditions, 0 if it does not."""
        so = self.meeting(self.request.base, where)
        since, until = self._days(so.since), self._days(never() if so.until is None else so.until)

        def held(sheet: Sheet, window: Window) -> Chosen:
            begin = since(sheet, window)
            return Chosen(sheet.heads, sheet.owners, begin, until(sheet, window), begin)

        return Reduction(steps=(self._latest(span, _ones, held, 0),))

    def days_lasting(
        self, span: Span, started: str, ends: tuple[str, ...], last_days: tuple[str, ...]
    ) -> Reduction:
        """Return for how many days records lasted inside the window of the indicator, all added up."""
        window = self.request.spine.window((self.events.indicator.months, 0))
        over = [days(self.events.date(name)) for name in ends]
        over += [days(self.events.date(name)) + 1 for name in last_days]
        arguments = (
            _same(window.first),
            self._days(days(self.events.date(started))),
            _stacked([self._days(day) for day in over]),
            _stacked([self._days(self._known_on(name)) for name in (*ends, *last_days)]),
        )
        return Reduction(steps=(self._step(kernels.lasting, self.having(span, started), *arguments),))

    def _known_on(self, name: str) -> IbisValue:
        if name in self.late:
            return days(self.events.column(self.late[name]))
        return ibis.literal(-FAR, type="int32")

    def _age(self, span: Span, column: str, sign: int) -> Reduction:
        held, day = self.having(span, column), self._days(days(self.events.date(column)))
        return Reduction(steps=(self._step(kernels.age, held, day, _same(sign)),))

    def _latest(self, span: Span, values: Argument, held: Argument, before: int) -> Step:
        dated = self.events.indicator.dated_by
        self.request.ask_ids()
        day = self._days(days(self.events.date(dated)))
        return self._step(kernels.latest, self.having(span, dated), day, _ids, values, held, _same(before))

    def _numbers(self, kernel: Any, span: Span, cell: Cell, *others: Argument) -> Step:
        return self._step(kernel, self.knowing(span, *cell.reads), self._column(cell.value), *others)

    def _step(self, kernel: Any, span: Span, *arguments: Argument) -> Step:
        return step_of(self.request, kernel, span, *arguments)

    def _days(self, day: IbisValue) -> Argument:
        return self._column(day.cast("int32"))

    def _column(self, value: IbisValue) -> Argument:
        name = self.request.ask(value)
        return lambda sheet, window: sheet.columns[name]


def _same(value: Any) -> Argument:
    return lambda sheet, window: value


def _stacked(columns: list[Argument]) -> Argument:
    def stacked(sheet: Sheet, window: Window) -> Any:
        own = [column(sheet, window) for column in columns]
        return np.stack(own) if own else np.empty((0, len(sheet.columns)), np.int32)

    return stacked


def _ids(sheet: Sheet, window: Window) -> Any:
    return sheet.ids[RECORD]


def _ones(sheet: Sheet, window: Window) -> Any:
    return np.ones(sheet.heads[-1])


def _always(sheet: Sheet, window: Window) -> Chosen:
    none = np.empty(0, np.int32)
    return Chosen(sheet.heads, sheet.owners, none, none, none)
