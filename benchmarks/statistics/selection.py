"""Labels only where somebody looked: what is the violation rate of everybody?

A tenth of the inspections are drawn at random, stratified by region at known probabilities; the others go
where tips and records point, and find three times as much. The naive fit takes all labels alike.
"""

import warnings

import numpy as np
import pandas as pd
from scipy.special import expit

from benchmarks.statistics.replications import replicate
from creditrisk.models.inference.engines import Surrogate
from creditrisk.models.violation import ViolationModel

ENTITIES, INSPECTED, RANDOM_SHARE = 20_000, 4000, 0.1
DIRECTIONS = {"penalty_n": "raises", "complaint_n": "raises", "age_years": "lowers"}


def registry(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw entities, what is hidden of them, and who was inspected why.

    Parameters
    ----------
    seed : int
        Of all draws.

    Returns
    -------
    tuple of two DataFrame
        Indicators; and ``p`` (true, given indicators and what is hidden), ``violation`` (NaN where nobody
        looked), ``channel`` and ``inclusion_probability``.
    """
    rng = np.random.default_rng(seed)
    X = pd.DataFrame(
        {
            "penalty_n": rng.poisson(0.5, ENTITIES).astype(float),
            "complaint_n": rng.poisson(0.8, ENTITIES).astype(float),
            "age_years": rng.gamma(2.0, 5.0, ENTITIES),
            "region": rng.choice([f"51{k:02d}00" for k in range(12)], ENTITIES),
        }
    )
    hidden = rng.normal(size=ENTITIES)
    regional = pd.Series(rng.normal(scale=0.3, size=12), sorted(X["region"].unique()))
    eta = (
        -3.8
        + 0.5 * np.minimum(X["penalty_n"], 3)
        + 0.3 * np.minimum(X["complaint_n"], 4)
        + 0.8 * np.exp(-X["age_years"] / 5)
        + X["region"].map(regional)
        + 1.3 * hidden
    )
    p = expit(eta.to_numpy())
    region = X["region"].to_numpy()
    at_random = RANDOM_SHARE * INSPECTED / ENTITIES * np.where(region < "510600", 1.5, 0.5)
    drawn = rng.random(ENTITIES) < at_random
    pull = 2.5 * hidden + 0.8 * X["penalty_n"].to_numpy() + 0.5 * X["complaint_n"].to_numpy()
    chosen = ~drawn & (pull + rng.gumbel(size=ENTITIES) > np.quantile(pull + rng.gumbel(size=ENTITIES), 0.82))
    outcomes = pd.DataFrame(
        {
            "p": p,
            "violation": np.where(drawn | chosen, rng.random(ENTITIES) < p, np.nan),
            "channel": np.select([drawn, chosen], ["random", "targeted"], ""),
            "inclusion_probability": np.where(drawn, at_random, np.nan),
        }
    )
    return X, outcomes


def one(seed: int) -> dict[str, float]:
    """Fit a registry naively and knowing how each label came about.

    Parameters
    ----------
    seed : int
        Of the registry and the fits.

    Returns
    -------
    dict of str to float
        True rate, both estimates, whether our 90 % interval holds it, and how much more the targeted
        inspections found.
    """
    warnings.simplefilter("ignore")
    X, outcomes = registry(seed)
    seen = outcomes["violation"].notna()
    engine = Surrogate(draws=600, keep=1000, on_failure="return")
    model = ViolationModel(
        groups=("region",), directions=DIRECTIONS, interactions=0, inference=engine, random_state=seed
    )
    naive = model.fit(X, outcomes["violation"]).posterior(X).mean(axis=1)
    ours = (
        model.fit(
            X,
            outcomes["violation"],
            channel=outcomes["channel"],
            inclusion_probability=outcomes["inclusion_probability"],
        )
        .posterior(X)
        .mean(axis=1)
    )
    truth = float(outcomes["p"].mean())
    lower, upper = np.quantile(ours, [0.05, 0.95])
    found = outcomes[seen].groupby("channel")["violation"].mean()
    return {
        "truth": truth,
        "naive": float(naive.mean()),
        "ours": float(ours.mean()),
        "covered": float(lower <= truth <= upper),
        "width": float(upper - lower),
        "hit ratio": float(found["targeted"] / max(found["random"], 1e-3)),
    }


def rates(number: int) -> dict[str, float]:
    """Return the mean of each figure, and the biases.

    Parameters
    ----------
    number : int
        Replications.

    Returns
    -------
    dict of str to float
        By name.
    """
    found = pd.DataFrame(replicate(one, range(number)))
    figures = {str(name): float(value) for name, value in found.mean().items()}
    for name in ("naive", "ours"):
        figures[f"bias of {name}"] = float((found[name] - found["truth"]).mean())
    return figures
