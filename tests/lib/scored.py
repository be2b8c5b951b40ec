"""Fitted models with invented draws: every kind of term, no inference."""

import numpy as np
import pandas as pd

from creditrisk import Hinges, LossModel, Map, RiskModel, Steps, ViolationModel
from creditrisk.models.design_matrix import Design, build_design
from creditrisk.models.effects.pair import Bands, PairTerm
from creditrisk.models.linear import LinearPosterior


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
    for part, effect, centre in ((model.violation_, Hinges(knots=8), -2), (model.loss_, Steps(bins=5), 8)):
        design = build_design(used, groups=["sector"], directions={}, effect=effect, weight=np.ones(len(X)))
        if part is model.violation_:
            design = Design(terms=(*design.terms, _pair(used)))
        part.posterior_ = _draws(design, centre, draws, rng, skewed)
    model.loss_.sigma_ = np.exp(rng.normal(0, 0.05, draws))
    model.loss_.positive_share_ = rng.beta(80, 20, draws)
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
