"""Ratings of entities with known risk, for the tests of supervision."""

import numpy as np
import pandas as pd

from creditrisk.grading.ratings import Ratings


def rated(entities: int = 1000, *, seed: int = 1) -> Ratings:
    """Return ratings with the columns that a draw reads; classes by quantiles of p."""
    rng = np.random.default_rng(seed)
    p = 1 / (1 + np.exp(-rng.normal(-2, 1.2, entities)))
    width = p * rng.uniform(0.1, 0.8, entities)
    loss = p * np.exp(rng.normal(9, 0.7, entities))
    cuts = np.quantile(p, [0.5, 0.8, 0.9])
    table = pd.DataFrame(
        {
            "risk_class": np.array(list("ABCD"), dtype=object)[np.searchsorted(cuts, p, side="right")],
            "p_violation": p,
            "p_violation_lower": p - width / 2,
            "p_violation_upper": p + width / 2,
            "expected_loss_cny": loss,
        },
        index=pd.Index([f"E{i:05d}" for i in range(entities)], name="entity_id"),
    )
    return Ratings(table=table, currency="CNY", interval=0.9, policy="test 1", as_of="2024-01-01")


def without(ratings: Ratings, entity_id: str) -> Ratings:
    """Return the ratings without one entity."""
    return of_table(ratings, ratings.table.drop(index=entity_id))


def of_table(ratings: Ratings, table: pd.DataFrame) -> Ratings:
    """Return the ratings with another table."""
    return Ratings(table=table, currency="CNY", interval=0.9, policy="test 1", as_of=ratings.as_of)
