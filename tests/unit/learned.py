"""A model that learns one number, so that tests of the flow do not wait for inference."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
from tests.unit.grading.drawn import DrawnPosterior

SMALL_SYSTEM = """
id = "small"
version = "1"
title_en = "a small system"
title_zh = "小体系"
outcome = "violation"

[groups]
region = { column = "region", prefix = 6 }

[[indicators]]
id = "B01"
name = "entity_age_years"
title_en = "age of the entity"
title_zh = "存续年限"
dimension = "basic"
table = "registration"
measure = "attribute_age"
direction = "lowers"
missing = "missing"

[[indicators]]
id = "S01"
name = "abnormal_now"
title_en = "on the abnormal list"
title_zh = "列入经营异常名录"
dimension = "supervision"
table = "abnormal_list"
measure = "current"
direction = "raises"
missing = "zero"

[[indicators]]
id = "S15"
name = "lawsuit_n"
title_en = "lawsuits"
title_zh = "涉诉次数"
dimension = "supervision"
table = "lawsuit"
measure = "count"
months = 36
direction = "raises"
missing = "zero"

[[rules]]
id = "R01"
kind = "veto"
indicator = "abnormal_now"
certainty = "own"
title_en = "on the abnormal list"
title_zh = "列入经营异常名录"
"""


def write_small_system(folder: Path) -> Path:
    """Write a system of three indicators and one veto; return its file."""
    path = folder / "small.toml"
    path.write_text(SMALL_SYSTEM, encoding="utf-8")
    return path


SOUND = SimpleNamespace(
    ok=True,
    state="surrogate_good",
    sentence="The fit is sound.",
    k_hat=0.2,
    r_hat=None,
    ess=None,
    divergences=None,
    rows=90,
)


@dataclass
class QuickModel:
    """p from the number of penalties and the base rate of the past; loss from its mean."""

    seen: tuple[pd.DataFrame, pd.DataFrame] | None = None

    def fit(self, X, outcomes):
        self.seen = (X, outcomes)
        self.violation_ = self.loss_ = SimpleNamespace(status_=SOUND)
        self.rate, self.loss = outcomes["violation"].mean(), outcomes["loss_cny"].mean()
        return self

    def posterior(self, X):
        assert self.seen is not None
        age = X["entity_age_years"].fillna(0).to_numpy()
        rng = np.random.default_rng(0)
        logit = np.log(self.rate / (1 - self.rate)) - 0.05 * age + rng.normal(0, 0.2, (50, len(X)))
        p = (1 / (1 + np.exp(-logit))).astype(np.float32)
        contributions = pd.DataFrame({"entity_age_years": 0.5 - 0.05 * age}, index=X.index)
        return QuickPosterior(
            entity_ids=X.index,
            p=p,
            expected_loss=(p * self.loss).astype(np.float32),
            contributions=contributions,
        )

    def save(self, path):
        Path(path).write_bytes(b"a model")


class QuickPosterior(DrawnPosterior):
    def mean_p(self):
        return self.p.mean(axis=0)
