"""Are the ranks of truths among the draws of their posteriors even?"""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import chisquare

RANKS = 99
_BINS = 10


def even_ranks(found: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """Return the p-value of even ranks for each quantity, chi-squared over ten bins (Talts et al. 2018).

    Parameters
    ----------
    found : sequence of mapping of str to int
        One a replication: the rank of each truth among `RANKS` draws.

    Returns
    -------
    dict of str to float
        By quantity.
    """
    result = {}
    for name in found[0]:
        ranks = np.array([one[name] for one in found])
        counts = np.bincount(ranks * _BINS // (RANKS + 1), minlength=_BINS)
        result[name] = float(chisquare(counts).pvalue)
    return result
