"""The directions along which coefficients move freely, given how far their priors let them go."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from creditrisk.models.gibbs.state import Directions, Target

Floats = NDArray[np.float64]


def turned(target: Target, reach: Floats, sigma: float) -> Target:
    """Return the same target with the directions for other scales.

    Parameters
    ----------
    target : Target
        What is sampled.
    reach : ndarray of shape (coefficients,)
        How far priors let each coefficient go: the scale of a normal, an increment itself.
    sigma : float
        Standard deviation of normal observations; 1 where there are none.

    Returns
    -------
    Target
        With rows of inverse Cholesky factors as directions.
    """
    size, lean = len(target.own), target.lean
    across, rest = target.hessian[:, :size], target.hessian[:, size:]
    alone = target.own / sigma**2 + reach[:size] ** -2
    precision = rest / sigma**2 + np.diag(reach[size:] ** -2)
    within = _inverse_root(precision)
    images = within @ rest
    inner = Directions(size, within, images, np.einsum("ij,ij->i", within, images), within @ lean[size:])
    if size == 0:
        return target._replace(whole=inner, within=inner)
    after = _inverse_root(precision - (across / alone) @ across.T / sigma**4)
    before = -(after @ across) / (alone * sigma**2)
    vectors = np.hstack([before, after])
    images = np.hstack([before * target.own + after @ across, before @ across.T + after @ rest])
    whole = Directions(0, vectors, images, np.einsum("ij,ij->i", vectors, images), vectors @ lean)
    return target._replace(whole=whole, within=inner)


def _inverse_root(precision: Floats) -> Floats:
    root = np.linalg.cholesky(precision)
    found: Floats = solve_triangular(root, np.eye(len(root)), lower=True)
    return np.ascontiguousarray(found)
