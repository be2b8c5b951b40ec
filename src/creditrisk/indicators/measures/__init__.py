"""Every measure that a system file can name; a new one is one file and one line here."""

from collections.abc import Mapping
from typing import Any

from creditrisk.errors import SpecError, hint
from creditrisk.indicators.measures.attribute import Attribute
from creditrisk.indicators.measures.attribute_age import AttributeAge
from creditrisk.indicators.measures.base_rate import BaseRate
from creditrisk.indicators.measures.change import Change
from creditrisk.indicators.measures.count import Count
from creditrisk.indicators.measures.current import Current
from creditrisk.indicators.measures.current_days import CurrentDays
from creditrisk.indicators.measures.days_since_first import DaysSinceFirst
from creditrisk.indicators.measures.days_since_last import DaysSinceLast
from creditrisk.indicators.measures.days_until import DaysUntil
from creditrisk.indicators.measures.decayed_count import DecayedCount
from creditrisk.indicators.measures.distinct import Distinct
from creditrisk.indicators.measures.flag import Flag
from creditrisk.indicators.measures.lapsed import Lapsed
from creditrisk.indicators.measures.largest import Largest
from creditrisk.indicators.measures.largest_shift import LargestShift
from creditrisk.indicators.measures.latest import Latest
from creditrisk.indicators.measures.latest_is import LatestIs
from creditrisk.indicators.measures.latest_ratio import LatestRatio
from creditrisk.indicators.measures.mean import Mean
from creditrisk.indicators.measures.mean_trend import MeanTrend
from creditrisk.indicators.measures.measure import Measure
from creditrisk.indicators.measures.overdue import Overdue
from creditrisk.indicators.measures.peers import Peers
from creditrisk.indicators.measures.rate import Rate
from creditrisk.indicators.measures.ratio import Ratio
from creditrisk.indicators.measures.related_current_share import RelatedCurrentShare
from creditrisk.indicators.measures.related_share import RelatedShare
from creditrisk.indicators.measures.season import Season
from creditrisk.indicators.measures.total import Total
from creditrisk.indicators.measures.trend import Trend
from creditrisk.records.toml_file import parse

MEASURES: dict[str, type[Measure]] = {
    "attribute": Attribute,
    "attribute_age": AttributeAge,
    "base_rate": BaseRate,
    "change": Change,
    "count": Count,
    "current": Current,
    "current_days": CurrentDays,
    "days_since_first": DaysSinceFirst,
    "days_since_last": DaysSinceLast,
    "days_until": DaysUntil,
    "decayed_count": DecayedCount,
    "distinct": Distinct,
    "flag": Flag,
    "lapsed": Lapsed,
    "largest_shift": LargestShift,
    "latest": Latest,
    "latest_is": LatestIs,
    "latest_ratio": LatestRatio,
    "max": Largest,
    "mean": Mean,
    "mean_trend": MeanTrend,
    "overdue": Overdue,
    "peers": Peers,
    "rate": Rate,
    "ratio": Ratio,
    "related_current_share": RelatedCurrentShare,
    "related_share": RelatedShare,
    "season": Season,
    "sum": Total,
    "trend": Trend,
}


def build_measure(name: str, parameters: Mapping[str, Any], where: str = "a measure") -> Measure:
    """Return a measure by its name in a system file.

    Parameters
    ----------
    name : str
        A key of `MEASURES`.
    parameters : mapping of str to object
        Its parameters, as in a TOML file.
    where : str
        What to call it in an error.

    Returns
    -------
    Measure
        A frozen spec.

    Raises
    ------
    SpecError
        If the name or a parameter is unknown, or a parameter is missing or wrong.

    Examples
    --------
    >>> build_measure("decayed_count", {"half_life_months": 12})
    DecayedCount(half_life_months=12.0)
    """
    if name not in MEASURES:
        raise SpecError(f"In {where} the measure {name!r} is unknown.{hint(name, MEASURES)}")
    return parse(MEASURES[name], dict(parameters), where)


__all__ = ["MEASURES", "Measure", "build_measure"]
