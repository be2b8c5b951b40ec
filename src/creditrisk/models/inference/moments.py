r"""All that a Gaussian likelihood needs of the rows: :math:`\sum w, X'WX, X'Wr, r'Wr`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design, Places
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.level_matrix import level_matrix

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Moments:
    """Sufficient statistics of log losses for the coefficients of a design.

    Attributes
    ----------
    design : Design
        Terms of the model.
    weight : float
        Number of losses, weighted.
    mean : float
        Mean log loss; `cross` and `squares` are of the residuals from it.
    gram : ndarray of shape (n_coefficients, n_coefficients)
        X'WX.
    cross : ndarray of shape (n_coefficients,)
        X'Wr.
    squares : float
        r'Wr.
    """

    design: Design
    weight: float
    mean: float
    gram: Floats
    cross: Floats
    squares: float

    @classmethod
    def of(cls, design: Design, places: Places, log_loss: Floats, weight: Floats) -> "Moments":
        """Sum up the rows.

        Parameters
        ----------
        design : Design
            Terms of the model.
        places : Places
            Of the rows.
        log_loss, weight : ndarray of shape (n_rows,)
            Natural logarithm of each loss, and its weight.

        Returns
        -------
        Moments
            The sums.
        """
        rows, basis = level_matrix(design, places), design.sparse_basis
        mean = float(np.average(log_loss, weights=weight))
        residual = log_loss - mean
        gram = basis.T @ (rows.T @ (rows * weight[:, None])) @ basis
        return cls(
            design=design,
            weight=float(weight.sum()),
            mean=mean,
            gram=np.asarray(gram.todense()),
            cross=basis.T @ (rows.T @ (weight * residual)),
            squares=float(weight @ residual**2),
        )

    @property
    def centre(self) -> float:
        """The mean log loss."""
        return self.mean

    @property
    def variance(self) -> float:
        """Variance of the log losses around their mean, at least 1e-6."""
        return max(self.squares / self.weight, 1e-6)

    def expand(self, theta: Floats) -> Expansion:
        """Return the (exact) quadratic at theta, with sigma held at the spread of the log losses."""
        shifted = self._shift(theta)
        return Expansion(
            at=theta,
            value=float(self.values(theta)[0]),
            gradient=(self.cross - self.gram @ shifted) / self.variance,
            hessian=self.gram / self.variance,
        )

    def values(self, thetas: Floats) -> Floats:
        """Return the log-likelihood at every row of `thetas`, up to a constant, with sigma held."""
        d = self._shift(np.atleast_2d(thetas))
        linear: Floats = d @ self.cross
        curved: Floats = 0.5 * np.einsum("ij,ij->i", d @ self.gram, d)
        return (linear - curved) / self.variance

    def _shift(self, theta: Floats) -> Floats:
        shifted = theta.copy()
        shifted[..., 0] -= self.mean
        return shifted
