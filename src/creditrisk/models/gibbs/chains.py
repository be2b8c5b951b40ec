"""Chains of Gibbs sweeps, side by side on the cores, and their draws as ArviZ has them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from threadpoolctl import threadpool_limits

from creditrisk.models.gibbs.law import Law
from creditrisk.models.gibbs.sweep import State, Target, run
from creditrisk.models.inference.engines import Engine

if TYPE_CHECKING:
    from creditrisk.models.inference.likelihood import Expansion
    from creditrisk.models.inference.moments import Moments

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

SWEEPS = 4
SIGMA = 2.0
_LEAST_STEP = 1e-3
_TYPICAL = 0.5


@dataclass(frozen=True, kw_only=True)
class Quadratic:
    r"""A quadratic log-likelihood, :math:`(g'd - d'Hd/2) / \sigma^2`, with d the distance from a point.

    Attributes
    ----------
    at : ndarray of shape (coefficients,)
        The point.
    gradient : ndarray of shape (coefficients,)
        g.
    hessian : ndarray of shape (coefficients, coefficients)
        H.
    weight, squares : float
        Number of normal observations and their sum of squares at the point, where sigma is unknown; 0 where
        it is 1.
    noise : float
        Scale of the half-normal prior of sigma.
    """

    at: Floats
    gradient: Floats
    hessian: Floats
    weight: float = 0.0
    squares: float = 0.0
    noise: float = 1.0

    @classmethod
    def of(cls, expansion: "Expansion") -> "Quadratic":
        """Return the log-likelihood that an expansion stands for."""
        return cls(at=expansion.at, gradient=expansion.gradient, hessian=expansion.hessian)

    @classmethod
    def of_moments(cls, moments: "Moments", at: Floats) -> "Quadratic":
        """Return the log-likelihood of normal observations of unknown sigma, around a point."""
        shift = at.copy()
        shift[0] -= moments.mean
        image = moments.gram @ shift
        return cls(
            at=at,
            gradient=moments.cross - image,
            hessian=moments.gram,
            weight=moments.weight,
            squares=float(moments.squares + shift @ (image - 2 * moments.cross)),
            noise=SIGMA,
        )

    @property
    def sigma(self) -> float:
        """A likely sigma."""
        return float(np.sqrt(max(self.squares / self.weight, 1e-6))) if self.weight else 1.0


@dataclass(frozen=True, kw_only=True)
class Chains:
    """What was drawn.

    Attributes
    ----------
    theta : ndarray of shape (chains, draws, coefficients)
        The coefficients.
    sizes : ndarray of shape (chains, draws, scales)
        Scales of terms: those of ordered ones as multiples of the overall size.
    overall, sigma : ndarray of shape (chains, draws)
        Overall size of ordered terms, and sigma.
    """

    theta: Floats
    sizes: Floats
    overall: Floats
    sigma: Floats


def sample_chains(likelihood: Quadratic, law: Law, engine: Engine, seed: int) -> Chains:
    """Draw from the posterior.

    Parameters
    ----------
    likelihood : Quadratic
        What the data say.
    law : Law
        The priors.
    engine : Engine
        Draws, chains, and sweeps of tuning; each draw is the last of some sweeps.
    seed : int
        Of all draws; each chain has a stream of its own, so that threads do not matter.

    Returns
    -------
    Chains
        The draws.
    """
    order = np.argsort(law.positive, kind="stable")
    start = _start(likelihood, law)
    target = _target(likelihood, law, order, start)

    def chain(number: int) -> Floats:
        rng = np.random.default_rng([seed, number])
        state = _state(target, law, order, start, likelihood.sigma, rng)
        width = len(order) + len(law.scales) + 2
        run(rng, target, state, SWEEPS, np.empty((-(-engine.tune // SWEEPS), width)))
        draws = np.empty((engine.draws, width))
        run(rng, target, state, SWEEPS, draws)
        return draws

    with threadpool_limits(1), ThreadPoolExecutor(max_workers=engine.chains) as pool:
        drawn = np.stack(list(pool.map(chain, range(engine.chains))))
    theta = np.empty((*drawn.shape[:2], len(order)))
    theta[..., order] = drawn[..., : len(order)]
    return Chains(
        theta=theta, sizes=drawn[..., len(order) : -2], overall=drawn[..., -2], sigma=drawn[..., -1]
    )


def _start(likelihood: Quadratic, law: Law) -> Floats:
    """Return the point of the expansion, its increments not quite zero."""
    return np.where(law.positive, np.maximum(likelihood.at, _LEAST_STEP * law.factor), likelihood.at)


def _sizes(law: Law, theta: Floats) -> Floats:
    """Return likely scales, those of ordered terms as multiples of the overall size."""
    sums = [np.abs(theta[scale.where]).sum() / law.steps for scale in law.scales]
    return np.array(
        [
            max(one, 1e-2) if scale.deviation == 0 else _TYPICAL * scale.deviation
            for one, scale in zip(sums, law.scales, strict=True)
        ]
    )


def _rates(law: Law, theta: Floats) -> Floats:
    """Return rates of increments and precisions of normals at likely scales."""
    deviation = law.deviation.copy()
    for scale, size in zip(law.scales, _sizes(law, theta), strict=True):
        unit = law.steps if scale.deviation == 0 else 1.0
        deviation[scale.where] = size * unit * law.factor[scale.where]
    return np.where(law.positive, 1 / deviation, 1 / deviation**2)


def _target(likelihood: Quadratic, law: Law, order: NDArray[np.intp], theta: Floats) -> Target:
    """Put the coefficients in order, and find directions along which they move freely."""
    hessian = np.ascontiguousarray(likelihood.hessian[np.ix_(order, order)])
    near_zero = 1 / np.where(law.positive, theta, 1.0) ** 2
    prior = np.where(law.positive, near_zero, _rates(law, theta))[order]
    root = np.linalg.cholesky(hessian / likelihood.sigma**2 + np.diag(prior))
    directions = np.ascontiguousarray(solve_triangular(root, np.eye(len(order)), lower=True))
    images = directions @ hessian
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    start = np.array([place[scale.where.start] for scale in law.scales], dtype=np.int64)
    stop = np.array([place[scale.where.stop - 1] + 1 for scale in law.scales], dtype=np.int64)
    normals = int((~law.positive).sum())
    vectors, values = _eigen(hessian, start, stop, normals)
    return Target(
        at=likelihood.at[order],
        gradient=likelihood.gradient[order],
        hessian=hessian,
        directions=directions,
        images=images,
        curvature=np.einsum("ij,ij->i", directions, images),
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


def _state(
    target: Target, law: Law, order: NDArray[np.intp], theta: Floats, sigma: float, rng: np.random.Generator
) -> State:
    """Return a start of its own for each chain: increments and scales far apart."""
    own = theta[order] * np.where(law.positive[order], np.exp(rng.standard_normal(len(order))), 1.0)
    sizes = _sizes(law, theta) * np.exp(rng.standard_normal(len(law.scales)))
    return State(
        theta=own,
        slope=np.zeros(len(order)),
        rate=_rates(law, theta)[order],
        sizes=sizes,
        overall=np.array([law.steps]),
        sigma=np.array([sigma]),
    )
