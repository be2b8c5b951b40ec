r"""Groups taken apart from the intercept: their curvature is diagonal then, as no row has two levels.

The effects of a group are its coefficients less their mean. Seen with the mean of the coefficients u moved
into the intercept, :math:`a = \alpha - l'u`, every row knows a and one coefficient of the group;
what is left of the mean is in the prior of :math:`\alpha = a + l'u`.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.gibbs.law import Law
from creditrisk.models.gibbs.quadratic import Quadratic

Floats = NDArray[np.float64]

_ROUNDING = 1e-10


@dataclass(frozen=True, kw_only=True)
class Apart:
    """What data say, of the intercept apart from the means of groups.

    Attributes
    ----------
    likelihood : Quadratic
        Of a and all other coefficients.
    lean : ndarray of shape (coefficients,)
        1 for the intercept, l for the groups that were taken apart, 0 elsewhere.
    groups : tuple of int
        Numbers of the scales of those groups.
    """

    likelihood: Quadratic
    lean: Floats
    groups: tuple[int, ...]

    def together(self, theta: Floats) -> Floats:
        """Return coefficients, shape (..., coefficients), with their intercept instead of a."""
        found = theta.copy()
        found[..., 0] = theta @ self.lean
        return found


def take_apart(likelihood: Quadratic, law: Law) -> Apart:
    """Take every group apart whose curvature becomes diagonal.

    Parameters
    ----------
    likelihood : Quadratic
        What the data say of the coefficients, the intercept first.
    law : Law
        The priors.

    Returns
    -------
    Apart
        The same, with the intercept apart from the groups.
    """
    lean, groups = np.zeros(len(law.mean)), []
    for number, scale in enumerate(law.scales):
        if scale.deviation > 0 and (weight := _share_of_mean(likelihood.hessian, scale.where)):
            lean[scale.where] = weight
            groups.append(number)
    along = likelihood.hessian[0]
    hessian = likelihood.hessian + np.outer(lean, along)
    hessian += np.outer(along + along[0] * lean, lean)
    for number in groups:
        where = law.scales[number].where
        hessian[where, where] = np.diag(np.diag(hessian[where, where]))
    at = likelihood.at.copy()
    at[0] -= lean @ likelihood.at
    gradient = likelihood.gradient + lean * likelihood.gradient[0]
    lean[0] = 1.0
    apart = replace(likelihood, at=at, gradient=gradient, hessian=hessian)
    return Apart(likelihood=apart, lean=lean, groups=tuple(groups))


def _share_of_mean(hessian: Floats, where: slice) -> float:
    r"""Return l of a group, 0 where its curvature does not become diagonal.

    A row of a group of n levels has the coefficients' part of the predictor stretched alike, by r of the
    intercept's: the curvature's trace is then :math:`r^2 (1 - 1/n)` of the intercept's, and l is r/n.
    """
    n, whole = where.stop - where.start, hessian[0, 0]
    if n < 2 or not whole > 0:
        return 0.0
    block, along = hessian[where, where], hessian[0, where]
    weight = float(np.sqrt(np.trace(block) / ((1 - 1 / n) * whole))) / n
    alone = block + weight * (along[:, None] + along) + weight**2 * whole
    np.fill_diagonal(alone, 0.0)
    return weight if np.abs(alone).max() <= _ROUNDING * whole else 0.0
