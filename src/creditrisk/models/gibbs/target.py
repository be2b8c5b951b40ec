"""What is sampled, its coefficients in order, and where chains start."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.gibbs.apart import Apart
from creditrisk.models.gibbs.directions import turned
from creditrisk.models.gibbs.law import Law
from creditrisk.models.gibbs.quadratic import Quadratic
from creditrisk.models.gibbs.state import Directions, State, Target

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


def order_of(law: Law, groups: tuple[int, ...]) -> tuple[Places, int]:
    """Return the order of the coefficients, the largest of some groups first, increments last; and its size.

    Parameters
    ----------
    law : Law
        The priors.
    groups : tuple of int
        Numbers of the scales of groups whose curvature is diagonal.

    Returns
    -------
    order : ndarray of int of shape (coefficients,)
        Of the coefficients.
    size : int
        How many the group has that comes first; 0 if there is none.
    """
    rank = np.where(law.positive, 2, 1)
    of = [law.scales[number].where for number in groups]
    largest = max(of, key=lambda where: where.stop - where.start, default=slice(0, 0))
    rank[largest] = 0
    return np.argsort(rank, kind="stable"), largest.stop - largest.start


def target_of(apart: Apart, law: Law, order: Places, size: int) -> Target:
    """Put the coefficients in order; their directions are those near the likely point.

    Parameters
    ----------
    apart : Apart
        What the data say.
    law : Law
        The priors.
    order : ndarray of int of shape (coefficients,)
        One group, other normal coefficients, then increments.
    size : int
        How many coefficients that group has.

    Returns
    -------
    Target
        For `creditrisk.models.gibbs.sweep.run`.
    """
    likelihood = apart.likelihood
    hessian = likelihood.hessian[np.ix_(order, order)]
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    start = np.array([place[scale.where.start] for scale in law.scales], dtype=np.int64)
    stop = np.array([place[scale.where.stop - 1] + 1 for scale in law.scales], dtype=np.int64)
    normals = int((~law.positive).sum())
    diagonal = np.zeros(len(start), dtype=np.bool_)
    diagonal[list(apart.groups)] = True
    vectors, values = _eigen(hessian, start, stop, (stop <= normals) & ~diagonal)
    values = np.where(values < 0, np.diag(hessian), values)
    none = Directions(0, np.empty((0, 0)), np.empty((0, 0)), np.empty(0), np.empty(0))
    target = Target(
        at=likelihood.at[order],
        gradient=likelihood.gradient[order],
        own=np.diag(hessian)[:size].copy(),
        hessian=np.ascontiguousarray(hessian[size:]),
        whole=none,
        within=none,
        normals=normals,
        ordered=law.n_ordered,
        mean=law.mean[order],
        factor=law.factor[order],
        start=start,
        stop=stop,
        deviation=np.array([scale.deviation for scale in law.scales], dtype=np.float64),
        diagonal=diagonal,
        vectors=vectors,
        values=values,
        lean=apart.lean[order],
        anchor=float(law.mean[0]),
        firm=float(law.deviation[0] ** -2),
        steps=float(law.steps),
        tail=float(law.tail),
        weight=float(likelihood.weight),
        squares=float(likelihood.squares),
        noise=float(likelihood.noise),
    )
    theta = likely_point(likelihood, law)
    scale = deviations(law, likely_sizes(law, theta)[None], np.array([law.steps]))[0]
    return turned(target, np.where(law.positive, theta, scale)[order], likelihood.sigma)


def _eigen(hessian: Floats, start: Whole, stop: Whole, some: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return the eigenvectors of the curvature within some terms, as rows, and eigenvalues, -1 elsewhere."""
    values = np.full(len(hessian), -1.0)
    vectors = [np.zeros(0)]
    for first, last in zip(start[some], stop[some], strict=True):
        found = np.linalg.eigh(hessian[first:last, first:last])
        values[first:last] = np.maximum(found.eigenvalues, 0.0)
        vectors.append(found.eigenvectors.T.ravel())
    return np.concatenate(vectors), values


def starting_state(apart: Apart, law: Law, order: Places, rng: np.random.Generator) -> State:
    """Return a start of its own for each chain: increments and scales far apart.

    Parameters
    ----------
    apart : Apart
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
    theta = likely_point(apart.likelihood, law)
    away = np.where(law.positive, np.exp(rng.standard_normal(len(order))), 1.0)
    sizes = likely_sizes(law, theta) * np.exp(rng.standard_normal(len(law.scales)))
    scale = deviations(law, sizes[None], np.array([law.steps]))[0]
    rate = np.where(law.positive, 1 / scale, 1 / scale**2)
    rate[0] = 0.0
    return State(
        theta=(theta * away)[order],
        slope=np.zeros(len(order)),
        rate=rate[order],
        sizes=sizes,
        overall=np.array([law.steps]),
        sigma=np.array([apart.likelihood.sigma]),
        intercept=np.zeros(1),
    )
