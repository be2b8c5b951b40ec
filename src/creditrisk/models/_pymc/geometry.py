"""How far NUTS may step along each direction: the curvature of the log-posterior at its mode.

It knows all directions at once, where a diagonal that is learnt while tuning takes many times the steps.
"""

from typing import Any

import numpy as np
import pymc as pm
from numpy.typing import NDArray
from pymc.blocking import DictToArrayBijection, RaveledVars
from pymc.step_methods.hmc.quadpotential import QuadPotentialFull
from scipy.optimize import minimize

Floats = NDArray[np.float64]

MOST_DIMENSIONS = 2000
_FAR = 12.0
_STEP = 1e-4
_LEAST_CURVATURE = 0.3


def whitened_step(model: Any, target_accept: float) -> Any | None:
    """Return NUTS with the inverse curvature at the mode as its mass matrix.

    Parameters
    ----------
    model : pymc.Model
        What is sampled.
    target_accept : float
        Of the step size.

    Returns
    -------
    NUTS or None
        None where the mode lies far outside or there are too many dimensions: PyMC's own adaptation serves.
    """
    start = DictToArrayBijection.map(model.initial_point())
    if len(start.data) > MOST_DIMENSIONS:
        return None
    potential = QuadPotentialFull(np.eye(len(start.data)))
    step = pm.NUTS(model=model, potential=potential, target_accept=target_accept)
    function = step._logp_dlogp_func

    def slope(at: Floats) -> tuple[float, Floats]:
        value, gradient = function(RaveledVars(at, start.point_map_info))
        return -float(value), -gradient

    limits = [(at - _FAR, at + _FAR) for at in start.data]
    found = minimize(
        slope, start.data, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 2000, "maxcor": 30}
    )
    if not np.isfinite(found.x).all() or np.abs(found.x - start.data).max() >= _FAR:
        return None
    values, vectors = np.linalg.eigh(_curvature(slope, found.x))
    covariance = (vectors / np.maximum(values, _LEAST_CURVATURE)) @ vectors.T
    vars(potential).update(vars(QuadPotentialFull(covariance)))
    return step


def _curvature(slope: Any, at: Floats) -> Floats:
    """Return the Hessian by central differences of the gradient, each of a gradient's price."""
    rows = np.empty((len(at), len(at)))
    for i in range(len(at)):
        ahead, behind = at.copy(), at.copy()
        ahead[i] += _STEP
        behind[i] -= _STEP
        rows[i] = (slope(ahead)[1] - slope(behind)[1]) / (2 * _STEP)
    symmetric: Floats = (rows + rows.T) / 2
    return symmetric
