"""The exact log-likelihood as one operation of a graph: compiled once for all models, with its gradient."""

from typing import Any, Protocol

import numpy as np
import pytensor.tensor as pt
from numpy.typing import NDArray
from pytensor.graph.basic import Apply
from pytensor.graph.op import Op


class Likelihood(Protocol):
    """What the operation asks of the rows."""

    def slope(self, theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Return value and gradient at theta."""


class ExactLogLikelihood(Op):  # type: ignore[misc]
    """Value of the log-likelihood at theta, and its gradient beside it.

    Parameters
    ----------
    rows : Likelihood
        Merged training rows.
    """

    def __init__(self, rows: Likelihood) -> None:
        self.rows = rows

    def make_node(self, theta: Any) -> Apply:
        """Take the coefficients."""
        vector = pt.as_tensor_variable(theta)
        return Apply(self, [vector], [pt.dscalar(), pt.dvector()])

    def perform(self, node: Apply, inputs: list[Any], outputs: list[list[Any]]) -> None:
        """Compute both in one pass over the rows."""
        value, gradient = self.rows.slope(inputs[0])
        outputs[0][0] = np.asarray(value)
        outputs[1][0] = gradient

    def pullback(self, inputs: list[Any], outputs: list[Any], cotangents: list[Any]) -> list[Any]:
        """Return the gradient that was computed with the value."""
        return [cotangents[0] * outputs[1]]
