"""The page on rating again does what it says."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.documents.blocks import blocks
from tests.unit.grading.drawn import VETO, DrawnPosterior

from creditrisk.grading.policy import GradingPolicy


@dataclass(frozen=True)
class Logistic:
    """p rises with the penalties."""

    def posterior(self, X: pd.DataFrame) -> DrawnPosterior:
        """Return 40 draws."""
        noise = np.random.default_rng(1).normal(0, 0.2, (40, 1))
        p = (1 / (1 + np.exp(2.5 - 0.7 * X["penalty_n"].to_numpy() + noise))).astype(np.float32)
        return DrawnPosterior(entity_ids=X.index, p=p, expected_loss=1000 * p)


def indicators(date: str, penalties: np.ndarray, listed: np.ndarray) -> pd.DataFrame:
    """Return indicators of a date."""
    index = pd.Index([f"E{i}" for i in range(len(penalties))], name="entity_id")
    X = pd.DataFrame({"penalty_n": penalties, "serious_list_now": listed}, index=index)
    X.attrs["creditrisk"] = {"as_of": date}
    return X


@pytest.fixture
def names() -> dict[str, Any]:
    """Return what the page starts with: ten repairs, and penalties that come and go."""
    rng = np.random.default_rng(4)
    before = rng.gamma(2, 0.8, 400)
    listed = (rng.random(400) < 0.1).astype(float)
    repaired = np.where(np.arange(400) < 100, 0.0, listed)
    policy = GradingPolicy(name="p", version="1", on="p", cuts=(0.15, 0.25, 0.4), rules=(VETO,))
    return {
        "model": Logistic(),
        "policy": policy,
        "new_policy": GradingPolicy(name="p", version="2", on="p", cuts=(0.15, 0.25, 0.5), rules=(VETO,)),
        "X_january": indicators("2025-01-01", before, listed),
        "X_january_as_known_in_april": indicators("2025-01-01", before, repaired),
        "X_april": indicators("2025-04-01", before + rng.normal(0, 0.3, 400), repaired),
    }


def test_the_blocks_run(repository: Path, names: dict[str, Any]) -> None:
    for block in blocks(repository / "docs" / "how-to" / "rerate.md", "python"):
        exec(block, names)
    why = names["why"].table
    parts = why[["behaviour", "records", "model", "policy"]]
    assert parts.sum(axis=1).to_numpy() == pytest.approx(why["move"].to_numpy())
    assert (parts["model"] == 0).all()
    assert all((parts[name] != 0).any() for name in ("behaviour", "records", "policy"))
    assert 0 < names["april"].table["kept"].mean() < 0.5
