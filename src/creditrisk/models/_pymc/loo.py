"""Leave-one-out predictive densities from the draws of one fit, by Pareto smoothed importance sampling."""

import numpy as np
from arviz_stats.base import array_stats
from numpy.typing import NDArray
from scipy.special import logsumexp

Floats = NDArray[np.float64]
FEWEST_DRAWS = 25


def leave_one_out(log_density: Floats) -> tuple[Floats, Floats]:
    r"""Return the log-density of each row without its own influence, and its :math:`\hat k`.

    Parameters
    ----------
    log_density : ndarray of shape (draws, rows)
        Of each row under each draw; with too few draws to weigh, their plain mean is taken.

    Returns
    -------
    tuple of two ndarray of shape (rows,)
        Log-densities; above 0.7 one is not to be trusted.
    """
    if len(log_density) < FEWEST_DRAWS:
        mean: Floats = logsumexp(log_density, axis=0) - np.log(len(log_density))
        return mean, np.zeros(log_density.shape[1])
    rows = np.ascontiguousarray(log_density.T)
    log_weights, k_hat = array_stats.psislw(rows, axis=-1)
    log_weights = log_weights - logsumexp(log_weights, axis=1, keepdims=True)
    return logsumexp(log_weights + rows, axis=1), np.asarray(k_hat, dtype=np.float64)
