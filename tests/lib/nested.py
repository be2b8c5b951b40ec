"""Entities in nested regions whose effects are known."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit


@dataclass(frozen=True)
class Nested:
    """Entities, their true p, and what happened."""

    X: pd.DataFrame
    p: np.ndarray
    y: np.ndarray


def nested(n: int, seed: int, *, above: float, own: float) -> Nested:
    """Draw n entities in 6 provinces, 24 cities and 240 districts of very different sizes.

    Effects of provinces and cities have the standard deviation `above`, those of districts `own`.
    """
    rng = np.random.default_rng(seed)
    codes = np.array([f"{p}{c:02d}{d:02d}" for p in range(31, 37) for c in range(1, 5) for d in range(1, 11)])
    effects = np.zeros(len(codes))
    for width, scale in ((2, above), (4, above), (6, own)):
        at = pd.factorize(np.array([code[:width] for code in codes]))[0]
        effects += rng.normal(scale=scale, size=at.max() + 1)[at]
    at = rng.choice(len(codes), size=n, p=rng.dirichlet(np.full(len(codes), 0.5)))
    X = pd.DataFrame({"region": codes[at], "penalty_n": rng.poisson(0.6, n).astype(float)})
    p = expit(-1.5 + 0.5 * np.minimum(X["penalty_n"], 3) + effects[at]).to_numpy()
    return Nested(X=X, p=p, y=(rng.random(n) < p).astype(float))


def log_loss(y: np.ndarray, p: np.ndarray) -> float:
    """Return the mean of minus the log-likelihood."""
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log1p(-p)))
