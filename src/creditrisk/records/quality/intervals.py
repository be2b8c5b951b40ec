"""Wilson's interval of a rate: it never leaves 0 to 1, and says something where nothing failed."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

NAME = "Wilson, 95 %"
_Z = 1.959963984540054


def wilson(hits: ArrayLike, trials: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Wilson's 95 % interval of rates.

    Parameters
    ----------
    hits : array of int, (n,)
        How often it happened.
    trials : array of int, (n,)
        Of how many; without any, both ends are missing.

    Returns
    -------
    tuple of ndarray of float, (n,)
        Lower and upper ends.

    Examples
    --------
    >>> lower, upper = wilson([0, 5], [10, 10])
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([0.0, 0.237], [0.278, 0.763])
    """
    k, n = np.asarray(hits, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    n = np.where(n > 0, n, np.nan)
    rate = k / n
    centre = rate + _Z**2 / (2 * n)
    spread = _Z * np.sqrt(rate * (1 - rate) / n + _Z**2 / (4 * n**2))
    scale = 1 + _Z**2 / n
    lower = np.where(k == 0, 0.0, (centre - spread) / scale)
    upper = np.where(k == n, 1.0, (centre + spread) / scale)
    return np.where(np.isnan(n), np.nan, lower), np.where(np.isnan(n), np.nan, upper)
