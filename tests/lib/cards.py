"""Models with every kind of term, and entities in every kind of place."""

from functools import cache

import numpy as np
import pandas as pd
from scipy.special import expit
from tests.lib.worlds import world

from creditrisk.models.effects import Hinges, Steps
from creditrisk.models.inference.engines import Map, Surrogate
from creditrisk.models.violation import ViolationModel

DIRECTIONS = {"penalty_n": "raises", "complaint_n": "raises", "age_years": "lowers"}
QUICK = Surrogate(draws=100, tune=150, keep=100, on_failure="return")


def entities(n: int, seed: int) -> pd.DataFrame:
    """Return numbers with zeros and missing values, a balance on both sides of zero, and two groups."""
    rng = np.random.default_rng(seed)
    X = world(n, seed).X.drop(columns="noise")
    X["balance"] = np.round(rng.normal(scale=20, size=n), 1) * (rng.random(n) < 0.6)
    X.loc[rng.random(n) < 0.1, "complaint_n"] = np.nan
    X["sector"] = X["sector"].where(rng.random(n) > 0.1, "not filed")
    X["region"] = X["region"].where(rng.random(n) > 0.05)
    return X


@cache
def fitted(*, steps: bool = False, channels: bool = False) -> ViolationModel:
    """Return a model of hinges or steps; its few draws are enough to have intervals."""
    X = entities(1500, 3)
    rng = np.random.default_rng(4)
    eta = -2 + 0.7 * np.minimum(X["penalty_n"], 3) + 0.01 * X["balance"] - 0.03 * X["age_years"]
    y = (rng.random(len(X)) < expit(eta)).astype(float)
    channel = rng.choice(["random", "complaint"], len(X)) if channels else None
    model = ViolationModel(
        groups=["region", "sector"],
        directions=DIRECTIONS,
        effect=Steps() if steps else Hinges(),
        interactions=0,
        inference=QUICK,
    )
    return model.fit(X, y, channel=channel)


@cache
def paired() -> ViolationModel:
    """Return a model with pairs of a number and a number, and of a number and a group."""
    X = entities(6000, 5)
    balance, sector = X["balance"].to_numpy(), X["sector"].to_numpy()
    rng = np.random.default_rng(6)
    eta = -1 + 2.0 * (balance > 0) * (X["age_years"] > 10) - 1.5 * (balance < 0) * (sector == "F")
    y = (rng.random(len(X)) < expit(eta)).astype(float)
    model = ViolationModel(groups=["region", "sector"], interactions=4, inference=Map()).fit(X, y)
    assert any(term.kind == "pair" for term in model.posterior_.design.terms)
    return model


def awkward(n: int) -> pd.DataFrame:
    """Return entities with zeros, missing values, unseen groups, infinities, and values between knots."""
    rng = np.random.default_rng(8)
    X = entities(n, 9)
    X["penalty_n"] = X["penalty_n"] + rng.choice([0.0, 0.37], n)
    X["age_years"] = X["age_years"] * 1.21
    X.loc[rng.random(n) < 0.05, ["penalty_n", "balance"]] = np.nan
    X.loc[rng.random(n) < 0.05, ["region", "sector"]] = 'it\'s "new"'
    X.loc[rng.random(n) < 0.02, "balance"] = np.inf
    X.loc[rng.random(n) < 0.02, "balance"] = -np.inf
    X.loc[rng.random(n) < 0.1, ["penalty_n", "age_years", "balance"]] = 0.0
    return X
