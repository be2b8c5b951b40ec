"""The priors of coefficients as Gibbs moves need them: normal or exponential, given scales."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import ChannelTerm, OrderedTerm, PooledTerm
from creditrisk.models.elicited.means import told_means
from creditrisk.models.losses.priors import SpreadPrior
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Scale:
    """An unknown scale that the coefficients of one term share.

    Attributes
    ----------
    name : str
        Of the term.
    where : slice
        Its coefficients.
    deviation : float
        Scale of its half-normal prior; 0 for the sizes of ordered terms, which are the product of one
        overall scale and a half-t of their own.
    """

    name: str
    where: slice
    deviation: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Law:
    r"""The prior of all coefficients.

    A coefficient is :math:`N(m_j, d_j)`, or, with the scale s of its term, exponential of mean
    :math:`s f_j` where it cannot be negative, and :math:`N(m_j, s f_j)` elsewhere.

    Attributes
    ----------
    mean, deviation : ndarray of shape (coefficients,)
        m and, for coefficients without a scale, d.
    positive : ndarray of bool of shape (coefficients,)
        Which cannot be negative.
    factor : ndarray of shape (coefficients,)
        f.
    scales : tuple of Scale
        Those of ordered terms first.
    steps, tail : float
        Scale of the overall size of ordered terms (half-normal), and degrees of freedom of their own.
    """

    mean: Floats
    deviation: Floats
    positive: NDArray[np.bool_]
    factor: Floats
    scales: tuple[Scale, ...]
    steps: float
    tail: float

    @property
    def n_ordered(self) -> int:
        """Number of scales of ordered terms."""
        return sum(scale.deviation == 0 for scale in self.scales)

    def beside(self, other: "Law") -> "Law":
        """Return the law of these coefficients and, after them, others without ordered terms."""
        shift = len(self.mean)
        moved = tuple(
            Scale(
                name=scale.name,
                where=slice(scale.where.start + shift, scale.where.stop + shift),
                deviation=scale.deviation,
            )
            for scale in other.scales
        )
        return Law(
            mean=np.concatenate([self.mean, other.mean]),
            deviation=np.concatenate([self.deviation, other.deviation]),
            positive=np.concatenate([self.positive, other.positive]),
            factor=np.concatenate([self.factor, other.factor]),
            scales=(*self.scales, *moved),
            steps=self.steps,
            tail=self.tail,
        )


def law_of(design: Design, priors: Priors, *, anchor: float = 0.0) -> Law:
    """Return the law that `creditrisk.models.priors` describes.

    Parameters
    ----------
    design : Design
        Terms of the model.
    priors : Priors
        Prior scales.
    anchor : float, default 0
        Prior mean of the intercept.

    Returns
    -------
    Law
        Of its coefficients.
    """
    size = design.n_coefficients
    deviation, factor = np.ones(size), np.ones(size)
    positive = np.zeros(size, dtype=bool)
    deviation[0] = priors.intercept
    ordered, pooled = [], []
    for term, where in zip(design.terms, design.slices, strict=True):
        if isinstance(term, OrderedTerm):
            steps = slice(where.start, where.start + term.n_steps)
            deviation[steps.stop : where.stop] = priors.missing
            if term.n_steps:
                positive[steps] = term.direction != "either"
                factor[steps] = 1 / (term.n_steps if positive[steps].any() else np.sqrt(term.n_steps))
                ordered.append(Scale(name=term.name, where=steps))
        elif isinstance(term, PooledTerm):
            pooled.append(Scale(name=term.name, where=where, deviation=priors.group))
        elif isinstance(term, ChannelTerm):
            deviation[where] = priors.channel
    mean, _ = told_means(design, priors.table)
    mean[0] += anchor
    return Law(
        mean=mean,
        deviation=deviation,
        positive=positive,
        factor=factor,
        scales=(*ordered, *pooled),
        steps=priors.steps,
        tail=priors.tail,
    )


def spread_law(design: Design, prior: SpreadPrior) -> Law:
    """Return the law of the second predictor of a family of losses, which has pooled effects only.

    Parameters
    ----------
    design : Design
        Its terms.
    prior : SpreadPrior
        What is believed of it.

    Returns
    -------
    Law
        Of its coefficients.
    """
    size = design.n_coefficients
    mean, deviation = np.zeros(size), np.ones(size)
    mean[0], deviation[0] = prior.anchor, prior.deviation
    return Law(
        mean=mean,
        deviation=deviation,
        positive=np.zeros(size, dtype=bool),
        factor=np.ones(size),
        scales=tuple(
            Scale(name=term.name, where=where, deviation=prior.group)
            for term, where in zip(design.terms, design.slices, strict=True)
        ),
        steps=1.0,
        tail=1.0,
    )
