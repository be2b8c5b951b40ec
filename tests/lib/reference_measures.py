"""Every measure in plain Python, from the visible records of one entity at one date."""

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.lib.drawn import Row

from creditrisk.indicators.indicator import Indicator
from creditrisk.records.conditions import Condition


@dataclass(frozen=True)
class Reading:
    """What one indicator sees of one entity at one date."""

    indicator: Indicator
    rows: list[Row]
    day: dt.date
    back: Callable[[dt.date, int], dt.date]

    def filtered(self) -> list[Row]:
        return [row for row in self.rows if holds(self.indicator.where, row)]

    def inside(self, first: int | None, last: int = 0) -> list[Row]:
        """Return the filtered rows dated in [day - first months, day - last months), oldest first."""
        end = self.back(self.day, last)
        rows = [row for row in self.filtered() if self.date(row) is not None and self.date(row) < end]
        if first is not None:
            rows = [row for row in rows if self.date(row) >= self.back(self.day, first)]
        return sorted(rows, key=lambda row: (self.date(row), row["record_id"]))

    def window(self) -> list[Row]:
        return self.inside(self.indicator.months)

    def date(self, row: Row) -> Any:
        return row[self.indicator.dated_by]


def holds(where: Mapping[str, Condition], row: Row) -> bool:
    return all(_meets(condition, row[column]) for column, condition in where.items())


def _meets(condition: Condition, value: Any) -> bool:
    if condition.known is not None and condition.known != (value is not None):
        return False
    parts = {name: part for name, part in condition.parts.items() if name != "known"}
    if parts and value is None:
        return False
    tests = {
        "equals": lambda part: value == part,
        "one_of": lambda part: value in part,
        "contains_any": lambda part: bool(set(part) & {code.strip() for code in value.split(",")}),
        "at_least": lambda part: value >= part,
        "below": lambda part: value < part,
    }
    return all(tests[name](part) for name, part in parts.items())


def _or_none(number: float) -> float | None:
    return number or None


def _known(rows: list[Row], *columns: str) -> list[Row]:
    return [row for row in rows if all(row[column] is not None for column in columns)]


