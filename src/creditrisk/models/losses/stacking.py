"""How much each family counts: weights with the highest leave-one-out density of the mixture."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

Floats = NDArray[np.float64]
ROUNDS = 1000
TOLERANCE = 1e-7


def stacking_weights(log_density: Floats, weight: Floats) -> Floats:
    """Return the weights of the families, at least 0 and 1 together.

    Parameters
    ----------
    log_density : ndarray of shape (rows, families)
        Leave-one-out log-density of each row under each family.
    weight : ndarray of shape (rows,)
        Of each row.

    Returns
    -------
    ndarray of shape (families,)
        Where the weighted mean log-density of the mixture is highest.

    Examples
    --------
    >>> stacking_weights(np.log([[0.5, 0.1], [0.4, 0.2]]), np.ones(2)).round(2)
    array([1., 0.])
    """
    shares = np.full(log_density.shape[1], 1 / log_density.shape[1])
    for _ in range(ROUNDS):
        with np.errstate(divide="ignore"):
            joint = log_density + np.log(shares)
        belongs = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
        new = weight @ belongs / weight.sum()
        moved, shares = np.max(np.abs(new - shares)), new
        if moved < TOLERANCE:
            break
    return shares


def draws_of_each(shares: Floats, keep: int) -> NDArray[np.intp]:
    """Return how many of `keep` draws each family gives, as its share says, up to rounding.

    Examples
    --------
    >>> draws_of_each(np.array([0.66, 0.34, 0.001]), 100).tolist()
    [66, 34, 0]
    """
    points = (np.arange(keep) + 0.5) / keep
    chosen = np.minimum(np.searchsorted(np.cumsum(shares), points), len(shares) - 1)
    return np.bincount(chosen, minlength=len(shares)).astype(np.intp)
