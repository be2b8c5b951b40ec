"""From training losses to the posterior of one family."""

from dataclasses import replace

import numpy as np

from creditrisk.models.inference.engines import Engine, Map
from creditrisk.models.inference.moments import Moments
from creditrisk.models.inference.run import Fit, fit_gaussian
from creditrisk.models.linear import LinearPosterior
from creditrisk.models.losses.data import LossData
from creditrisk.models.losses.families import Gamma, LogNormal, LogNormalPareto, LossFamily
from creditrisk.models.losses.fit import fit_losses
from creditrisk.models.losses.part import LossPart, Tail
from creditrisk.models.losses.priors import LossPriors, SpreadPrior
from creditrisk.models.losses.rows import LossRows
from creditrisk.models.priors import Priors


def fit_family(
    family: LossFamily, data: LossData, priors: LossPriors, engine: Engine | Map, seed: int
) -> tuple[LossPart, Fit]:
    """Return the posterior of a family, and how its fit went.

    Parameters
    ----------
    family : LossFamily
        Which.
    data : LossData
        Training losses.
    priors : LossPriors
        Prior scales.
    engine : Engine or Map
        How to compute.
    seed : int
        Seed of every random number used.

    Returns
    -------
    tuple of LossPart and Fit
        The posterior, and the fit of its location.
    """
    if isinstance(family, LogNormal) and not family.spread_by and family.cap is None:
        return _one_spread(family, data, priors, engine, seed)
    spread = data.pooled(family.spread_by)
    if isinstance(family, Gamma):
        centre = float(np.log(np.average(data.loss, weights=data.weight)))
        return _two_predictors(family, data.gamma_rows(spread, centre), centre, priors, engine, seed)
    centre = float(np.average(np.log(data.loss), weights=data.weight))
    if isinstance(family, LogNormal):
        known = np.inf if family.cap is None else float(np.nextafter(family.cap, 0.0))
        rows = data.log_normal_rows(spread, centre, known)
        return _two_predictors(family, rows, centre, priors, engine, seed)
    threshold = float(np.quantile(data.loss, 1 - family.tail_share, method="lower"))
    rows = data.log_normal_rows(spread, centre, threshold)
    part, fit = _two_predictors(family, rows, centre, priors, engine, seed)
    return replace(part, tail=_tail(family, data, threshold, priors, engine, seed)), fit


def _one_spread(
    family: LogNormal, data: LossData, priors: LossPriors, engine: Engine | Map, seed: int
) -> tuple[LossPart, Fit]:
    """One spread for all: the moments of the losses are all that the likelihood needs."""
    places = data.design.encode(data.frame)
    moments = Moments.of(data.design, places, np.log(data.loss), data.weight)
    fit = fit_gaussian(moments, priors, engine, seed)
    constant = replace(fit, theta=np.log(fit.hyper["sigma"])[:, None], hyper={})
    return LossPart(
        family=family,
        location=LinearPosterior.of(data.design, fit, priors, np.random.default_rng([seed, 2])),
        log_spread=LinearPosterior.of(data.pooled(()), constant, priors, np.random.default_rng(seed)),
    ), fit


def _two_predictors(
    family: LossFamily,
    rows: LossRows,
    centre: float,
    priors: LossPriors,
    engine: Engine | Map,
    seed: int,
) -> tuple[LossPart, Fit]:
    prior = SpreadPrior(anchor=0.0, deviation=priors.spread, group=priors.spread_group)
    location, spread = _posteriors(rows, centre, priors, prior, engine, seed)
    return LossPart(family=family, location=location[0], log_spread=spread), location[1]


def _tail(
    family: LogNormalPareto,
    data: LossData,
    threshold: float,
    priors: LossPriors,
    engine: Engine | Map,
    seed: int,
) -> Tail:
    excesses = data.above(threshold)
    centre = float(np.log(np.average(excesses.loss, weights=excesses.weight)))
    rows = excesses.pareto_rows(data.pooled(family.tail_by), centre)
    shape = SpreadPrior(anchor=-1.0, deviation=priors.shape, group=priors.tail_group)
    scale = replace(priors, intercept=1.0, group=priors.tail_group)
    (log_scale, _), logit_shape = _posteriors(rows, centre, scale, shape, engine, seed + 1)
    return Tail(threshold=threshold, log_scale=log_scale, logit_shape=logit_shape)


def _posteriors(
    rows: LossRows, centre: float, priors: Priors, prior: SpreadPrior, engine: Engine | Map, seed: int
) -> tuple[tuple[LinearPosterior, Fit], LinearPosterior]:
    """Fit both predictors, and put location back to where the logarithms were taken from."""
    location, spread = fit_losses(rows, priors, prior, engine, seed)
    theta = location.theta.copy()
    theta[:, 0] += centre
    location = replace(location, theta=theta)
    first, second = np.random.default_rng([seed, 2]), np.random.default_rng([seed, 3])
    return (
        (LinearPosterior.of(rows.designs[0], location, priors, first), location),
        LinearPosterior.of(rows.designs[1], spread, priors, second),
    )
