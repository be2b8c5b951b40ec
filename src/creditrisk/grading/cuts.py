"""Three cuts, and the class that they give by themselves."""

import numpy as np
from numpy.typing import NDArray

Cuts = tuple[float, float, float]


def model_ranks(values: NDArray[np.float64], cuts: Cuts) -> NDArray[np.int8]:
    """Return the class by the cuts alone, 0 for A to 3 for D; a value on a cut is in the riskier class.

    Parameters
    ----------
    values : ndarray of float, (entities,)
        What is cut.
    cuts : tuple of 3 floats
        The lower bounds of B, C and D.

    Returns
    -------
    ndarray of int8, (entities,)
        Ranks.

    Examples
    --------
    >>> model_ranks(np.array([0.5, 1.0, 2.5, 9.0]), (1.0, 2.0, 3.0)).tolist()
    [0, 1, 2, 3]
    """
    return np.searchsorted(np.asarray(cuts), values, side="right").astype(np.int8)
