"""Entities whose sectors violate more and worse by one correlation."""

import numpy as np
import pandas as pd


def correlated_outcomes(
    rho: float, *, entities: int, sectors: int, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return indicators and outcomes; effects of sectors have this sample correlation exactly."""
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(sectors, 2))
    z = np.linalg.qr(z - z.mean(axis=0))[0] * np.sqrt(sectors)
    often, much = 0.7 * z[:, 0], 0.6 * (rho * z[:, 0] + np.sqrt(1 - rho**2) * z[:, 1])
    sector, penalties = rng.integers(sectors, size=entities), rng.poisson(1.0, entities)
    eta = -1.0 + often[sector] + 0.3 * np.minimum(penalties, 4)
    hit = rng.random(entities) < 1 / (1 + np.exp(-eta))
    loss = np.exp(9 + much[sector] + rng.normal(size=entities))
    X = pd.DataFrame(
        {"penalties": penalties, "sector": [f"s{k:02d}" for k in sector]},
        index=[f"e{k}" for k in range(entities)],
    )
    outcomes = pd.DataFrame({"violation": hit * 1.0, "loss_cny": np.where(hit, loss, np.nan)}, index=X.index)
    return X, outcomes
