"""Evidence drawn from known laws, with rules that hit some of the entities."""

import numpy as np
import pandas as pd
from tests.unit.grading.drawn import rule

from creditrisk.grading.calibration.evidence import DrawnEvidence, Evidence
from creditrisk.grading.cuts import model_ranks
from creditrisk.grading.rules import apply_rules, find_hits

RULES = (
    rule("veto", "v"),
    rule("notch", "n", notches=1, risk_class="C"),
    rule("floor", "f", risk_class="B"),
)


def draw_evidence(n=4000, *, seed=1, draws=50, rules=RULES, rate=0.02, on="p"):
    rng = np.random.default_rng(seed)
    hits = find_hits(
        rules, pd.DataFrame({r.indicator: (rng.random(n) < rate) * 1.0 for r in rules}, index=range(n))
    )
    p = 1 / (1 + np.exp(-(rng.normal(-2, 1.2, n) + rng.normal(0, 0.4, (draws, n)))))
    loss = p * rng.lognormal(9, 1, n)
    drawn = DrawnEvidence(
        values=(p if on == "p" else loss).astype(np.float32),
        p=p.astype(np.float32),
        loss=loss.astype(np.float32),
    )
    return Evidence(
        values=drawn.values.mean(axis=0, dtype=float),
        p=p.mean(axis=0),
        loss=loss.mean(axis=0),
        hits=hits,
        drawn=drawn,
    )


def final_ranks(evidence, cuts):
    return apply_rules(evidence.hits, model_ranks(evidence.values, cuts)).ranks
