"""Why an entity has the value that it has: value, window, records, and what it means that there is none."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from creditrisk.indicators.indicator import Indicator


class Missing(StrEnum):
    """Why there is no value."""

    NOT_SUPPLIED = "table not supplied"
    NOT_FILED = "not filed"
    NOT_APPLICABLE = "not applicable"

    @property
    def title_zh(self) -> str:
        """The same in Chinese."""
        return _ZH[self]


_ZH = {
    Missing.NOT_SUPPLIED: "数据表未提供",
    Missing.NOT_FILED: "无记录",
    Missing.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Explanation:
    """One indicator of one entity, on each as-of date of a snapshot.

    Parameters
    ----------
    entity_id : str
        The entity.
    indicator : Indicator
        The spec.
    dates : DataFrame, (n_dates, 4)
        Indexed by as_of: `value` as in X; `missing`, none if there is a value: `Missing.NOT_SUPPLIED` if the
        records hold no such table, `Missing.NOT_FILED` if no record tells, `Missing.NOT_APPLICABLE` if the
        records that there are cannot give a value, or a cohort cannot be compared with everybody; `since`
        (the first day of the window, none if it has no beginning) and `until` (the first day after it).
    records : DataFrame
        The records that made it, as they were known, with `as_of`, oldest first.
    """

    entity_id: str
    indicator: Indicator
    dates: pd.DataFrame
    records: pd.DataFrame

    @property
    def value(self) -> Any:
        """The value on the last date, none if it is missing."""
        value = self.dates["value"].iloc[-1]
        return None if pd.isna(value) else value

    @property
    def missing(self) -> Missing | None:
        """Why there is no value on the last date; none if there is one."""
        found: Missing | None = self.dates["missing"].iloc[-1]
        return found

    @property
    def window(self) -> tuple[dt.date | None, dt.date]:
        """The window ``[since, until)`` of the last date."""
        last = self.dates.iloc[-1]
        return last["since"], last["until"]
