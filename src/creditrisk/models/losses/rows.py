"""Losses in cells of equal predictors: the exact log-likelihood in two predictors, and its expansion."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from creditrisk.models.design_matrix import Design
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.losses.kernels import Cells, Kernel

Floats = NDArray[np.float64]
BLOCK = 2_000_000


@dataclass(frozen=True, kw_only=True)
class LossRows:
    """What the likelihood of a family needs.

    Attributes
    ----------
    kernel : Kernel
        Of the family.
    cells : Cells
        Sums over the losses of each cell.
    designs : tuple of two Design
        Of location and of log-spread.
    matrices : tuple of two csr_array
        Cells to (1 + levels) of each design.
    """

    kernel: Kernel
    cells: Cells
    designs: tuple[Design, Design]
    matrices: tuple[csr_array, csr_array]

    @property
    def weight(self) -> float:
        """Number of losses, weighted."""
        return float(self.cells.n.sum() + self.cells.over.sum() + self.cells.under.sum())

    @cached_property
    def bases(self) -> tuple[csr_array, csr_array]:
        """Coefficients to levels, of both designs."""
        return self.designs[0].sparse_basis, self.designs[1].sparse_basis

    def split(self, theta: Floats) -> tuple[Floats, Floats]:
        """Return the coefficients (the last axis) of location and of log-spread."""
        at = self.designs[0].n_coefficients
        return theta[..., :at], theta[..., at:]

    def predictors(self, theta: Floats) -> tuple[Floats, Floats]:
        """Return location and log-spread of every cell; draws, if any, are the second axis."""
        eta, lam = (
            matrix @ (basis @ part.T)
            for matrix, basis, part in zip(self.matrices, self.bases, self.split(theta), strict=True)
        )
        return eta, lam

    def values(self, thetas: Floats) -> Floats:
        """Return the log-likelihood at every row of `thetas`, shape (draws, coefficients)."""
        thetas = np.atleast_2d(thetas)
        total = np.zeros(len(thetas))
        for part in self._blocks(len(thetas)):
            eta, lam = part.predictors(thetas)
            sums = Cells(*(one[:, None] for one in part.cells))
            total += part.kernel.value(sums, eta, lam).sum(axis=0)
        return total

    def slope(self, theta: Floats) -> tuple[float, Floats]:
        """Return the log-likelihood and its gradient at theta."""
        found = self.kernel.derivatives(self.cells, *self.predictors(theta))
        return float(found.value.sum()), self._gradient(found.eta, found.lam)

    def expand(self, theta: Floats) -> Expansion:
        """Return the second-order expansion at theta, its curvature nowhere negative."""
        found = self.kernel.derivatives(self.cells, *self.predictors(theta))
        first, second = self.matrices
        across = self._curved(first, found.eta_lam, second, 0, 1)
        location = self._curved(first, found.eta_eta, first, 0, 0)
        hessian = np.block(
            [[location, across], [across.T, self._curved(second, found.lam_lam, second, 1, 1)]]
        )
        return Expansion(
            at=theta,
            value=float(found.value.sum()),
            gradient=self._gradient(found.eta, found.lam),
            hessian=_not_negative(hessian),
        )

    def expand_one(self, theta: Floats, which: int) -> Expansion:
        """Return the expansion in one predictor's coefficients (0 location, 1 log-spread), the other held."""
        found = self.kernel.derivatives(self.cells, *self.predictors(theta))
        slope, weight = (found.eta, found.eta_eta) if which == 0 else (found.lam, found.lam_lam)
        matrix = self.matrices[which]
        return Expansion(
            at=self.split(theta)[which],
            value=float(found.value.sum()),
            gradient=self.bases[which].T @ (matrix.T @ slope),
            hessian=self._curved(matrix, np.maximum(weight, 0.0), matrix, which, which),
        )

    def _gradient(self, eta: Floats, lam: Floats) -> Floats:
        parts = [
            basis.T @ (matrix.T @ slope)
            for basis, matrix, slope in zip(self.bases, self.matrices, (eta, lam), strict=True)
        ]
        return np.concatenate(parts)

    def _curved(self, left: csr_array, weight: Floats, right: csr_array, i: int, j: int) -> Floats:
        inner = left.T @ (right * weight[:, None])
        result: Floats = np.asarray((self.bases[i].T @ inner @ self.bases[j]).todense())
        return result

    def _blocks(self, draws: int) -> "Iterator[LossRows]":
        size = max(1, BLOCK // draws)
        for start in range(0, len(self.cells.n), size):
            here = slice(start, start + size)
            yield LossRows(
                kernel=self.kernel,
                cells=Cells(*(one[here] for one in self.cells)),
                designs=self.designs,
                matrices=(self.matrices[0][here], self.matrices[1][here]),
            )


def _not_negative(matrix: Floats) -> Floats:
    """Return the nearest matrix without negative curvature."""
    values, vectors = np.linalg.eigh(matrix)
    if values[0] >= -1e-9 * max(values[-1], 1.0):
        return matrix
    result: Floats = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return result
