"""A report's content drawn from known laws."""

import numpy as np
import pandas as pd
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, draw_world

from creditrisk.grading.policy import GradingPolicy
from creditrisk.report.content import Fit, ReportContent


def draw_content(entities: int = 3000, *, seed: int = 1) -> ReportContent:
    """Return the content of a report on a world of that many entities."""
    rng = np.random.default_rng(seed)
    posterior, X = draw_world(entities, seed=seed)
    policy = GradingPolicy.calibrate_on(posterior, X, shares=SHARES, rules=(VETO, NOTCH))
    p = posterior.p.mean(axis=0)
    inspected = rng.random(entities) < 0.3
    channel = np.where(inspected, rng.choice(["random", "targeted", None], entities), None)
    outcomes = pd.DataFrame(
        {
            "inspected": inspected,
            "violation": np.where(inspected, rng.random(entities) < p, np.nan),
            "channel": channel,
        },
        index=X.index,
    )
    return ReportContent(
        system_en="General system <draft>",
        system_zh="通用型指标体系",
        ratings=policy.grade(posterior, X),
        policy=policy,
        X=X,
        months=12,
        fits=(
            Fit(
                part="violation",
                ok=True,
                sentence="All is well.",
                state="surrogate_good",
                figures={"k_hat": 0.31, "r_hat": 1.002},
            ),
            Fit(part="loss", ok=False, sentence="", figures={}),
        ),
        contributions=posterior.contributions,
        outcomes=outcomes,
        trained_p=pd.Series(p, index=X.index),
        trained_from=("2022-01-01", "2023-01-01"),
        rejections=pd.DataFrame({"table": ["penalty"], "rule": ["fine_cny is below 0"], "rows": [1234]}),
        ignored=("notes.csv",),
    )
