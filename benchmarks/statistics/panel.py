r"""Six dates of every entity: do 90 % intervals of slopes hold, when its rows depend on each other?

Entity effects have a bridge distribution (Wang & Louis 2003) with a standard deviation of 1 on the logit
scale: then the probability averaged over entities is logistic again, with slopes :math:`\phi\beta`,
:math:`\phi = (1 + 3/\pi^2)^{-1/2}`, exactly, which is what a model of the population estimates.
"""

import warnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from benchmarks.statistics.replications import replicate
from creditrisk.models.inference.engines import Surrogate
from creditrisk.models.violation import ViolationModel

ENTITIES, DATES = 2000, 6
PHI = (1 + 3 / np.pi**2) ** -0.5
SLOPES = {"size": 0.5, "penalties": 0.5, "age": -0.6, "complaints": 0.4, "filing": -0.4}
DIRECTIONS = {name: "raises" if slope > 0 else "lowers" for name, slope in SLOPES.items()}
CONTRAST = (-1.0, 1.0)


def panel(seed: int) -> tuple[pd.DataFrame, NDArray[np.float64], NDArray[np.intp]]:
    """Draw a panel: three indicators that stay with an entity, two that change from date to date.

    Parameters
    ----------
    seed : int
        Of all draws.

    Returns
    -------
    tuple of X, y and entity
        A row a date and entity.
    """
    rng = np.random.default_rng(seed)
    entity = np.repeat(np.arange(ENTITIES), DATES)
    X = pd.DataFrame({name: rng.normal(size=ENTITIES)[entity] for name in ("size", "penalties", "age")})
    for name in ("complaints", "filing"):
        X[name] = 0.7 * rng.normal(size=ENTITIES)[entity] + 0.7 * rng.normal(size=len(entity))
    X["region"] = rng.choice([f"51{k:02d}00" for k in range(12)], ENTITIES)[entity]
    u = rng.random(ENTITIES)
    effect = np.log(np.sin(PHI * np.pi * u) / np.sin(PHI * np.pi * (1 - u))) / PHI
    marginal = -2.0 + sum(slope * X[name] for name, slope in SLOPES.items())
    p = expit(marginal.to_numpy() / PHI + effect[entity])
    return X, (rng.random(len(p)) < p).astype(float), entity


def one(seed: int) -> dict[str, dict[str, bool]]:
    """Fit a panel knowing whose rows they are, and not knowing it.

    Parameters
    ----------
    seed : int
        Of the panel and the fits.

    Returns
    -------
    dict of str to dict of str to bool
        Whether the 90 % interval of each slope holds the truth, ``aware`` and ``naive``.
    """
    warnings.simplefilter("ignore")
    X, y, entity = panel(seed)
    at = pd.DataFrame({name: np.zeros(2 * len(SLOPES)) for name in SLOPES}).assign(region="510000")
    for j, name in enumerate(SLOPES):
        at.loc[[2 * j, 2 * j + 1], name] = CONTRAST
    engine = Surrogate(draws=700, keep=1000, on_failure="return")
    found = {}
    for name, who in (("aware", entity), ("naive", None)):
        model = ViolationModel(
            groups=("region",), directions=DIRECTIONS, interactions=0, inference=engine, random_state=seed
        ).fit(X, y, entity=who)
        p = model.posterior(at).astype(np.float64)
        eta = np.log(p) - np.log1p(-p)
        lower, upper = np.quantile(eta[:, 1::2] - eta[:, ::2], [0.05, 0.95], axis=0)
        truth = [(CONTRAST[1] - CONTRAST[0]) * slope for slope in SLOPES.values()]
        found[name] = {term: bool(lower[j] <= truth[j] <= upper[j]) for j, term in enumerate(SLOPES)}
    return found


def coverage(number: int) -> dict[str, dict[str, float]]:
    """Return how often the intervals held, by model and slope.

    Parameters
    ----------
    number : int
        Replications.

    Returns
    -------
    dict of str to dict of str to float
        Shares, and their mean as ``all``.
    """
    found = replicate(one, range(number))
    shares = {
        name: {term: float(np.mean([result[name][term] for result in found])) for term in SLOPES}
        for name in ("aware", "naive")
    }
    return {name: {**by, "all": float(np.mean(list(by.values())))} for name, by in shares.items()}
