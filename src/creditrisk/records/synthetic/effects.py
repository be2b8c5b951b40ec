"""The truth of the synthetic world: what raises the probability of a violation, and by how much.

At 1 January ``t`` the probability that an entity breaks a rule in the next twelve months is::

    logit p = intercept + sum_j f_j(x_j) + height * exp(-age / years) + u_region + v_sector

Every ``x_j`` is read from the records known before ``t``, so a right model can recover ``p``. Indicators of
the `general` system that are not named here have no effect. A violation costs, unless it ends in a warning::

    log loss = mean + capital + penalties + u'_region + v'_sector + Normal(0, sd)
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Log-odds by the number of records of one kind.

    Parameters
    ----------
    indicator : str
        Name of the indicator.
    table : str
        The record type.
    measure : str
        ``"count"`` of records in the window, ``"listed"`` now, or licence ``"expired"`` now.
    increments : tuple of float
        Log-odds added by the first, second … record; further records add nothing.
    months : int, optional
        Length of the window before `t`, for counts.
    where : tuple of (str, value), optional
        A column and the value that it must have to count.
    unless : str, optional
        A date column; a record does not count once that date has passed.

    Examples
    --------
    >>> effect = Points(indicator="n", table="penalty", measure="count", increments=(0.5, 0.25))
    >>> effect.log_odds(np.array([0, 1, 2, 9])).tolist()
    [0.0, 0.5, 0.75, 0.75]
    """

    indicator: str
    table: str
    measure: str
    increments: tuple[float, ...]
    months: int | None = None
    where: tuple[str, Any] | None = None
    unless: str | None = None

    def log_odds(self, counts: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the log-odds of each count."""
        levels = np.concatenate([[0.0], np.cumsum(self.increments)])
        return np.asarray(levels[np.minimum(counts, len(self.increments))])


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationTruth:
    """The true model of violation; see the module's formula.

    Parameters
    ----------
    intercept : float
        Log-odds of an old entity without any record.
    points : tuple of Points
        Effects of counted records and states.
    age_height, age_years : float
        Log-odds of a new entity over an old one, and the years in which they fall to 1/e.
    region_sd, sector_sd : float
        Spread of the region and sector effects, in log-odds.
    """

    intercept: float
    points: tuple[Points, ...]
    age_height: float
    age_years: float
    region_sd: float
    sector_sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LossTruth:
    """The true model of the loss of a violation; see the module's formula.

    Parameters
    ----------
    mean_log : float
        Mean log loss in yuan of an entity of 1 million yuan of capital without penalties.
    capital_slope : float
        Increase with the logarithm of the capital.
    capital_range : float
        The log capital counts up to this distance from 1 million yuan.
    per_penalty : float
        Increase for each of the first three penalties in 36 months.
    region_sd, sector_sd, sd : float
        Spread between regions, between sectors and within both, of the log loss.
    warning_share : float
        Share of violations that end in a warning: loss 0.
    """

    mean_log: float
    capital_slope: float
    capital_range: float
    per_penalty: float
    region_sd: float
    sector_sd: float
    sd: float
    warning_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionTruth:
    """How entities come to be inspected within a year.

    Parameters
    ----------
    random_range : tuple of (float, float)
        Smallest and largest inclusion probability of the random draw (双随机) over the regions.
    targeted_level, targeted_slope : float
        Log-odds of a targeted inspection: level + slope x (log-odds of violation from the records alone).
    complaint_rate : float
        Probability that a complaint leads to an inspection of an entity that breaks no rule.
    complaint_odds : float
        How many times likelier that is if it does break one; multiplies the odds of violation among them.
    """

    random_range: tuple[float, float]
    targeted_level: float
    targeted_slope: float
    complaint_rate: float
    complaint_odds: float


VIOLATION = ViolationTruth(
    intercept=-3.88,
    points=(
        Points(
            indicator="penalty_n",
            table="penalty",
            measure="count",
            months=36,
            unless="revoked_on",
            increments=(0.7, 0.4, 0.2),
        ),
        Points(
            indicator="complaint_n",
            table="complaint",
            measure="count",
            months=12,
            increments=(0.4, 0.3, 0.2, 0.1),
        ),
        Points(
            indicator="abnormal_now",
            table="abnormal_list",
            measure="listed",
            increments=(0.8,),
        ),
        Points(
            indicator="annual_report_missing",
            table="annual_report",
            measure="count",
            months=36,
            where=("filed", False),
            increments=(0.5, 0.3, 0.15),
        ),
        Points(
            indicator="legal_person_changes",
            table="registration_change",
            measure="count",
            months=24,
            where=("item", "legal_person"),
            increments=(0.35, 0.2, 0.1),
        ),
        Points(
            indicator="address_changes",
            table="registration_change",
            measure="count",
            months=24,
            where=("item", "address"),
            increments=(0.3, 0.2, 0.1),
        ),
        Points(indicator="licence_expired", table="licence", measure="expired", increments=(0.7,)),
        Points(
            indicator="judgment_defaulter",
            table="judgment_defaulter",
            measure="listed",
            increments=(0.6,),
        ),
        Points(
            indicator="lawsuit_n",
            table="lawsuit",
            measure="count",
            months=36,
            where=("role", "defendant"),
            increments=(0.3, 0.15, 0.1),
        ),
        Points(
            indicator="zero_insured",
            table="social_insurance",
            measure="count",
            months=6,
            where=("persons", 0),
            increments=(0.7,),
        ),
        Points(
            indicator="commendation_n",
            table="commendation",
            measure="count",
            months=36,
            increments=(-0.5, -0.25),
        ),
    ),
    age_height=1.6,
    age_years=4.0,
    region_sd=0.3,
    sector_sd=0.35,
)

LOSS = LossTruth(
    mean_log=9.5,
    capital_slope=0.12,
    capital_range=3.0,
    per_penalty=0.15,
    region_sd=0.2,
    sector_sd=0.5,
    sd=1.2,
    warning_share=0.1,
)

INSPECTIONS = InspectionTruth(
    random_range=(0.04, 0.08),
    targeted_level=-2.9,
    targeted_slope=1.0,
    complaint_rate=0.045,
    complaint_odds=3.0,
)
