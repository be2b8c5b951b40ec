"""What steps and hinges have in common: ordered levels, one for missing, and monotone increments."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError

Floats = NDArray[np.float64]

DIRECTIONS = ("raises", "lowers", "either")


def check_direction(name: str, direction: str) -> None:
    """Refuse a direction that there is not.

    Raises
    ------
    SpecError
        If the direction is unknown.
    """
    if direction not in DIRECTIONS:
        raise SpecError(f"A direction is one of {', '.join(DIRECTIONS)}; got {direction!r} for {name!r}.")


def increments_basis(
    n_steps: int, direction: str, *, missing: bool, frequencies: Floats | None, silent: bool = False
) -> Floats:
    """Return the (levels, coefficients) matrix that adds increments up, centred on the training rows.

    Parameters
    ----------
    n_steps : int
        Increments; there is one more ordered level, and a last one for missing.
    direction : {"raises", "lowers", "either"}
        The sign of the increments.
    missing : bool
        Whether missing values have a coefficient.
    frequencies : ndarray of shape (levels,) or None
        Mean share of each level in the training rows.
    silent : bool, default False
        Whether a missing value is exactly nothing: then the centre is that of the values alone.

    Returns
    -------
    ndarray of shape (n_steps + 2, n_steps + missing)
        The matrix.
    """
    sign = -1.0 if direction == "lowers" else 1.0
    matrix = np.zeros((n_steps + 2, n_steps + int(missing)))
    matrix[: n_steps + 1, :n_steps] = sign * np.tril(np.ones((n_steps + 1, n_steps)), -1)
    if missing:
        matrix[-1, -1] = 1.0
    if frequencies is None:
        return matrix
    if silent:
        matrix[:-1] -= (frequencies[:-1] / frequencies[:-1].sum()) @ matrix[:-1]
        return matrix
    return matrix - frequencies @ matrix
