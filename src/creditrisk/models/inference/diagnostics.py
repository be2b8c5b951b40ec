"""What chains say of themselves, and the weights of importance sampling; ArviZ computes both."""

from typing import Any

import numpy as np
from arviz_stats.base import array_stats
from numpy.typing import NDArray

from creditrisk.models.inference.status import DIVERGENT_SHARE_LIMIT, R_HAT_LIMIT

Floats = NDArray[np.float64]

_COEFFICIENTS = ("theta", "theta_spread", "loss_theta", "correlation")


def agrees(tree: Any) -> bool:
    """Return whether the chains of all coefficients pass the checks that a fit must pass."""
    diverging = tree["sample_stats"]["diverging"]
    return int(diverging.sum()) <= int(DIVERGENT_SHARE_LIMIT * diverging.size) and all(
        _largest_r_hat(tree["posterior"][name].values) <= R_HAT_LIMIT
        for name in _COEFFICIENTS
        if name in tree["posterior"]
    )


def convergence(tree: Any, name: str = "theta") -> tuple[float, float, int]:
    """Return the largest R-hat and smallest ESS (not finite if a chain stood still), and the divergences."""
    theta = tree["posterior"][name].values
    r_hat = _largest_r_hat(theta)
    with np.errstate(divide="ignore", invalid="ignore"):
        ess = float(np.min(np.asarray(array_stats.ess(theta, chain_axis=0, draw_axis=1))))
    divergences = int(tree["sample_stats"]["diverging"].sum())
    return r_hat, ess, divergences


def _largest_r_hat(theta: Floats) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.max(np.asarray(array_stats.rhat(theta, chain_axis=0, draw_axis=1))))


def flat(tree: Any, name: str) -> Floats:
    """Return the draws of one variable, chains end to end, shape (draws, …)."""
    values = tree["posterior"][name].values
    return np.asarray(values.reshape(-1, *values.shape[2:]), dtype=np.float64)


def smoothed_weights(log_ratio: Floats) -> tuple[Floats, float]:
    """Return the PSIS weights, summing to 1, and k-hat, of exact minus surrogate log-likelihoods.

    Draws whose tail cannot be fitted, since the chains stood still, have an infinite k-hat.
    """
    try:
        log_weights, k_hat = array_stats.psislw(-log_ratio)
    except ValueError:
        return np.full(len(log_ratio), 1 / len(log_ratio)), np.inf
    weights = np.exp(log_weights - np.max(log_weights))
    return weights / weights.sum(), float(k_hat)
