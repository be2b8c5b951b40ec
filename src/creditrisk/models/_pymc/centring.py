r"""Variables for coefficients whose scale is unknown too, so that NUTS sees no funnel.

Where data say nothing of a coefficient it is sampled as a multiple of its scale, where they say much as
itself; in between partly (Papaspiliopoulos, Roberts & Sköld 2007). How far is the share c of the prior's
variance that the data take away, :math:`c = 1 - \Sigma_{jj} P_{jj}` with the posterior covariance
:math:`\Sigma` and the prior's curvature P at the expansion.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt
from numpy.typing import NDArray
from scipy.stats import norm

from creditrisk.models.design_matrix import Design
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.inference.mode import prior_curvature
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]

_LEAST_SIZE = 1e-2
_FARTHEST = 3.0


@dataclass(frozen=True, kw_only=True)
class Near:
    """What is known of the posterior before it is sampled.

    Attributes
    ----------
    at : ndarray of shape (coefficients,)
        A point within it.
    told : ndarray of shape (coefficients,)
        Share of each prior variance that the data take away, 0–1.
    """

    at: Floats
    told: Floats

    def sizes(self, places: list[slice]) -> Floats:
        """Return how far the coefficients of each of these places reach together, at least a hundredth."""
        return np.maximum([np.abs(self.at[where]).sum() for where in places], _LEAST_SIZE)


def nearby(design: Design, priors: Priors, expansion: Expansion) -> Near:
    """Return what an expansion of the log-likelihood knows.

    Parameters
    ----------
    design : Design
        Terms of the model.
    priors : Priors
        Prior scales.
    expansion : Expansion
        Of the log-likelihood; every monotone step positive.

    Returns
    -------
    Near
        The point, and how much data say.
    """
    prior = prior_curvature(design, priors, expansion.at)
    variance = np.diag(np.linalg.pinv(expansion.hessian + np.diag(prior), hermitian=True))
    told = np.clip(1 - variance * prior, 0.0, 1.0)
    return Near(at=expansion.at, told=told)


def partly_centred(
    name: str,
    scale: Any,
    place: NDArray[np.intp],
    near: Near | None,
    *,
    dims: str,
    mean: Any = 0.0,
) -> Any:
    r"""Return normals of a mean and a scale: :math:`x = m + s^{1-c} (z - cm)`, :math:`z \sim N(cm, s^c)`."""
    if near is None:
        return mean + scale * pm.Normal(name, 0.0, 1.0, dims=dims)
    told = near.told[place]
    z = pm.Normal(name, told * mean, scale**told, initval=near.at[place], dims=dims)
    return mean + scale ** (1 - told) * (z - told * mean)


def partly_centred_increments(
    name: str, size: Any, owner: NDArray[np.intp], place: NDArray[np.intp], near: Near | None
) -> Any:
    r"""Return exponentials of an unknown mean, as functions of normals: no long tail of steps near zero.

    With :math:`g(z) = -\log(1 - \Phi(z))` and a typical mean t, :math:`x = s^{1-c} t^c g(z)` is exponential
    of mean s if :math:`\log p(z) = \log \varphi(z) + g(z)\,[1 - (s/t)^{-c}] - c \log(s/t)`.
    """
    if near is None:
        return size[owner] * _exponential(pm.Normal(name, shape=len(owner)))
    told = near.told[place]
    typical = np.maximum(np.bincount(owner, weights=near.at[place]), _LEAST_SIZE)[owner]
    start = norm.isf(np.exp(-near.at[place] * np.bincount(owner)[owner] / typical))
    unit = _exponential(pm.Normal(name, shape=len(owner), initval=np.clip(start, -_FARTHEST, _FARTHEST)))
    ratio = pt.log(size[owner] / typical)
    pm.Potential(f"{name}_centred", pt.sum(unit * (1 - pt.exp(-told * ratio)) - told * ratio))
    return typical * pt.exp((1 - told) * ratio) * unit


def _exponential(normal: Any) -> Any:
    """Turn standard normals into exponentials of mean 1."""
    return -pt.log(0.5 * pt.erfc(normal / np.sqrt(2)))