def count(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    return _or_none(len(own.window()))


def decayed_count(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    ages = [(own.day - own.date(row)).days / 30.4375 for row in own.window()]
    return sum(0.5 ** (age / measure.half_life_months) for age in ages) if ages else None


def total(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    amounts = [[row[column] for column in measure.column] for row in own.window()]
    known = [[cell for cell in row if cell is not None] for row in amounts]
    return sum(sum(row) for row in known) if any(known) else None


def largest(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    return max((row[measure.column] for row in _known(own.window(), measure.column)), default=None)


def mean(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    return _mean([row[measure.column] for row in _known(own.window(), measure.column)])


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def distinct(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    return _or_none(len({row[measure.column] for row in _known(own.window(), measure.column)}))


def flag(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    return 1.0 if own.window() else None


def days_since_last(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    rows = own.window()
    return (own.day - own.date(rows[-1])).days / measure.days_per_unit if rows else None


def days_since_first(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    rows = own.window()
    return (own.day - own.date(rows[0])).days / measure.days_per_unit if rows else None


def days_until(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    dates = [row[measure.column] for row in _known(own.filtered(), measure.column)]
    return min(((date - own.day).days for date in dates if date >= own.day), default=None)


def _end(measure: Any, row: Row) -> dt.date:
    ends = [row[column] for column in measure.ends if row[column] is not None]
    over = [row[column] for column in measure.last_days if row[column] is not None]
    return min([*ends, *(last + dt.timedelta(days=1) for last in over)], default=dt.date.max)


def _begun(measure: Any, own: Reading) -> list[Row]:
    return [row for row in _known(own.filtered(), measure.starts) if row[measure.starts] <= own.day]


def current(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    return 1.0 if any(_end(measure, row) > own.day for row in _begun(measure, own)) else None


def current_days(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    months = own.indicator.months
    first = dt.date.min if months is None else own.back(own.day, months)
    spans = [
        (min(_end(measure, row), own.day) - max(row[measure.starts], first)).days
        for row in _begun(measure, own)
    ]
    return _or_none(sum(days for days in spans if days > 0))


def lapsed(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    begun = _begun(measure, own)
    return float(all(_end(measure, row) <= own.day for row in begun)) if begun else None


def overdue(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    late = [row for row in own.window() if row[measure.done] is None or row[measure.done] > own.date(row)]
    return _or_none(len(late))


def rate(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    hits, exposure = _hits(measure, own)
    common = measure.prior_mean
    if common == "population":
        pairs = [_hits(measure, other) for other in others]
        common = (sum(k for k, _ in pairs) + 0.5) / (sum(n for _, n in pairs) + 1)
    strength = measure.prior_strength
    return (hits + strength * common) / (exposure + strength) if exposure else None


def _hits(measure: Any, own: Reading) -> tuple[int, int]:
    rows = own.window()
    return sum(holds(measure.numerator, row) for row in rows), len(rows)


def ratio(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    rows = _known(own.window(), measure.numerator, measure.denominator)
    below = sum(row[measure.denominator] for row in rows)
    return sum(row[measure.numerator] for row in rows) / below if below > 0 else None


def latest_ratio(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    rows = _known(own.window(), measure.numerator, measure.denominator)
    rows = [row for row in rows if row[measure.denominator] > 0]
    return rows[-1][measure.numerator] / rows[-1][measure.denominator] if rows else None


def latest(measure: Any, own: Reading, others: list[Reading]) -> Any:
    rows = _known(own.window(), measure.column)
    return _plain(rows[-1][measure.column]) if rows else None


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else float(value)


def latest_is(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    rows = own.window()
    return float(holds(measure.condition, rows[-1])) if rows else None


def change(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    values = [float(row[measure.column]) for row in _known(own.window(), measure.column)]
    if len(values) < 2:
        return None
    before, now = values[-2:]
    if measure.kind == "changed":
        return float(now != before)
    if measure.kind == "difference":
        return now - before
    return (now - before) / before if before > 0 else None


def largest_shift(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    pairs = [(_number(row[measure.before]), _number(row[measure.after])) for row in own.window()]
    shifts = [abs(math.log(after) - math.log(before)) for before, after in pairs if before > 0 and after > 0]
    return max(shifts, default=None)


def _number(text: Any) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        return -1.0


def trend(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    months = own.indicator.months or 0
    recent, earlier = len(own.inside(months)), len(own.inside(2 * months, months))
    if not recent and not earlier:
        return None
    return math.log((recent + measure.guard) / (earlier + measure.guard))


def mean_trend(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    months = own.indicator.months or 0
    recent = _mean([row[measure.column] for row in _known(own.inside(months), measure.column)])
    earlier = _mean([row[measure.column] for row in _known(own.inside(2 * months, months), measure.column)])
    if recent is None or earlier is None or min(recent, earlier) + measure.guard <= 0:
        return None
    return math.log(recent + measure.guard) - math.log(earlier + measure.guard)


def attribute(measure: Any, own: Reading, others: list[Reading]) -> Any:
    rows = sorted(_known(own.filtered(), measure.column), key=lambda row: (own.date(row), row["record_id"]))
    return _plain(rows[-1][measure.column]) if rows else None


def attribute_age(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    dates = [row[measure.column] for row in _known(own.filtered(), measure.column)]
    return (own.day - min(dates)).days / measure.days_per_unit if dates else None


def season(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    return float(own.day.month)


def peers(measure: Any, own: Reading, others: list[Reading]) -> float | None:
    mine = attribute(measure, own, [])
    same = sum(attribute(measure, other, []) == mine for other in others)
    return None if mine is None else same - 1.0


MEASURES: dict[str, Callable[[Any, Reading, list[Reading]], Any]] = {
    "Attribute": attribute,
    "AttributeAge": attribute_age,
    "Change": change,
    "Count": count,
    "Current": current,
    "CurrentDays": current_days,
    "DaysSinceFirst": days_since_first,
    "DaysSinceLast": days_since_last,
    "DaysUntil": days_until,
    "DecayedCount": decayed_count,
    "Distinct": distinct,
    "Flag": flag,
    "Lapsed": lapsed,
    "Largest": largest,
    "LargestShift": largest_shift,
    "Latest": latest,
    "LatestIs": latest_is,
    "LatestRatio": latest_ratio,
    "Mean": mean,
    "MeanTrend": mean_trend,
    "Overdue": overdue,
    "Peers": peers,
    "Rate": rate,
    "Ratio": ratio,
    "Season": season,
    "Total": total,
    "Trend": trend,
}
