"""How many of the alarms may be false: the bound of Benjamini and Hochberg."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def q_values(p_values: ArrayLike) -> NDArray[np.float64]:
    """Return for each test the smallest share of false alarms at which it is still one.

    Alarms at ``q <= 0.05`` are false in at most 5 of 100 in expectation, if tests without an effect depend on
    each other at most positively (Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001).

    Parameters
    ----------
    p_values : array-like of float, (n,)
        Chances of what was seen, or of more, without an effect.

    Returns
    -------
    ndarray of float, (n,)
        From 0 to 1.

    Examples
    --------
    >>> q_values([0.01, 0.5, 0.02]).round(3).tolist()
    [0.03, 0.5, 0.03]
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(-p, kind="stable")
    ranks = np.arange(len(p), 0, -1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(np.minimum(p[order] * len(p) / ranks, 1.0))
    return q
