"""Classes by the cells of a plane: probability of violation one way, loss of a violation the other."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.grading.risk_class import RiskClass


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskMatrix:
    """A class for each cell of p and loss.

    Parameters
    ----------
    p_edges : tuple of float
        Rising; a p on an edge is in the higher row.
    loss_edges : tuple of float
        Rising, in money for one violation; a loss on an edge is in the higher column.
    classes : tuple of tuple of str
        A row for each range of p from the lowest, in it a class for each range of loss; no class falls along
        a row or a column.

    Raises
    ------
    SpecError
        If the edges do not rise, the table does not fit them, or a class falls.

    Examples
    --------
    >>> matrix = RiskMatrix(p_edges=(0.1,), loss_edges=(1000,), classes=(("A", "B"), ("C", "D")))
    >>> matrix.ranks(np.array([0.05, 0.1, 0.1]), np.array([40.0, 50.0, 100.0])).tolist()
    [0, 2, 3]
    """

    p_edges: tuple[float, ...]
    loss_edges: tuple[float, ...]
    classes: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """Check edges and classes."""
        for name, edges in (("p_edges", self.p_edges), ("loss_edges", self.loss_edges)):
            if not edges or any(not low < high for low, high in pairwise(edges)):
                raise SpecError(f"The edges of a matrix rise; got {name}={list(edges)}: put them in order.")
        shape = (len(self.p_edges) + 1, len(self.loss_edges) + 1)
        if len(self.classes) != shape[0] or any(len(row) != shape[1] for row in self.classes):
            raise SpecError(
                f"A matrix of {len(self.p_edges)} and {len(self.loss_edges)} edges has {shape[0]} rows of "
                f"{shape[1]} classes; got {[len(row) for row in self.classes]}: complete it."
            )
        unknown = {one for row in self.classes for one in row} - {str(one) for one in RiskClass}
        if unknown:
            raise SpecError(f"The cells of a matrix are A, B, C or D; got {sorted(unknown)}: change them.")
        table = self._table()
        if (np.diff(table, axis=0) < 0).any() or (np.diff(table, axis=1) < 0).any():
            raise SpecError(
                "More probability or more loss never improves a class; the matrix has a class that falls "
                "along a row or a column: put it in order."
            )

    def ranks(self, p: NDArray[np.floating], expected_loss: NDArray[np.floating]) -> NDArray[np.int8]:
        """Return the class of each cell that p and loss lie in.

        Parameters
        ----------
        p : ndarray of float
            Probabilities.
        expected_loss : ndarray of float
            p times the loss of one violation, in money.

        Returns
        -------
        ndarray of int8
            0 for A to 3 for D.
        """
        loss = np.divide(expected_loss, p, out=np.zeros_like(expected_loss), where=p > 0)
        row = np.searchsorted(np.asarray(self.p_edges), p, side="right")
        column = np.searchsorted(np.asarray(self.loss_edges), loss, side="right")
        found: NDArray[np.int8] = self._table()[row, column]
        return found

    def _table(self) -> NDArray[np.int8]:
        return np.array([["ABCD".index(one) for one in row] for row in self.classes], dtype=np.int8)
