"""Every kind of policy rates slices as it rates everybody at once."""

import numpy as np
import pandas as pd
import pytest

from creditrisk import GradingPolicy, load_policy
from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.decision import ByConfidence, ByCosts
from creditrisk.grading.grade_summary import grade_summary, scale_of
from creditrisk.grading.ratings import read_ratings
from creditrisk.grading.risk_matrix import RiskMatrix
from creditrisk.grading.score_scale import ScoreScale
from creditrisk.models.file import load_model

MATRIX = RiskMatrix(
    p_edges=(0.3, 0.45),
    loss_edges=(2000.0, 5000.0),
    classes=(("A", "A", "B"), ("A", "C", "D"), ("B", "D", "D")),
)
SCORE = ScoreScale(top=1000, high="credit", base=600, pdo=50)
SAFE, MIDDLE, RISKY = SCORE.score(np.array([0.25, 0.35, 0.5])).tolist()
COSTS = CostMatrix(costs=((0, 1, 2, 3), (1, 0, 1, 2), (3, 1, 0, 1), (9, 4, 1, 0)))
KINDS = {
    "p": {"on": "p", "cuts": (0.25, 0.35, 0.5)},
    "score": {"on": "score", "score": SCORE, "cuts": (SAFE, MIDDLE, RISKY)},
    "confidence": {"cuts": (1000.0, 2000.0, 3000.0), "decision": ByConfidence(level=0.7)},
    "costs": {"cuts": (1000.0, 2000.0, 3000.0), "decision": ByCosts(costs=COSTS)},
    "matrix": {"on": "matrix", "matrix": MATRIX},
}


@pytest.mark.parametrize("kind", KINDS)
def test_slices_are_rated_as_everybody_at_once(quick, done, tmp_path, kind):
    rules = load_policy(quick.folder / "policy.toml").rules
    policy = GradingPolicy(name=kind, version="1", rules=rules, **KINDS[kind])
    policy.to_toml(tmp_path / "policy.toml")
    quick.grade(tmp_path / "out", policy=tmp_path / "policy.toml")
    rated = pd.concat([read_ratings(part).table for part in sorted((tmp_path / "out" / "ratings").iterdir())])
    X, model = everybody(done[1]), load_model(quick.model)
    if policy.matrix is None:
        asked = {"cuts": policy.inner_cuts, "on": scale_of(policy), "interval": policy.interval}
        wanted = grade_summary(policy, model.summary(X, **asked), X).table
    else:
        wanted = policy.grade(model.posterior(X), X).table.drop(columns=["reasons_en", "reasons_zh"])
    pd.testing.assert_frame_equal(rated, wanted, check_exact=True)
    assert len(set(rated["model_class"])) > 1 and rated["direct"].any()


def everybody(slices):
    X = pd.concat(slices[number] for number in sorted(slices))
    X.attrs = slices[0].attrs
    return X
