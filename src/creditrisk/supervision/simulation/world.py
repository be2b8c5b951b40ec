r"""A made-up registry in which violations happen every quarter, whether or not somebody looks.

The probability that entity i violates a rule in quarter t is

.. math:: \mathrm{logit}\,p_{it} = -4.1 + 0.6 \min(\text{penalties}, 3) + 0.45 \min(\text{complaints}, 4)
          + 1.3\,\text{abnormal} + 0.9\,\text{report missing} + 0.8 e^{-\text{age}/4} + s_{k[i],t} + r_{g[i]}
          + 0.7 h_i

with an effect s of the sector that drifts, an effect r of the region, and a trait h that no indicator shows
directly; complaints are more frequent where it is high. Penalties are what inspections and others found in
the last twelve quarters, so that visits leave traces in the indicators. Nothing is taken from the much
richer `simulate`, which would be too slow to play for years.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.records.dates import add_months

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]

FIRST_DAY = dt.date(2021, 1, 1)
SECTORS, REGIONS = 12, 10
DIRECTIONS = {
    "penalty_n": "raises",
    "complaint_n": "raises",
    "abnormal_now": "raises",
    "report_missing": "raises",
    "age_years": "lowers",
}
GROUPS = ("sector", "region")
_INTERCEPT, _TRAIT = -4.1, 0.7
_FOUND_OTHERWISE = 0.02
_PENALTY_QUARTERS, _COMPLAINT_QUARTERS = 12, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """One quarter of the registry.

    Parameters
    ----------
    as_of : date
        Its first day.
    X : DataFrame, (entities, indicators)
        What is known on that day.
    violates : ndarray of bool, (entities,)
        Whose rules are broken in the quarter, seen or not.
    loss : ndarray of float, (entities,)
        What it costs if they are, in yuan.
    """

    as_of: dt.date
    X: pd.DataFrame
    violates: Flags
    loss: Floats


@dataclass(slots=True)
class LoopWorld:
    """The registry as it goes on; the same seed gives the same accidents, whoever is visited.

    Parameters
    ----------
    entities : int
        How many.
    seed : int
        Of everything that happens.
    """

    entities: int
    seed: int
    quarter: int = 0
    _fixed: dict[str, Any] = field(default_factory=dict)
    _sector_effect: Floats = field(default_factory=lambda: np.zeros(SECTORS))
    _penalties: list[Flags] = field(default_factory=list)
    _complaints: list[Codes] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw what stays, and the years before the first quarter."""
        rng = np.random.default_rng([self.seed, 0])
        size = self.entities
        self._fixed = {
            "ids": pd.Index([f"S{i:06d}" for i in range(size)], name="entity_id"),
            "age": rng.gamma(2.0, 4.0, size),
            "sector": rng.integers(SECTORS, size=size),
            "region": rng.integers(REGIONS, size=size),
            "trait": rng.normal(size=size),
            "capital": rng.normal(size=size),
            "region_effect": rng.normal(scale=0.3, size=REGIONS),
            "abnormal": rng.random(size) < 0.06,
        }
        self._sector_effect = rng.normal(scale=0.4, size=SECTORS)
        self._penalties = [rng.random(size) < 0.01 for _ in range(_PENALTY_QUARTERS)]
        self._complaints = [self._new_complaints(rng) for _ in range(_COMPLAINT_QUARTERS)]

    def next_quarter(self) -> Quarter:
        """Let a quarter pass, and return it.

        Returns
        -------
        Quarter
            Its first day, indicators, violations and losses.
        """
        rng = np.random.default_rng([self.seed, 1, self.quarter])
        fixed = self._fixed
        self._sector_effect = self._sector_effect + rng.normal(scale=0.12, size=SECTORS)
        flips = rng.random(self.entities)
        fixed["abnormal"] = np.where(fixed["abnormal"], flips > 0.15, flips < 0.01)
        missing = rng.random(self.entities) < 0.05 + 0.3 * fixed["abnormal"]
        as_of = add_months(FIRST_DAY, 3 * self.quarter)
        X = self._indicators(missing)
        eta = (
            _INTERCEPT
            + 0.6 * np.minimum(X["penalty_n"], 3)
            + 0.45 * np.minimum(X["complaint_n"], 4)
            + 1.3 * X["abnormal_now"]
            + 0.9 * X["report_missing"]
            + 0.8 * np.exp(-X["age_years"] / 4)
            + self._sector_effect[fixed["sector"]]
            + fixed["region_effect"][fixed["region"]]
            + _TRAIT * fixed["trait"]
        ).to_numpy(dtype=np.float64)
        violates = rng.random(self.entities) < 1 / (1 + np.exp(-eta))
        loss = np.exp(9.0 + 0.3 * fixed["capital"] + rng.normal(scale=0.8, size=self.entities))
        return Quarter(as_of=as_of, X=X, violates=violates, loss=loss)

    def punish(self, found: Flags, violates: Flags) -> None:
        """Enter the findings of the quarter, and what others found, as penalties.

        Parameters
        ----------
        found : ndarray of bool, (entities,)
            Violations that inspections found.
        violates : ndarray of bool, (entities,)
            All violations.
        """
        rng = np.random.default_rng([self.seed, 2, self.quarter])
        others = violates & (rng.random(self.entities) < _FOUND_OTHERWISE)
        self._penalties = [*self._penalties[1:], found | others]
        self._complaints = [*self._complaints[1:], self._new_complaints(rng)]
        self._fixed["age"] = self._fixed["age"] + 0.25
        self.quarter += 1

    def _new_complaints(self, rng: np.random.Generator) -> Codes:
        rate = 0.12 * np.exp(0.6 * self._fixed["trait"] - 0.18)
        return np.asarray(rng.poisson(rate), dtype=np.int64)

    def _indicators(self, missing: Flags) -> pd.DataFrame:
        fixed = self._fixed
        columns = {
            "penalty_n": np.sum(self._penalties, axis=0).astype(float),
            "complaint_n": np.sum(self._complaints, axis=0).astype(float),
            "abnormal_now": fixed["abnormal"].astype(float),
            "report_missing": missing.astype(float),
            "age_years": np.round(fixed["age"], 2),
            "capital_log": np.round(fixed["capital"], 1),
            "sector": np.char.add("K", fixed["sector"].astype(str)),
            "region": np.char.add("R", fixed["region"].astype(str)),
        }
        return pd.DataFrame(columns, index=fixed["ids"])
