"""Values at the leaves of a tree, smoothed along its branches.

The value of a node is normal around that of the node above, with one variance for each level; the root may
have any value. A leaf is measured with a known precision. The variances are those of the largest likelihood,
the values of all nodes integrated out; given them the mean and variance of each leaf are exact, by one pass
up the tree and one down.
"""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]

_LOG_VARIANCE = (-16.0, 1.0)
_START = -5.0


def smooth(measured: Floats, precision: Floats, groups: Sequence[Codes]) -> tuple[Floats, Floats]:
    """Return mean and variance of every leaf.

    Parameters
    ----------
    measured : ndarray of float, (leaves,)
        Measured values.
    precision : ndarray of float, (leaves,)
        One over their variances; 0 where nothing was measured.
    groups : sequence of ndarray of int, (leaves,)
        For each level of nodes above, the largest first, which node a leaf is under, counted from 0.

    Returns
    -------
    tuple of two ndarrays of float, (leaves,)
        Mean and variance.

    Examples
    --------
    >>> values, like = np.array([0.1, 0.12, 0.11, 0.9]), np.array([9.0, 9.0, 9.0, 0.0])
    >>> smooth(values, like, [])[0].round(2).tolist()
    [0.11, 0.11, 0.11, 0.11]
    """
    parents = _parents(groups, len(measured))

    def lost(log_variances: Floats) -> float:
        return -_upward(measured, precision, parents, np.exp(log_variances))[2]

    found = minimize(
        lost,
        np.full(len(parents), _START),
        method="L-BFGS-B",
        bounds=[_LOG_VARIANCE] * len(parents),
    )
    variances = np.exp(found.x)
    means, precisions, _ = _upward(measured, precision, parents, variances)
    return _downward(means, precisions, parents, variances)


def _parents(groups: Sequence[Codes], leaves: int) -> list[Codes]:
    """Return for each level, the largest first, the node above each of its nodes; all under one root."""
    levels = [np.zeros(leaves, dtype=np.intp), *groups, np.arange(leaves)]
    parents = []
    for above, below in itertools.pairwise(levels):
        of_node = np.zeros(int(below.max(initial=-1)) + 1, dtype=np.intp)
        of_node[below] = above
        parents.append(of_node)
    return parents


def _upward(
    measured: Floats, precision: Floats, parents: Sequence[Codes], variances: Floats
) -> tuple[list[Floats], list[Floats], float]:
    """Return what the leaves below say of each node, from the root to the leaves, and the log-likelihood."""
    means, precisions, likelihood = [measured], [precision], 0.0
    for above, variance in zip(reversed(parents), reversed(variances), strict=True):
        mean, told = means[0], _seen_from_above(precisions[0], variance)
        number = int(above.max(initial=-1)) + 1
        total = np.bincount(above, told, number)
        average = np.bincount(above, told * mean, number) / np.where(total > 0, total, 1)
        heard = told > 0
        likelihood += 0.5 * float(np.log(told[heard]).sum() - np.log(total[total > 0]).sum())
        likelihood -= 0.5 * float((told * (mean - average[above]) ** 2).sum())
        means.insert(0, average)
        precisions.insert(0, total)
    return means, precisions, likelihood


def _downward(
    means: Sequence[Floats], precisions: Sequence[Floats], parents: Sequence[Codes], variances: Floats
) -> tuple[Floats, Floats]:
    """Return mean and variance of the leaves by all that was measured."""
    mean, precision = means[0], precisions[0]
    for above, variance, own, own_precision in zip(
        parents, variances, means[1:], precisions[1:], strict=True
    ):
        told = _seen_from_above(own_precision, variance)
        others = np.maximum(precision[above] - told, 0.0)
        from_others = (precision[above] * mean[above] - told * own) / np.where(others > 0, others, 1)
        from_above = _seen_from_above(others, variance)
        precision = own_precision + from_above
        mean = (own_precision * own + from_above * from_others) / precision
    return mean, 1 / precision


def _seen_from_above(precision: Floats, variance: float) -> Floats:
    """Return the precision of a normal value after one more normal step."""
    return precision / (1 + precision * variance)
