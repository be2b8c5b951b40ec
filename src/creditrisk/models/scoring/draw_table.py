"""The draws of a linear predictor, laid out for the exact kernel."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design

Floats = NDArray[np.float64]


class DrawTable(NamedTuple):
    """Draws of the base row, and by how much each level differs from its term's base level.

    Attributes
    ----------
    base : ndarray of float32 of shape (draws,)
        The predictor of the base row.
    level : ndarray of float32 of shape (levels + 2, draws)
        Differences; the last two rows are nothing.
    """

    base: NDArray[np.float32]
    level: NDArray[np.float32]


def draw_table(design: Design, intercept: Floats, levels: Floats, base: NDArray[np.int32]) -> DrawTable:
    """Return the draws relative to the base row.

    Parameters
    ----------
    design : Design
        Says which levels belong to one term.
    intercept : ndarray of shape (draws,)
        Draws of the intercept.
    levels : ndarray of shape (levels, draws)
        Draws of the levels.
    base : ndarray of int of shape (terms,)
        The base level of each term.

    Returns
    -------
    DrawTable
        In single precision.
    """
    values = levels.astype(np.float64)
    sizes = np.diff(design.offsets)
    relative = values - np.repeat(values[base], sizes, axis=0)
    nothing = np.zeros((2, len(intercept)))
    return DrawTable(
        base=(intercept + values[base].sum(axis=0)).astype(np.float32),
        level=np.ascontiguousarray(np.vstack([relative, nothing]), dtype=np.float32),
    )
