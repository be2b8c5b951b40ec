"""What was learnt before, beside new rows: the power prior of last quarter's likelihood."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design
from creditrisk.models.inference.design_effects import StretchedRows
from creditrisk.models.inference.likelihood import BinomialRows, Expansion

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class RowsAndPast:
    r"""The log-likelihood of new rows and that of the past, which is a quadratic: :math:`\ell + Q`.

    Attributes
    ----------
    rows : BinomialRows or StretchedRows
        New rows.
    past : Expansion
        What is still believed of the log-likelihood of earlier rows.
    """

    rows: BinomialRows | StretchedRows
    past: Expansion

    @property
    def design(self) -> Design:
        """Terms of the model."""
        return self.rows.design

    @property
    def n_rows(self) -> int:
        """How many distinct new rows a pass reads."""
        return self.rows.n_rows

    @property
    def weight(self) -> float:
        """How many new rows were merged into them."""
        return self.rows.weight

    @property
    def centre(self) -> float:
        """Where the intercept starts."""
        return float(self.past.at[0])

    def thinned(self, most: int) -> "RowsAndPast":
        """Return every k-th new row with k times its weight, at most so many, beside the same past."""
        return replace(self, rows=self.rows.thinned(most))

    def values(self, thetas: Floats) -> Floats:
        """Return the log-likelihood at every row of `thetas`, shape (draws, coefficients)."""
        found: Floats = self.rows.values(thetas) + self.past.values(np.atleast_2d(thetas))
        return found

    def slope(self, theta: Floats) -> tuple[float, Floats]:
        """Return value and gradient at theta, shape (coefficients,)."""
        value, gradient = self.rows.slope(theta)
        before = self.past.moved(theta)
        return value + before.value, gradient + before.gradient

    def expand(self, theta: Floats) -> Expansion:
        """Return the second-order expansion at theta."""
        found, before = self.rows.expand(theta), self.past.moved(theta)
        return Expansion(
            at=theta,
            value=found.value + before.value,
            gradient=found.gradient + before.gradient,
            hessian=found.hessian + before.hessian,
        )
