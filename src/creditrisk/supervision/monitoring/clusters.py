"""Places with more abnormal entities than their area explains (异常频现经营地域): addresses, agents.

Of ``n`` entities at a place, ``k`` are listed. The rate ``p`` of the area is that of the entities elsewhere
in the area, shrunk towards the rate of everybody. Without an excess, ``k`` is binomial: its tail is the
p-value, and alarms are bound by their share of false ones. How large the excess is, is told by ``k`` against
``n p``, shrunk by a gamma prior that the places have in common (empirical Bayes): a place with two entities
of which two are listed does not stand above one with thirty of sixty.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field
from scipy.special import gammainccinv, gammaincinv
from scipy.stats import binom

from creditrisk.errors import SchemaError, SpecError, shown
from creditrisk.supervision.monitoring.false_discoveries import q_values
from creditrisk.supervision.settings import Settings

type Numbers = NDArray[np.float64]

_INTERVAL = 0.9
_LARGEST_PRIOR = 1e6


class ClusterRule(Settings):
    """Which places are alarms.

    Parameters
    ----------
    false_discoveries : float, default 0.05
        The bound of the share of false alarms.
    smallest : int, default 3
        How many listed entities a place needs.
    excess : float, default 2
        How many times the expectation the shrunken rate has to be.

    Examples
    --------
    >>> ClusterRule(smallest=5).false_discoveries
    0.05
    """

    false_discoveries: float = Field(default=0.05, gt=0, lt=1)
    smallest: int = Field(default=3, ge=1)
    excess: float = Field(default=2.0, ge=1)


@dataclass(frozen=True, slots=True)
class _Prior:
    """What the areas or places have in common: the mean, and how many cases it is worth."""

    mean: float
    strength: float


def find_clusters(entities: pd.DataFrame, rule: ClusterRule | None = None) -> pd.DataFrame:
    """Return the places by what is listed there beyond the expectation of their area.

    Parameters
    ----------
    entities : DataFrame
        One row an entity: `listed` (0 or 1), `place` (address or agent, missing if not known) and `area`.
    rule : ClusterRule, optional
        ``ClusterRule()`` if not given.

    Returns
    -------
    DataFrame
        Indexed by place, the smallest chance first: `entities`, `listed`, `expected`, `excess` (shrunken
        ratio of listed to expected), `excess_lower` and `excess_upper` (90 % interval), `p_value`, `q_value`
        and `alarm`. Places with a single entity are left out.

    Raises
    ------
    SchemaError
        If a column is missing.
    SpecError
        If `listed` is neither 0 nor 1 somewhere, or nobody has a place.

    Examples
    --------
    >>> door = ["a"] * 8 + ["b"] * 8 + [f"c{i // 2}" for i in range(400)]
    >>> listed = [1] * 7 + [0] + [0] * 8 + [0, 0, 0, 0, 0, 0, 0, 0, 0, 1] * 40
    >>> frame = pd.DataFrame({"listed": listed, "place": door, "area": "510104"})
    >>> places = find_clusters(frame)
    >>> places.index[places["alarm"]].tolist()
    ['a']
    """
    rule = rule or ClusterRule()
    known = _checked(entities)
    rate = _rates_elsewhere(known)
    grouped = known.assign(expected=rate).groupby("place", sort=False)
    places = grouped.agg(entities=("listed", "size"), listed=("listed", "sum"), expected=("expected", "sum"))
    places = places[places["entities"] > 1]
    n, k, expected = (places[name].to_numpy(np.float64) for name in ("entities", "listed", "expected"))
    places["excess"], places["excess_lower"], places["excess_upper"] = _shrunken(k, expected)
    places["p_value"] = binom.sf(k - 1, n, np.clip(expected / n, 0.0, 1.0))
    places["q_value"] = q_values(places["p_value"])
    places["alarm"] = (
        (places["q_value"] <= rule.false_discoveries)
        & (places["listed"] >= rule.smallest)
        & (places["excess"] >= rule.excess)
    )
    ordered: pd.DataFrame = places.sort_values(["p_value", "listed"], ascending=[True, False], kind="stable")
    return ordered


def _checked(entities: pd.DataFrame) -> pd.DataFrame:
    for name in ("listed", "place", "area"):
        if name not in entities:
            raise SchemaError(
                f"Clusters are found from listed, place and area; {name} is missing: add the column."
            )
    listed = pd.to_numeric(entities["listed"], errors="coerce")
    wrong = ~listed.isin([0, 1])
    if wrong.any():
        got = shown(entities["listed"][wrong].tolist()[0])
        raise SpecError(f"An entity is listed (1) or not (0); got {got}: correct it.")
    known = entities.assign(listed=listed.astype(float))[entities["place"].notna()]
    if known.empty:
        raise SpecError("Clusters are found among entities with a place; none has one: fill in `place`.")
    return known.assign(area=pd.factorize(known["area"], use_na_sentinel=False)[0])


def _rates_elsewhere(known: pd.DataFrame) -> "pd.Series[Any]":
    """Return for each entity the shrunken rate of its area outside its place."""
    areas = known.groupby("area")["listed"].agg(["size", "sum"])
    prior = _beta_prior(areas["size"].to_numpy(np.float64), areas["sum"].to_numpy(np.float64))
    sums = {by: known.groupby(by)["listed"].transform("sum") for by in ("area", "place")}
    here = known.groupby(["area", "place"])["listed"]
    k = sums["area"] - here.transform("sum")
    n = known.groupby("area")["listed"].transform("size") - here.transform("size")
    overall = (known["listed"].sum() - sums["place"] + 0.5) / (
        len(known) - known.groupby("place")["listed"].transform("size") + 1.0
    )
    rate: pd.Series[Any] = (k + prior.strength * overall) / (n + prior.strength)
    return rate


def _beta_prior(n: Numbers, k: Numbers) -> _Prior:
    """Return mean and strength of the areas' rates by the method of moments."""
    mean = float((k.sum() + 0.5) / (n.sum() + 1.0))
    spread = float((n * (k / n - mean) ** 2).sum() - (len(n) - 1) * mean * (1 - mean))
    room = float(n.sum() - (n**2).sum() / n.sum())
    between = spread / room if room > 0 else 0.0
    strength = mean * (1 - mean) / between - 1.0 if between > 0 else _LARGEST_PRIOR
    return _Prior(mean, float(np.clip(strength, 1.0, _LARGEST_PRIOR)))


def _shrunken(k: Numbers, expected: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return mean and interval of each ratio under a gamma prior with mean 1 fitted by moments."""
    between = float(((k - expected) ** 2 - k).sum() / max((expected**2).sum(), 1e-12))
    strength = float(np.clip(1.0 / between if between > 0 else _LARGEST_PRIOR, 0.05, _LARGEST_PRIOR))
    shape, rate = k + strength, expected + strength
    tail = (1 - _INTERVAL) / 2
    return shape / rate, gammaincinv(shape, tail) / rate, gammainccinv(shape, tail) / rate
