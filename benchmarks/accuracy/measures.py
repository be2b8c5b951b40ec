"""Figures of a prediction: those of the public splits, under the names of our tables."""

from types import ModuleType

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def probability_figures(splits: ModuleType, y: Floats, p: Floats) -> dict[str, float]:
    """Return how well probabilities fit what happened.

    Parameters
    ----------
    splits : ModuleType
        The public splits.
    y : ndarray, (rows,)
        0 or 1.
    p : ndarray, (rows,)
        Probabilities.

    Returns
    -------
    dict of str to float
        `auc` and its standard error by Hanley and McNeil, `log_loss`, `brier`, the shares of the positives
        in the highest tenth and half, and the mean probability less the rate.
    """
    scores = splits.scores(y, p)
    return {
        "auc": scores["auc"],
        "auc_se": scores["auc_se"],
        "log_loss": scores["logloss"],
        "brier": scores["brier"],
        "top_tenth": scores["top10"],
        "first_half": scores["half"],
        "mean_p_less_rate": float(p.mean() - y.mean()),
    }


def money_in_first(share: float, amount: Floats, score: Floats) -> float:
    """Return the share of the money in the highest-scored rows.

    Parameters
    ----------
    share : float
        Of the rows, such as 0.5; rounded up to whole rows.
    amount : ndarray, (rows,)
        Money.
    score : ndarray, (rows,)
        The order; equal scores keep the order of the rows.

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> money_in_first(0.5, np.array([1.0, 0.0, 3.0, 0.0]), np.array([0.1, 0.2, 0.9, 0.3]))
    0.75
    """
    first = np.argsort(-score, kind="stable")[: int(np.ceil(share * len(score)))]
    return float(amount[first].sum() / amount.sum())
