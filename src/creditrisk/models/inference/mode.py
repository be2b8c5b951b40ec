r"""The point at which the likelihood is expanded: the mode with every monotone step kept inside its bound.

Maximises :math:`\ell(\theta) - \sum \delta / s + \sum \log \delta - \sum \theta^2 / 2\sigma^2`, the mode in
:math:`\log \delta`: concave, hence unique, and near the posterior mean, whereas the ordinary mode lies on the
edge of the constraint, where a quadratic expansion serves badly.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import OrderedTerm
from creditrisk.models.elicited.means import told_means
from creditrisk.models.inference.likelihood import BinomialRows, Expansion
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]

_STEPS_LIMIT = 60
_TOLERANCE = 1e-5
_ROUGHLY = 0.3
_COARSE_ROWS = 50_000


class Likelihood(Protocol):
    """What the search needs of a likelihood."""

    @property
    def design(self) -> Design:
        """Terms of the model."""

    @property
    def centre(self) -> float:
        """Where the intercept starts."""

    def expand(self, theta: Floats) -> Expansion:
        """Return the second-order expansion at theta."""

    def values(self, thetas: Floats) -> Floats:
        """Return the log-likelihood at every row of thetas."""


@dataclass(frozen=True, kw_only=True)
class _FixedPrior:
    """Which coefficients are bounded, their prior means, and Gaussian mean and precision of the others."""

    monotone: NDArray[np.bool_]
    scale: Floats
    mean: Floats
    precision: Floats

    def start(self) -> Floats:
        return np.where(self.monotone, self.scale, self.mean)

    def log(self, theta: Floats) -> float:
        bounded, scale = theta[self.monotone], self.scale[self.monotone]
        return float(
            np.sum(np.log(bounded) - bounded / scale)
            - 0.5 * np.sum(self.precision * (theta - self.mean) ** 2)
        )

    def curvature(self, theta: Floats) -> Floats:
        curvature = self.precision.copy()
        curvature[self.monotone] += 1 / theta[self.monotone] ** 2
        return curvature

    def newton(self, theta: Floats, gradient: Floats, hessian: Floats) -> tuple[Floats, float]:
        """Return the Newton step for a likelihood's gradient and curvature, and what it promises to gain."""
        slope = gradient - self.precision * (theta - self.mean)
        slope[self.monotone] += 1 / theta[self.monotone] - 1 / self.scale[self.monotone]
        step: Floats = cho_solve(cho_factor(hessian + np.diag(self.curvature(theta))), slope)
        return step, float(slope @ step)

    def room(self, theta: Floats, step: Floats) -> float:
        """Return how much of a step keeps every bounded coefficient positive, at most 1."""
        falling = self.monotone & (step < 0)
        return min(1.0, 0.9 * float(np.min(-theta[falling] / step[falling]))) if falling.any() else 1.0


def find_mode(rows: Likelihood, priors: Priors) -> Expansion:
    """Return the likelihood's expansion at the interior mode, by damped Newton steps.

    Parameters
    ----------
    rows : Likelihood
        Training rows, or their moments.
    priors : Priors
        Prior scales, at which the hyper-parameters are held here.

    Returns
    -------
    Expansion
        Value, gradient and Hessian of the log-likelihood at the mode.
    """
    prior = _fixed_prior(rows.design, priors)
    if isinstance(rows, BinomialRows) and rows.n_rows > 2 * _COARSE_ROWS:
        theta = _from_some(rows, prior, find_mode(rows.thinned(_COARSE_ROWS), priors))
    else:
        theta = prior.start()
        theta[0] = rows.centre
    expansion = rows.expand(theta)
    best = expansion.value + prior.log(theta)
    for _ in range(_STEPS_LIMIT):
        step, gain = prior.newton(theta, expansion.gradient, expansion.hessian)
        if gain < _TOLERANCE:
            break
        theta, best = _line_search(rows, theta, step, prior, best)
        expansion = rows.expand(theta)
    return expansion


def _from_some(rows: BinomialRows, prior: _FixedPrior, some: Expansion) -> Floats:
    """Walk from the mode of some rows towards that of all, by the curvature of some: cheap steps."""
    theta, before = some.at, np.inf
    for _ in range(_STEPS_LIMIT):
        step, gain = prior.newton(theta, rows.slope(theta)[1], some.hessian)
        if not _ROUGHLY < gain < before:
            break
        theta, before = theta + prior.room(theta, step) * step, gain
    return theta


def prior_curvature(design: Design, priors: Priors, theta: Floats) -> Floats:
    """Return minus the second derivative of what `find_mode` adds to the likelihood.

    Parameters
    ----------
    design : Design
        Terms of the model.
    priors : Priors
        Prior scales.
    theta : ndarray of shape (coefficients,)
        Where; every monotone step positive.

    Returns
    -------
    ndarray of shape (coefficients,)
        A diagonal.
    """
    return _fixed_prior(design, priors).curvature(theta)


def _line_search(
    rows: Likelihood, theta: Floats, step: Floats, prior: _FixedPrior, best: float
) -> tuple[Floats, float]:
    length = prior.room(theta, step)
    while length > 1e-8:
        trial = theta + length * step
        value = float(rows.values(trial)[0]) + prior.log(trial)
        if value >= best - 1e-9:
            return trial, value
        length /= 2
    return theta, best


def _fixed_prior(design: Design, priors: Priors) -> _FixedPrior:
    monotone = np.zeros(design.n_coefficients, dtype=bool)
    scale = np.ones(design.n_coefficients)
    deviation = np.full(design.n_coefficients, priors.group)
    deviation[0] = priors.intercept
    for term, where in zip(design.terms, design.slices, strict=True):
        if isinstance(term, OrderedTerm):
            steps = slice(where.start, where.start + term.n_steps)
            size = 0.8 * priors.steps / max(term.n_steps, 1)
            if term.direction == "either":
                deviation[steps] = priors.steps / np.sqrt(max(term.n_steps, 1))
            else:
                monotone[steps], scale[steps] = True, size
            deviation[steps.stop : where.stop] = priors.missing
        elif term.kind == "channel":
            deviation[where] = priors.channel
    precision = np.where(monotone, 0.0, 1 / deviation**2)
    precision[0] = 0.0
    told, increments = told_means(design, priors.table)
    scale[increments] = told[increments]
    mean = np.where(increments, 0.0, told)
    return _FixedPrior(monotone=monotone, scale=scale, mean=mean, precision=precision)
