"""What data say of coefficients, up to second order."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from creditrisk.models.inference.likelihood import Expansion
    from creditrisk.models.inference.moments import Moments

Floats = NDArray[np.float64]

SIGMA = 2.0


@dataclass(frozen=True, kw_only=True)
class Quadratic:
    r"""A quadratic log-likelihood, :math:`(g'd - d'Hd/2) / \sigma^2`, with d the distance from a point.

    Attributes
    ----------
    at : ndarray of shape (coefficients,)
        The point.
    gradient : ndarray of shape (coefficients,)
        g.
    hessian : ndarray of shape (coefficients, coefficients)
        H.
    weight, squares : float
        Number of normal observations and their sum of squares at the point, where sigma is unknown; 0 where
        it is 1.
    noise : float
        Scale of the half-normal prior of sigma.
    """

    at: Floats
    gradient: Floats
    hessian: Floats
    weight: float = 0.0
    squares: float = 0.0
    noise: float = 1.0

    @classmethod
    def of(cls, expansion: "Expansion") -> "Quadratic":
        """Return the log-likelihood that an expansion stands for."""
        return cls(at=expansion.at, gradient=expansion.gradient, hessian=expansion.hessian)

    @classmethod
    def of_moments(cls, moments: "Moments", at: Floats) -> "Quadratic":
        """Return the log-likelihood of normal observations of unknown sigma, around a point."""
        shift = at.copy()
        shift[0] -= moments.mean
        image = moments.gram @ shift
        return cls(
            at=at,
            gradient=moments.cross - image,
            hessian=moments.gram,
            weight=moments.weight,
            squares=float(moments.squares + shift @ (image - 2 * moments.cross)),
            noise=SIGMA,
        )

    @property
    def sigma(self) -> float:
        """A likely sigma."""
        return float(np.sqrt(max(self.squares / self.weight, 1e-6))) if self.weight else 1.0
