"""A posterior and indicators drawn from known laws, for the tests of everything above the models."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.indicators.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPosterior:
    entity_ids: pd.Index
    p: NDArray[np.float32]
    expected_loss: NDArray[np.float32]
    currency: str = "CNY"
    contributions: pd.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class DrawnModel:
    """A model whose posterior is known beforehand."""

    drawn: DrawnPosterior

    def posterior(self, X: pd.DataFrame) -> DrawnPosterior:
        return self.drawn


def draw_world(
    entities: int = 2000, *, draws: int = 200, seed: int = 1
) -> tuple[DrawnPosterior, pd.DataFrame]:
    """Return a posterior and an X of the same entities; 5 % are on the serious list, 8 % abnormal."""
    rng = np.random.default_rng(seed)
    ids = pd.Index([f"E{i:05d}" for i in range(entities)], name="entity_id")
    penalties = rng.poisson(0.5, entities).astype(float)
    logit = rng.normal(-2, 1, entities) + 0.8 * penalties
    p = 1 / (1 + np.exp(-(logit + rng.normal(0, 0.3, (draws, entities)))))
    loss = np.exp(rng.normal(9, 0.8, entities) + rng.normal(0, 0.2, (draws, entities)))
    X = pd.DataFrame(
        {
            "penalty_n": np.where(rng.random(entities) < 0.1, np.nan, penalties),
            "age_years": rng.gamma(2, 4, entities),
            "serious_list_now": (rng.random(entities) < 0.05).astype(float),
            "abnormal_now": (rng.random(entities) < 0.08).astype(float),
            "region": rng.choice(["440100", "440300"], entities),
        },
        index=ids,
    )
    X.attrs["creditrisk"] = {
        "system": "general",
        "as_of": "2024-01-01",
        "uses": {"serious_list_now": "rule"},
        "groups": ["region"],
        "absent": ["complaint_n"],
        "titles": {
            "penalty_n": ["penalties in 36 months", "行政处罚次数"],
            "age_years": ["age in years", "存续年限"],
            "serious_list_now": ["on the serious-violation list", "当前列严"],
            "abnormal_now": ["on the abnormal list", "当前列入经营异常"],
            "complaint_n": ["complaints", "投诉次数"],
        },
    }
    contributions = pd.DataFrame(
        {
            "penalty_n": 0.8 * (penalties - 0.5),
            "age_years": 0.02 * (8 - X["age_years"].to_numpy()),
            "region": 0.05,
            "intercept_gap": 0.001,
        },
        index=ids,
    )
    posterior = DrawnPosterior(
        entity_ids=ids,
        p=p.astype(np.float32),
        expected_loss=(p * loss).astype(np.float32),
        contributions=contributions,
    )
    return posterior, X


def rule(kind: str, indicator: str, **more: object) -> Rule:
    """Return a rule with plain titles."""
    spec = {
        "id": f"{kind}-{indicator}",
        "kind": kind,
        "indicator": indicator,
        "certainty": "own",
        "title_en": f"{indicator} hit",
        "title_zh": f"{indicator} 命中",
    }
    return Rule.model_validate(spec | more)


VETO = rule("veto", "serious_list_now", basis="Decree 44")
NOTCH = rule("notch", "abnormal_now", notches=1, risk_class="C")
SHARES = {"A": 0.4727, "B": 0.3359, "C": 0.0975, "D": 0.0939}
