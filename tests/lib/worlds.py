"""Made-up entities whose probability of a violation and mean log loss are known."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

DIRECTIONS = {"penalty_n": "raises", "complaint_n": "raises", "age_years": "lowers", "noise": "raises"}


@dataclass(frozen=True)
class World:
    """Indicators, the true p and mean log loss, and what happened."""

    X: pd.DataFrame
    p: np.ndarray
    violation: np.ndarray
    log_loss_mean: np.ndarray
    loss: np.ndarray


def world(n: int, seed: int, *, sigma: float = 1.0) -> World:
    """Draw n entities: four numbers, of which one says nothing, and two groups."""
    rng = np.random.default_rng(seed)
    tendency = rng.normal(size=n)
    X = pd.DataFrame(
        {
            "penalty_n": rng.poisson(np.exp(-0.8 + 0.5 * tendency)).astype(float),
            "complaint_n": rng.poisson(np.exp(-0.5 + 0.5 * tendency)).astype(float),
            "age_years": rng.gamma(2.0, 5.0, size=n),
            "noise": rng.poisson(0.7, size=n).astype(float),
            "region": rng.choice([f"51{k:02d}00" for k in range(12)], size=n),
            "sector": rng.choice(list("CFGHI"), size=n),
        },
        index=pd.Index([f"e{i:06d}" for i in range(n)], name="entity_id"),
    )
    region = pd.Series(rng.normal(scale=0.3, size=12), sorted(X["region"].unique()))
    sector = pd.Series(rng.normal(scale=0.4, size=5), sorted(X["sector"].unique()))
    eta = (
        -2.3
        + 0.6 * np.minimum(X["penalty_n"], 3)
        + 0.3 * np.minimum(X["complaint_n"], 4)
        + 0.8 * np.exp(-X["age_years"] / 5)
        + X["region"].map(region)
        + X["sector"].map(sector)
    ).to_numpy()
    p = expit(eta)
    violation = (rng.random(n) < p).astype(float)
    mean = (9.0 + 0.2 * np.minimum(X["penalty_n"], 3) + X["sector"].map(sector)).to_numpy()
    loss = np.where(violation == 1, np.exp(mean + sigma * rng.normal(size=n)), np.nan)
    return World(X=X, p=p, violation=violation, log_loss_mean=mean, loss=loss)
