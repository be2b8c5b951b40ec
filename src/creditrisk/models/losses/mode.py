"""The mode of a family's two predictors: each in turn, the other held, until neither moves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.losses.priors import SpreadPrior
from creditrisk.models.losses.rows import LossRows
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]
ROUNDS = 20
TOLERANCE = 1e-3


@dataclass(frozen=True, kw_only=True)
class OnePredictor:
    """The likelihood in one predictor, the coefficients of the other held.

    Attributes
    ----------
    rows : LossRows
        Training losses.
    theta : ndarray of shape (coefficients,)
        Of both predictors; those of this one are replaced.
    which : {0, 1}
        Location, or log-spread.
    anchor, precision : float
        Of a normal prior of the intercept.
    """

    rows: LossRows
    theta: Floats
    which: int
    anchor: float = 0.0
    precision: float = 0.0

    @property
    def design(self) -> Design:
        """Terms of this predictor."""
        return self.rows.designs[self.which]

    @property
    def centre(self) -> float:
        """Where the intercept starts."""
        return float(self.rows.split(self.theta)[self.which][0])

    def expand(self, part: Floats) -> Expansion:
        """Return the second-order expansion at these coefficients of this predictor."""
        found = self.rows.expand_one(self._with(part[None])[0], self.which)
        gap = part[0] - self.anchor
        gradient, hessian = found.gradient.copy(), found.hessian.copy()
        gradient[0] -= self.precision * gap
        hessian[0, 0] += self.precision
        value = found.value - 0.5 * self.precision * gap**2
        return Expansion(at=part, value=value, gradient=gradient, hessian=hessian)

    def values(self, parts: Floats) -> Floats:
        """Return the log-likelihood at every row of `parts`."""
        parts = np.atleast_2d(parts)
        prior = 0.5 * self.precision * (parts[:, 0] - self.anchor) ** 2
        return self.rows.values(self._with(parts)) - prior

    def _with(self, parts: Floats) -> Floats:
        whole = np.repeat(self.theta[None], len(parts), axis=0)
        self.rows.split(whole)[self.which][:] = parts
        return whole


def find_loss_mode(rows: LossRows, priors: Priors, spread: SpreadPrior) -> Floats:
    """Return the coefficients of both predictors at the interior mode, scales held at their priors'.

    Parameters
    ----------
    rows : LossRows
        Training losses.
    priors : Priors
        Prior scales of location.
    spread : SpreadPrior
        Of the second predictor.

    Returns
    -------
    ndarray of shape (coefficients,)
        Location, then log-spread.
    """
    at = rows.designs[0].n_coefficients
    theta = np.zeros(at + rows.designs[1].n_coefficients)
    theta[at] = spread.anchor
    pooled = Priors(group=spread.group)
    for _ in range(ROUNDS):
        before = theta.copy()
        location = OnePredictor(rows=rows, theta=theta, which=0)
        theta[:at] = find_mode(location, priors).at
        second = OnePredictor(
            rows=rows,
            theta=theta,
            which=1,
            anchor=spread.anchor,
            precision=spread.deviation**-2,
        )
        theta[at:] = find_mode(second, pooled).at
        if np.max(np.abs(theta - before)) < TOLERANCE:
            break
    return theta
