"""How often a record is of a certain kind, shrunk towards a common rate (empirical Bayes)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
from pydantic import Field

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.conditions import Where
from creditrisk.records.engine import IbisValue

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows


class Rate(Measure):
    """``(k + strength * mean) / (n + strength)``; nothing if ``n = 0``.

    ``n`` counts the records in the window and the filter (the exposure), ``k`` those of them that meet
    `numerator`. With ``prior_mean = "population"`` the mean is ``(sum k + 0.5) / (sum n + 1)`` over all rows
    of the spine with the same as-of date; it sees no record that these rows do not see themselves. In a
    cohort these are the cohort's rows, so state a number there if dates have few rows.

    Parameters
    ----------
    numerator : conditions
        Which records of the exposure count.
    prior_strength : float
        How many records the common rate is worth.
    prior_mean : float or "population"
        The common rate.
    """

    numerator: Where = Field(min_length=1)
    prior_strength: float = Field(gt=0)
    prior_mean: float | Literal["population"]

    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        hit = events.mask & events.condition(self.numerator)
        return {
            "k": events.count(hit),
            "n": events.count(events.mask),
        }

    def scan(self, rows: "Rows") -> Mapping[str, "Reduction"]:
        hits = rows.meeting(rows.mask, self.numerator)
        return {"k": rows.count(hits), "n": rows.count(rows.mask)}

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        return shrunk_rate(parts, self.prior_strength, self.prior_mean)


def shrunk_rate(
    parts: pd.DataFrame, strength: float, mean: float | Literal["population"]
) -> "pd.Series[Any]":
    """Return ``(k + strength * mean) / (n + strength)``, nothing where `n` is missing.

    Parameters
    ----------
    parts : DataFrame
        Columns `k` and `n`, indexed by (as_of, entity_id).
    strength : float
        What the common rate is worth.
    mean : float or "population"
        The common rate; ``(sum k + 0.5) / (sum n + 1)`` of each as-of date if ``"population"``.

    Returns
    -------
    Series
        In the order of `parts`.

    Examples
    --------
    >>> rows = pd.MultiIndex.from_tuples([("2024", "a"), ("2024", "b")], names=["as_of", "entity_id"])
    >>> shrunk_rate(pd.DataFrame({"k": [1.0, None], "n": [3.0, None]}, index=rows), 2.0, 0.5).tolist()
    [0.4, nan]
    """
    common: Any = mean
    if mean == "population":
        sums = parts.fillna(0.0).groupby(level="as_of").transform("sum")
        common = (sums["k"] + 0.5) / (sums["n"] + 1.0)
    shrunk: pd.Series[Any] = (parts["k"].fillna(0.0) + strength * common) / (parts["n"] + strength)
    return shrunk
