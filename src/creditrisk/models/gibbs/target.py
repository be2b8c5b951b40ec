"""What is sampled, its coefficients in order, and the directions along which they move freely."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from creditrisk.models.gibbs.law import Law
from creditrisk.models.gibbs.quadratic import Quadratic
from creditrisk.models.gibbs.state import State, Target

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Whole = NDArray[np.int64]

_LEAST_STEP = 1e-3
_LEAST_SIZE = 1e-2
_TYPICAL = 0.5


def likely_point(likelihood: Quadratic, law: Law) -> Floats:
    """Return the point of the expansion, its increments not quite zero."""
    return np.where(law.positive, np.maximum(likelihood.at, _LEAST_STEP * law.factor), likelihood.at)


def likely_sizes(law: Law, theta: Floats) -> Floats:
    """Return scales near a point, those of ordered terms as multiples of the overall size."""
    return np.array(
        [
            max(float(np.abs(theta[scale.where]).sum()) / law.steps, _LEAST_SIZE)
            if scale.deviation == 0
            else _TYPICAL * scale.deviation
            for scale in law.scales
        ]
    )


def deviations(law: Law, sizes: Floats, overall: Floats) -> Floats:
    """Return the scale of every coefficient's prior, a row a draw of the scales."""
    found = np.tile(law.deviation, (len(sizes), 1))
    for number, scale in enumerate(law.scales):
        unit = overall if scale.deviation == 0 else np.ones(len(sizes))
        found[:, scale.where] = (sizes[:, number] * unit)[:, None] * law.factor[scale.where]
    return found


def target_of(likelihood: Quadratic, law: Law, order: Places) -> Target:
    """Put the coefficients in order; their directions are those near the likely point.

    Parameters
    ----------
    likelihood : Quadratic
        What the data say.
    law : Law
        The priors.
    order : ndarray of int of shape (coefficients,)
        Normal coefficients, then increments.

    Returns
    -------
    Target
        For `creditrisk.models.gibbs.sweep.run`.
    """
    hessian = np.ascontiguousarray(likelihood.hessian[np.ix_(order, order)])
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    start = np.array([place[scale.where.start] for scale in law.scales], dtype=np.int64)
    stop = np.array([place[scale.where.stop - 1] + 1 for scale in law.scales], dtype=np.int64)
    normals = int((~law.positive).sum())
    vectors, values = _eigen(hessian, start, stop, normals)
    none = np.empty((0, 0))
    target = Target(
        at=likelihood.at[order],
        gradient=likelihood.gradient[order],
        hessian=hessian,
        directions=none,
        images=none,
        curvature=np.empty(0),
        normals=normals,
        ordered=law.n_ordered,
        mean=law.mean[order],
        factor=law.factor[order],
        start=start,
        stop=stop,
        deviation=np.array([scale.deviation for scale in law.scales], dtype=np.float64),
        vectors=vectors,
        values=values,
        steps=float(law.steps),
        tail=float(law.tail),
        weight=float(likelihood.weight),
        squares=float(likelihood.squares),
        noise=float(likelihood.noise),
    )
    theta = likely_point(likelihood, law)
    scale = deviations(law, likely_sizes(law, theta)[None], np.array([law.steps]))[0]
    return turned(target, np.where(law.positive, theta, scale)[order], likelihood.sigma)


def turned(target: Target, reach: Floats, sigma: float) -> Target:
    """Return the same target with the directions for other scales.

    Parameters
    ----------
    target : Target
        What is sampled.
    reach : ndarray of shape (coefficients,)
        How far priors let each coefficient go: the scale of a normal, an increment itself.
    sigma : float
        Standard deviation of normal observations; 1 where there are none.

    Returns
    -------
    Target
        With rows of the inverse Cholesky factor as directions.
    """
    root = np.linalg.cholesky(target.hessian / sigma**2 + np.diag(1 / reach**2))
    directions = np.ascontiguousarray(solve_triangular(root, np.eye(len(reach)), lower=True))
    images = directions @ target.hessian
    return target._replace(
        directions=directions, images=images, curvature=np.einsum("ij,ij->i", directions, images)
    )


def _eigen(hessian: Floats, start: Whole, stop: Whole, normals: int) -> tuple[Floats, Floats]:
    """Return the eigenvectors of the curvature within each normal term, as rows, and its eigenvalues."""
    values = np.zeros(len(hessian))
    vectors = [np.zeros(0)]
    for first, last in zip(start, stop, strict=True):
        if last > normals:
            continue
        found = np.linalg.eigh(hessian[first:last, first:last])
        values[first:last] = np.maximum(found.eigenvalues, 0.0)
        vectors.append(found.eigenvectors.T.ravel())
    return np.concatenate(vectors), values


def starting_state(likelihood: Quadratic, law: Law, order: Places, rng: np.random.Generator) -> State:
    """Return a start of its own for each chain: increments and scales far apart.

    Parameters
    ----------
    likelihood : Quadratic
        What the data say.
    law : Law
        The priors.
    order : ndarray of int of shape (coefficients,)
        Of the coefficients.
    rng : numpy.random.Generator
        Of the start.

    Returns
    -------
    State
        Near the likely point.
    """
    theta = likely_point(likelihood, law)
    away = np.where(law.positive, np.exp(rng.standard_normal(len(order))), 1.0)
    sizes = likely_sizes(law, theta) * np.exp(rng.standard_normal(len(law.scales)))
    scale = deviations(law, sizes[None], np.array([law.steps]))[0]
    return State(
        theta=(theta * away)[order],
        slope=np.zeros(len(order)),
        rate=np.where(law.positive, 1 / scale, 1 / scale**2)[order],
        sizes=sizes,
        overall=np.array([law.steps]),
        sigma=np.array([likelihood.sigma]),
    )
