r"""The point at which the likelihood is expanded: the mode with every monotone step kept inside its bound.

Maximises :math:`\ell(\theta) - \sum \delta / s + \sum \log \delta - \sum \theta^2 / 2\sigma^2`, the mode in
:math:`\log \delta`: concave, hence unique, and near the posterior mean, whereas the ordinary mode lies on the
edge of the constraint, where a quadratic expansion serves badly.
"""

from collections.abc import Callable
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
    monotone, scale, mean, precision = _fixed_prior(rows.design, priors)
    if isinstance(rows, BinomialRows) and rows.n_rows > 2 * _COARSE_ROWS:
        theta = find_mode(rows.thinned(_COARSE_ROWS), priors).at
    else:
        theta = np.where(monotone, scale, mean)
        theta[0] = rows.centre

    def log_prior(t: Floats) -> float:
        ordered = np.sum(np.log(t[monotone]) - t[monotone] / scale[monotone])
        return float(ordered - 0.5 * np.sum(precision * (t - mean) ** 2))

    expansion = rows.expand(theta)
    best = expansion.value + log_prior(theta)
    for _ in range(_STEPS_LIMIT):
        gradient = expansion.gradient - precision * (theta - mean)
        gradient[monotone] += 1 / theta[monotone] - 1 / scale[monotone]
        curvature = _curvature(monotone, precision, theta)
        step = cho_solve(cho_factor(expansion.hessian + np.diag(curvature)), gradient)
        gain = float(gradient @ step)
        if gain < _TOLERANCE:
            break
        theta, best = _line_search(rows, theta, step, monotone, best, log_prior)
        expansion = rows.expand(theta)
    return expansion


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
    monotone, _, _, precision = _fixed_prior(design, priors)
    return _curvature(monotone, precision, theta)


def _curvature(monotone: NDArray[np.bool_], precision: Floats, theta: Floats) -> Floats:
    curvature = precision.copy()
    curvature[monotone] += 1 / theta[monotone] ** 2
    return curvature


def _line_search(
    rows: Likelihood,
    theta: Floats,
    step: Floats,
    monotone: NDArray[np.bool_],
    best: float,
    log_prior: Callable[[Floats], float],
) -> tuple[Floats, float]:
    falling = monotone & (step < 0)
    length = min(1.0, 0.9 * float(np.min(-theta[falling] / step[falling]))) if falling.any() else 1.0
    while length > 1e-8:
        trial = theta + length * step
        value = float(rows.values(trial)[0]) + log_prior(trial)
        if value >= best - 1e-9:
            return trial, value
        length /= 2
    return theta, best


def _fixed_prior(design: Design, priors: Priors) -> tuple[NDArray[np.bool_], Floats, Floats, Floats]:
    """Which coefficients are bounded, their prior means, and Gaussian mean and precision of the others."""
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
    return monotone, scale, np.where(increments, 0.0, told), precision
