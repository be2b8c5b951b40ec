"""What is sampled, and where a chain is: the two that compiled moves pass on."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

LEAST = 1e-14
SUMS = {"reassoc", "contract", "nsz"}


class Directions(NamedTuple):
    """Directions, the likelihood's curvature times them and along them, and how they move the intercept.

    They begin at one of the coefficients, and those before it stay where they are; rows are of the
    coefficients after the group apart.
    """

    first: int
    vectors: Floats
    images: Floats
    curvature: Floats
    lean: Floats


class Target(NamedTuple):
    r"""What is sampled: the largest group taken apart, others that may be negative, and increments.

    The log-likelihood is :math:`(g'd - d'Hd/2) / \sigma^2` with d the distance from a point; the curvature
    within the group is the diagonal ``own``, all other rows of H are ``hessian``. The intercept is ``lean``
    times the coefficients; its prior has mean ``anchor`` and precision ``firm``. Directions ``whole`` are
    rows of the inverse Cholesky factor of a likely curvature: with the group's own draw, the first of them
    draw all normal coefficients at once, the others move one increment with all that depends on it. Those
    ``within`` leave the group where it is.
    """

    at: Floats
    gradient: Floats
    own: Floats
    hessian: Floats
    whole: Directions
    within: Directions
    normals: int
    ordered: int
    mean: Floats
    factor: Floats
    start: Whole
    stop: Whole
    deviation: Floats
    diagonal: NDArray[np.bool_]
    vectors: Floats
    values: Floats
    lean: Floats
    anchor: float
    firm: float
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
    intercept: Floats
