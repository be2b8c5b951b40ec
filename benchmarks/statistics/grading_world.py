"""Entities whose truth is known, and a posterior of them that is exact by construction.

The log-odds of a violation of an entity are drawn from a population, seen with noise, and shifted by one
amount that all entities share; its loss likewise. The posterior of such normal variables is known in closed
form, so draws from it and the truth are exchangeable: what grading makes of it is judged by itself, without
the errors of any fitted model. The doubt about the shared shift, 0.05, is that of an intercept learned from
some 400 violations.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.grading.calibration.evidence import DrawnEvidence, Evidence
from creditrisk.grading.rules import find_hits
from creditrisk.indicators.rule import Rule

Floats = NDArray[np.float64]

LOGIT, SPREAD, NOISE, SHARED = -2.2, 1.3, 0.6, 0.05
LOG_LOSS, LOSS_SPREAD, LOSS_NOISE = 9.0, 1.0, 0.5
LISTED, ABNORMAL = 0.04, 0.05
LISTED_RULE = Rule(
    id="listed", kind="veto", indicator="listed", certainty="own", title_en="listed", title_zh="列入名单"
)
ABNORMAL_RULE = Rule(
    id="abnormal",
    kind="notch",
    indicator="abnormal",
    notches=1,
    risk_class="C",
    certainty="own",
    title_en="abnormal",
    title_zh="经营异常",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Entities, what is believed of them, and the truth.

    Parameters
    ----------
    evidence : Evidence
        Posterior means, draws and rules.
    p, loss : ndarray of float, (entities,)
        True probability of a violation and true expected loss.
    X : DataFrame, (entities, 2)
        What the rules read.
    """

    evidence: Evidence
    p: Floats
    loss: Floats
    X: pd.DataFrame


def draw(
    entities: int, draws: int, rng: np.random.Generator, *, on: str, shared: float, shifts: Floats
) -> Drawn:
    """Return entities of one population.

    Parameters
    ----------
    entities, draws : int
        How many.
    rng : Generator
        Source of chance.
    on : {"p", "expected_loss"}
        What is cut.
    shared : float
        The true shift that all entities of the world share.
    shifts : ndarray of float, (draws,)
        Draws of that shift, the same for every part of the world.

    Returns
    -------
    Drawn
        With truth.
    """
    logit, logit_draws = _normal(entities, draws, rng, LOGIT, SPREAD, NOISE)
    size, size_draws = _normal(entities, draws, rng, LOG_LOSS, LOSS_SPREAD, LOSS_NOISE)
    p = 1 / (1 + np.exp(-(logit + shared)))
    p_draws = (1 / (1 + np.exp(-(logit_draws + shifts[:, None].astype(np.float32))))).astype(np.float32)
    loss_draws = (p_draws * np.exp(size_draws)).astype(np.float32)
    X = pd.DataFrame(
        {
            "listed": (rng.random(entities) < LISTED * (0.5 + p)).astype(float),
            "abnormal": (rng.random(entities) < ABNORMAL).astype(float),
        },
        index=pd.RangeIndex(entities),
    )
    drawn = DrawnEvidence(values=p_draws if on == "p" else loss_draws, p=p_draws, loss=loss_draws)
    evidence = Evidence(
        values=drawn.values.mean(axis=0, dtype=np.float64),
        p=p_draws.mean(axis=0, dtype=np.float64),
        loss=loss_draws.mean(axis=0, dtype=np.float64),
        hits=find_hits((LISTED_RULE, ABNORMAL_RULE), X),
        drawn=drawn,
    )
    return Drawn(evidence=evidence, p=p, loss=p * np.exp(size), X=X)


def draw_shift(draws: int, rng: np.random.Generator) -> tuple[float, Floats]:
    """Return the true shift of a world, and draws of what is believed of it.

    Parameters
    ----------
    draws : int
        How many.
    rng : Generator
        Source of chance.

    Returns
    -------
    tuple of float and ndarray of float, (draws,)
        The truth is exchangeable with the draws.
    """
    centre = rng.normal(0, SHARED)
    return float(rng.normal(centre, SHARED)), rng.normal(centre, SHARED, draws)


def _normal(
    entities: int, draws: int, rng: np.random.Generator, mean: float, spread: float, noise: float
) -> tuple[Floats, NDArray[np.float32]]:
    """Return true values of a population, and draws from their posterior after one noisy look."""
    truth = rng.normal(mean, spread, entities)
    seen = truth + rng.normal(0, noise, entities)
    weight = spread**2 / (spread**2 + noise**2)
    centre, sd = mean + weight * (seen - mean), spread * (1 - weight) ** 0.5
    found = rng.standard_normal((draws, entities), dtype=np.float32) * np.float32(sd)
    found += centre.astype(np.float32)
    return truth, found
