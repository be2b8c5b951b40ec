"""From training losses to the posterior of one family."""

from dataclasses import replace

import numpy as np

from creditrisk.models.inference.draws import Fit
from creditrisk.models.inference.engines import Engine, Map
from creditrisk.models.losses.body import CellBody, body_of
from creditrisk.models.losses.data import LossData
from creditrisk.models.losses.families import LogNormalPareto, LossFamily
from creditrisk.models.losses.part import LossPart, Tail
from creditrisk.models.losses.priors import LossPriors, SpreadPrior


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
    body = body_of(family, data, priors)
    fits = body.fit(engine, seed)
    return with_tail(body.part(fits, seed), data, priors, engine, seed), fits[0]


def with_tail(
    part: LossPart, data: LossData, priors: LossPriors, engine: Engine | Map, seed: int
) -> LossPart:
    """Return the part with the tail of its family, if it has one, fitted to what lies above the threshold.

    Parameters
    ----------
    part : LossPart
        The body.
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
    LossPart
        Body and tail.
    """
    family = part.family
    if not isinstance(family, LogNormalPareto):
        return part
    threshold = data.threshold(family.tail_share)
    excesses = data.above(threshold)
    centre = float(np.log(np.average(excesses.loss, weights=excesses.weight)))
    body = CellBody(
        family=family,
        rows=excesses.pareto_rows(data.pooled(family.tail_by), centre),
        centre=centre,
        priors=replace(priors, intercept=1.0, group=priors.tail_group),
        spread=SpreadPrior(anchor=-1.0, deviation=priors.shape, group=priors.tail_group),
    )
    log_scale, logit_shape = body.posteriors(body.fit(engine, seed + 1), seed + 1)
    return replace(part, tail=Tail(threshold=threshold, log_scale=log_scale, logit_shape=logit_shape))
