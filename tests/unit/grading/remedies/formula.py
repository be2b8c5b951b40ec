"""A model whose p is a formula of the indicators, so that every changed entity can be graded."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from tests.unit.grading.drawn import DrawnPosterior

from creditrisk.grading.policy import GradingPolicy

WEIGHTS = {
    "entity_age_years": -0.05,
    "penalty_n": 0.5,
    "days_since_penalty": -0.001,
    "abnormal_now": 0.8,
    "abnormal_days": 0.002,
    "judgment_defaulter": 1.0,
    "rectify_overdue": 0.7,
    "licence_expired": 0.6,
    "region_base_rate": 2.0,
}
MOVED_BY_NOBODY = ("entity_age_years", "region_base_rate", "region")


@dataclass(frozen=True, slots=True)
class Formula:
    """Log-odds as a sum over columns; missing counts as 0, and a loss that is the same for all."""

    weights: dict[str, float] = field(default_factory=lambda: WEIGHTS)

    def posterior(self, X: pd.DataFrame) -> DrawnPosterior:
        """Return ten draws of p around the formula."""
        known = [name for name in self.weights if name in X.columns]
        logit = -2.5 + X[known].fillna(0.0).astype(float) @ np.array([self.weights[name] for name in known])
        p = 1 / (1 + np.exp(-(logit.to_numpy() + np.linspace(-0.3, 0.3, 10)[:, None])))
        draws = p.astype(np.float32)
        return DrawnPosterior(entity_ids=X.index, p=draws, expected_loss=10_000 * draws)


def entities(number: int, seed: int) -> pd.DataFrame:
    """Return indicators of entities in all sorts of trouble."""
    rng = np.random.default_rng(seed)
    penalties = rng.poisson(0.8, number).astype(float)
    X = pd.DataFrame(
        {
            "entity_age_years": rng.gamma(2, 4, number),
            "penalty_n": penalties,
            "days_since_penalty": np.where(penalties > 0, rng.integers(1, 1000, number), np.nan),
            "abnormal_now": rng.integers(0, 2, number).astype(float),
            "judgment_defaulter": (rng.random(number) < 0.2).astype(float),
            "rectify_overdue": rng.poisson(0.4, number).astype(float),
            "licence_expired": np.where(rng.random(number) < 0.3, np.nan, rng.integers(0, 2, number)),
            "region_base_rate": rng.beta(2, 20, number),
            "serious_list_now": (rng.random(number) < 0.1).astype(float),
            "region": rng.choice(["440100", "440300"], number),
        },
        index=pd.Index([f"E{i}" for i in range(number)], name="entity_id"),
    )
    X["abnormal_days"] = X["abnormal_now"] * rng.integers(1, 900, number)
    titles = {"abnormal_now": ["on the abnormal list", "当前列入经营异常"]}
    X.attrs["creditrisk"] = {"uses": {"serious_list_now": "rule"}, "groups": ["region"], "titles": titles}
    return X


def policy(**more: object) -> GradingPolicy:
    """Return a policy with cuts at expected losses of 1, 2 and 4 thousand."""
    terms = {"name": "demo", "version": "1", "cuts": (1e3, 2e3, 4e3)} | more
    return GradingPolicy(**terms)  # type: ignore[arg-type]
