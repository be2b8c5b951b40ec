"""The surrogate with PSIS against exact NUTS where rows, rates, bases and numbers of groups differ."""

import warnings
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import expit

from benchmarks.statistics.replications import replicate
from benchmarks.statistics.surrogate import compare
from creditrisk.models.effects import Hinges, Steps
from creditrisk.models.inference.engines import Nuts, Surrogate
from creditrisk.models.violation import ViolationModel

SCORED = 1000
DIRECTIONS = {"penalty_n": "raises", "complaint_n": "raises", "age_years": "lowers"}


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A registry and how it is modelled.

    Parameters
    ----------
    name : str
        What is special.
    rows : int
        Labelled entities.
    intercept : float
        Logit of the base rate, about.
    regions, sectors : int
        Levels of the two groups.
    effect : Steps or Hinges
        How numbers enter.
    draws : int
        Of each of two chains.
    """

    name: str
    rows: int
    intercept: float = -2.3
    regions: int = 12
    sectors: int = 5
    effect: Steps | Hinges = Hinges()  # noqa: RUF009 - frozen
    draws: int = 8000


SETTINGS = (
    Setting(name="few rows", rows=1500),
    Setting(name="ordered bins", rows=5000, effect=Steps()),
    Setting(name="rare violations", rows=20_000, intercept=-4.0),
    Setting(name="many groups", rows=5000, regions=60, sectors=30),
    Setting(name="many rows", rows=40_000, intercept=-1.5),
)


def one(setting: Setting) -> dict[str, float]:
    """Fit both to the same rows, and compare logit p of a thousand entities.

    Parameters
    ----------
    setting : Setting
        What to fit.

    Returns
    -------
    dict of str to float
        Gaps of means in posterior sd, ratios of sd, and k-hat.
    """
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(5)
    n = setting.rows + SCORED
    X = pd.DataFrame(
        {
            "penalty_n": rng.poisson(0.6, n).astype(float),
            "complaint_n": rng.poisson(0.8, n).astype(float),
            "age_years": rng.gamma(2.0, 5.0, n),
            "region": rng.choice([f"r{k:02d}" for k in range(setting.regions)], n),
            "sector": rng.choice([f"s{k:02d}" for k in range(setting.sectors)], n),
        }
    )
    eta = (
        setting.intercept
        + 0.6 * np.minimum(X["penalty_n"], 3)
        + 0.3 * np.minimum(X["complaint_n"], 4)
        + 0.8 * np.exp(-X["age_years"] / 5)
        + X["region"].map(pd.Series(rng.normal(scale=0.3, size=setting.regions), sorted(set(X["region"]))))
        + X["sector"].map(pd.Series(rng.normal(scale=0.4, size=setting.sectors), sorted(set(X["sector"]))))
    )
    y = rng.random(n) < expit(eta)
    train, scored = slice(None, setting.rows), slice(setting.rows, None)
    drawn, k_hat = {}, 0.0
    engines: dict[str, Surrogate | Nuts] = {
        "surrogate": Surrogate(draws=4 * setting.draws, keep=8 * setting.draws, on_failure="return"),
        "exact": Nuts(draws=setting.draws, keep=2 * setting.draws, on_failure="return"),
    }
    for name, engine in engines.items():
        model = ViolationModel(
            groups=("region", "sector"),
            directions=DIRECTIONS,
            effect=setting.effect,
            interactions=0,
            inference=engine,
            random_state=3,
        ).fit(X.iloc[train], y[train])
        p = model.posterior(X.iloc[scored]).astype(np.float64)
        drawn[name] = np.log(p) - np.log1p(-p)
        k_hat = model.status_.k_hat or k_hat
    return {**compare(drawn["surrogate"], drawn["exact"]), "k_hat": k_hat}


def agreements(draws: int | None = None) -> dict[str, dict[str, float]]:
    """Return the figures of every setting.

    Parameters
    ----------
    draws : int, optional
        Of each chain of the exact posterior, the surrogate's being four times as long; the settings' own if
        not given.

    Returns
    -------
    dict of str to dict of str to float
        By name of the setting.
    """
    chosen = [setting if draws is None else replace(setting, draws=draws) for setting in SETTINGS]
    return dict(zip([setting.name for setting in chosen], replicate(one, chosen), strict=True))
