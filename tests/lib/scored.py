"""Fitted models with invented draws: every kind of term, no inference."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk import Hinges, LossModel, Map, RiskModel, Steps, ViolationModel
from creditrisk.models.design_matrix import Design, build_design
from creditrisk.models.effects.pair import Bands, PairTerm
from creditrisk.models.linear import LinearPosterior
from creditrisk.models.losses.families import LogNormal
from creditrisk.models.losses.part import LossPart

Floats = NDArray[np.float64]


def indicators(rows: int, seed: int) -> pd.DataFrame:
    """Return counts, amounts, ages, signed numbers and texts, some missing, most zero."""
    rng = np.random.default_rng(seed)
    some = rng.random((rows, 3)) < 0.4
    frame = pd.DataFrame(
        {
            "penalties": np.where(some[:, 0], rng.poisson(2.0, rows), 0).astype(np.float32),
            "fines_cny": np.where(some[:, 1], np.exp(rng.normal(8, 2, rows)), 0).astype(np.float32),
            "age_years": rng.gamma(3.0, 4.0, rows).astype(np.float32),
            "change": np.where(some[:, 2], rng.normal(0, 3, rows), 0).astype(np.float32),
            "sector": rng.choice(["C", "F", "H"], rows),
        },
        index=pd.Index([f"e{i}" for i in range(rows)], name="entity_id"),
    )
    for name in ("fines_cny", "age_years"):
        frame.loc[rng.random(rows) < 0.1, name] = np.nan
    return frame


def invented(draws: int = 400, seed: int = 0, skewed: bool = False) -> RiskModel:
    """Return a model whose draws are made up around a mode, so that tests do not wait for inference."""
    X = indicators(600, seed)
    rng = np.random.default_rng(seed + 1)
    hit = (rng.random(len(X)) < 0.3).astype(float)
    outcomes = pd.DataFrame({"violation": hit, "loss_cny": np.where(hit == 1, 5000.0, np.nan)}, index=X.index)
    outcomes["loss_cny"] *= np.exp(rng.normal(size=len(X)))
    model = RiskModel(
        ViolationModel(groups=["sector"], inference=Map(), interactions=0),
        LossModel(groups=["sector"], inference=Map()),
    ).fit(X, outcomes)
    used = X[["penalties", "fines_cny", "age_years", "change", "sector"]]
    hinges, steps = (
        build_design(used, groups=["sector"], directions={}, effect=effect, weight=np.ones(len(X)))
        for effect in (Hinges(knots=8), Steps(bins=5))
    )
    model.violation_.posterior_ = _draws(Design(terms=(*hinges.terms, _pair(used))), -2, draws, rng, skewed)
    spread = rng.normal(0, 0.05, draws)
    set_loss(model, _draws(steps, 8, draws, rng, skewed), spread, rng.beta(80, 20, draws))
    return model


def set_loss(model: RiskModel, location: LinearPosterior, log_spread: Floats, share: Floats) -> None:
    """Give a model's losses these draws."""
    constant = LinearPosterior(
        design=Design(terms=()),
        intercept=log_spread.astype(np.float32),
        levels=np.empty((0, len(log_spread)), dtype=np.float32),
    )
    model.loss_.take_parts((LossPart(family=LogNormal(), location=location, log_spread=constant),))
    model.loss_.positive_share_ = share


def jittered(model: RiskModel, draws: int = 60, seed: int = 2) -> RiskModel:
    """Return a model at its mode with made-up draws around it."""
    rng = np.random.default_rng(seed)

    def of(posterior: LinearPosterior) -> LinearPosterior:
        values = np.vstack([posterior.intercept[:1], posterior.levels[:, :1]])
        noisy = (values + 0.2 * rng.normal(size=(len(values), draws))).astype(np.float32)
        return LinearPosterior(design=posterior.design, intercept=noisy[0], levels=noisy[1:].copy())

    part = model.loss_.parts_[0]
    model.violation_.posterior_ = of(model.violation_.posterior_)
    set_loss(model, of(part.location), rng.normal(0, 0.05, draws), rng.beta(80, 20, draws))
    return model


def changed(model: RiskModel, change: Callable[[NDArray[Any]], NDArray[Any]]) -> RiskModel:
    """Return the model with every array of draws, (…, draws), changed."""

    def of(posterior: LinearPosterior) -> LinearPosterior:
        intercept, levels = (
            change(one).astype(np.float32) for one in (posterior.intercept, posterior.levels)
        )
        return LinearPosterior(design=posterior.design, intercept=intercept, levels=levels)

    part = model.loss_.parts_[0]
    model.violation_.posterior_ = of(model.violation_.posterior_)
    set_loss(model, of(part.location), part.log_spread.intercept, model.loss_.positive_share_)
    return model


def _pair(X: pd.DataFrame) -> PairTerm:
    bands = (
        Bands.of_numbers("age_years", X["age_years"].to_numpy(np.float64), 3),
        Bands.of_names("sector", X["sector"].to_numpy(object), 2),
    )
    codes = tuple(band.encode(X[band.name].to_numpy()) for band in bands)
    return PairTerm.from_bands(*bands, codes, np.ones(len(X)))


def _draws(
    design: Design, centre: float, draws: int, rng: np.random.Generator, skewed: bool
) -> LinearPosterior:
    n = int(design.offsets[-1])
    noise = rng.gamma(1.0, 1.0, (n, draws)) - 1 if skewed else rng.normal(size=(n, draws))
    levels = rng.normal(0, 0.5, (n, 1)) + 0.2 * noise
    return LinearPosterior(
        design=design,
        intercept=(centre + 0.1 * rng.normal(size=draws)).astype(np.float32),
        levels=levels.astype(np.float32),
    )
