"""How often violations are to be expected in D, with an interval over the draws."""

import numpy as np

from creditrisk.grading.calibration.evidence import Evidence
from creditrisk.grading.cuts import Cuts, model_ranks
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.rules import apply_rules

_CHUNK = 65_536


def found_in_d(evidence: Evidence, cuts: Cuts, *, probability: float = 0.9) -> dict[str, float]:
    """Return the expected violation rate among the entities of D.

    Parameters
    ----------
    evidence : Evidence
        What is known of the entities.
    cuts : tuple of 3 floats
        The lower bounds of B, C and D.
    probability : float, default 0.9
        Of the interval.

    Returns
    -------
    dict of str to float
        `mean`, and over the draws `lower` and `upper` where there are draws; empty where nobody is D.
    """
    ranks = apply_rules(evidence.hits, model_ranks(evidence.values, cuts)).ranks
    rows = np.flatnonzero(ranks == RiskClass.D.rank)
    if len(rows) == 0:
        return {}
    mean = float(evidence.p[rows].mean())
    if evidence.drawn is None:
        return {"mean": mean}
    sums = np.zeros(len(evidence.drawn.p))
    for start in range(0, len(rows), _CHUNK):
        sums += evidence.drawn.p[:, rows[start : start + _CHUNK]].sum(axis=1, dtype=np.float64)
    lower, upper = np.quantile(sums / len(rows), [(1 - probability) / 2, (1 + probability) / 2])
    return {"mean": mean, "lower": float(lower), "upper": float(upper)}
