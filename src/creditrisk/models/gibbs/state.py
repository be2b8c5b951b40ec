"""What is sampled, and where a chain is: the two that compiled moves pass on."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

LEAST = 1e-14
SUMS = {"reassoc", "contract", "nsz"}


class Target(NamedTuple):
    r"""What is sampled; coefficients that may be negative come first.

    The log-likelihood is :math:`(g'd - d'Hd/2) / \sigma^2` with d the distance from a point. Directions are
    the rows of the inverse Cholesky factor of a likely curvature: the first of them draw all normal
    coefficients at once, the others move one increment with all that depends on it.
    """

    at: Floats
    gradient: Floats
    hessian: Floats
    directions: Floats
    images: Floats
    curvature: Floats
    normals: int
    ordered: int
    mean: Floats
    factor: Floats
    start: Whole
    stop: Whole
    deviation: Floats
    vectors: Floats
    values: Floats
    steps: float
    tail: float
    weight: float
    squares: float
    noise: float


class State(NamedTuple):
    """Where a chain is; ``rate`` is the prior's rate of an increment or precision of a normal."""

    theta: Floats
    slope: Floats
    rate: Floats
    sizes: Floats
    overall: Floats
    sigma: Floats
