"""Ways of choosing whom to visit: the loop, and what it is compared with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.ratings import Ratings
from creditrisk.models.posterior import RiskPosterior
from creditrisk.models.risk import RiskModel
from creditrisk.supervision.lot import lot_numbers
from creditrisk.supervision.plan import InspectionPlan

Floats = NDArray[np.float64]

_LEAST = 0.4

SHARES = {"A": 0.4727, "B": 0.3359, "C": 0.0975, "D": 0.0939}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Whom a policy visits in a quarter, and what it believes beforehand.

    Parameters
    ----------
    draw : DataFrame
        As of `InspectionPlan.draw`; where nothing was drawn at random, no inclusion probabilities.
    predicted : Series or None
        Probability of a violation of every entity, of a policy with a model.
    """

    draw: pd.DataFrame
    predicted: pd.Series | None


type Choose = Callable[[pd.DataFrame, RiskModel | None, str, int], Choice]


def the_loop(X: pd.DataFrame, model: RiskModel | None, seed: str, capacity: int) -> Choice:
    """Draw by the most expected loss, with a least chance and a tenth of the visits to explore.

    Everybody has at least two fifths of the chance of a uniform draw, which takes two fifths of the visits:
    with fewer, the rate of everybody is known less well, and with more, less is found.

    Parameters
    ----------
    X : DataFrame
        Indicators of the quarter.
    model : RiskModel or None
        Fitted to earlier rounds with their weights.
    seed : str
        Of the draw.
    capacity : int
        How many visits.

    Returns
    -------
    Choice
        A draw with inclusion probabilities.
    """
    posterior = _believes(model, X)
    ratings = GradingPolicy.calibrate_on(posterior, X, shares=SHARES).grade(posterior, X)
    plan = InspectionPlan(
        capacity=capacity, least_chance=_LEAST * capacity / len(X), exploration=0.1, seed=seed
    )
    return Choice(draw=plan.draw(ratings), predicted=ratings.table["p_violation"])


def uniform(X: pd.DataFrame, model: RiskModel | None, seed: str, capacity: int) -> Choice:
    """Draw everybody with the same chance.

    Parameters
    ----------
    X : DataFrame
        Indicators of the quarter.
    model : RiskModel or None
        Not used.
    seed : str
        Of the draw.
    capacity : int
        How many visits.

    Returns
    -------
    Choice
        A draw with inclusion probabilities.
    """
    ratings = _flat_ratings(X)
    rates = {"A": capacity / len(X)}
    return Choice(
        draw=InspectionPlan(rates=rates, capacity=capacity, seed=seed).draw(ratings), predicted=None
    )


def by_rules(X: pd.DataFrame, model: RiskModel | None, seed: str, capacity: int) -> Choice:
    """Visit those who hit the most rules; among equals, by lot.

    Parameters
    ----------
    X : DataFrame
        Indicators of the quarter.
    model : RiskModel or None
        Not used.
    seed : str
        Of the lot among equals.
    capacity : int
        How many visits.

    Returns
    -------
    Choice
        A list without inclusion probabilities.
    """
    score = (
        2.0 * X["abnormal_now"]
        + 2.0 * (X["penalty_n"] >= 2)
        + 1.0 * (X["penalty_n"] == 1)
        + 1.0 * X["report_missing"]
        + 1.0 * (X["complaint_n"] >= 2)
    )
    return Choice(draw=_top(X, score.to_numpy(dtype=np.float64), seed, capacity), predicted=None)


def greedy(X: pd.DataFrame, model: RiskModel | None, seed: str, capacity: int) -> Choice:
    """Visit those with the most expected loss, and nobody else.

    Parameters
    ----------
    X : DataFrame
        Indicators of the quarter.
    model : RiskModel or None
        Fitted to earlier rounds without weights.
    seed : str
        Of the lot among equals.
    capacity : int
        How many visits.

    Returns
    -------
    Choice
        A list without inclusion probabilities.
    """
    posterior = _believes(model, X)
    predicted = pd.Series(posterior.mean_p(), index=X.index)
    return Choice(draw=_top(X, posterior.mean_expected_loss(), seed, capacity), predicted=predicted)


POLICIES: Mapping[str, Choose] = {
    "the loop": the_loop,
    "uniform random": uniform,
    "rules only": by_rules,
    "greedy targeting": greedy,
}


def _believes(model: RiskModel | None, X: pd.DataFrame) -> RiskPosterior:
    if model is None:
        raise AssertionError("a policy with a model is asked after its first fit")
    return model.posterior(X)


def _flat_ratings(X: pd.DataFrame) -> Ratings:
    columns = ["p_violation", "p_violation_lower", "p_violation_upper", "expected_loss_cny"]
    table = pd.DataFrame(0.0, index=X.index, columns=columns)
    table.insert(0, "risk_class", "A")
    return Ratings(table=table, currency="CNY", interval=0.9, policy="uniform", as_of=None)


def _top(X: pd.DataFrame, score: Floats, seed: str, capacity: int) -> pd.DataFrame:
    order = np.lexsort((lot_numbers(X.index, seed), -score))
    drawn = np.zeros(len(X), dtype=bool)
    drawn[order[:capacity]] = True
    return pd.DataFrame(
        {
            "risk_class": "D",
            "inclusion_probability": np.nan,
            "drawn": drawn,
            "channel": pd.Series("targeted", index=X.index, dtype=object).where(drawn, None),
        },
        index=X.index,
    )
