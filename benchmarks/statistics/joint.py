"""Do violation and loss, fitted as one, find how regions' and sectors' effects on both are related?

    python -m benchmarks.statistics.joint [--replications 200] [--registries 4] [--quick]

Simulation-based calibration of the correlation, of both scales and of a sector's effects: truths are drawn
from the prior, and their ranks among the draws of their posterior must be even. In the twin the losses carry
the codes of other sectors; it must be caught. Then correlations of -0.5, 0 and 0.7: on synthetic registries,
where 31 regions and 20 sectors say little, the 90 % intervals must hold the truth; where 200 groups are known
well, the posterior means must be near it.
"""

import argparse
import warnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from benchmarks.statistics.even_ranks import RANKS, even_ranks
from benchmarks.statistics.replications import replicate
from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk import RiskModel, Surrogate, ViolationModel, load_system, read_records, simulate
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.models.loss import LossModel
from creditrisk.models.losses.priors import LossPriors
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]

SECTORS, ENTITIES = 15, 3000
MANY = 200
ENGINE = Surrogate(draws=500, tune=500, keep=990, on_failure="return")
RHOS = (-0.5, 0.0, 0.7)
COUNTED = ("penalty_n", "complaint_n", "abnormal_now", "annual_report_missing", "region", "sector")


def ranks_of_one(setting: tuple[bool, int]) -> dict[str, int]:
    """Draw a truth and its outcomes, fit, and rank the truth.

    Parameters
    ----------
    setting : tuple of whether with the mistake, and seed
        One replication.

    Returns
    -------
    dict of str to int
        Rank of each quantity among 99 draws.
    """
    warnings.simplefilter("ignore")
    mistaken, seed = setting
    rng = np.random.default_rng(seed)
    priors, loss_priors = Priors(), LossPriors()
    rho = 2 * rng.beta(loss_priors.correlation, loss_priors.correlation) - 1
    tau = np.abs(rng.normal(0, [priors.group, loss_priors.group]))
    z = rng.normal(size=(2, SECTORS))
    often, much = tau[0] * z[0], tau[1] * (rho * z[0] + np.sqrt(1 - rho**2) * z[1])
    sector = rng.integers(SECTORS, size=ENTITIES)
    hit = rng.random(ENTITIES) < expit(-1.0 + (often - often.mean())[sector])
    told = rng.permutation(SECTORS)[sector] if mistaken else sector
    loss = np.exp(9 + (much - much.mean())[told] + 0.8 * rng.normal(size=ENTITIES))
    index = [f"e{k}" for k in range(ENTITIES)]
    X = pd.DataFrame({"sector": [f"s{k:02d}" for k in sector]}, index=index)
    outcomes = pd.DataFrame({"violation": hit * 1.0, "loss_cny": np.where(hit, loss, np.nan)}, index=index)
    fitted = joint_model(seed).fit(X, outcomes)
    trees = fitted.loss_.tree_["posterior"]
    first = [part.posterior_.levels[0].astype(np.float64) for part in (fitted.violation_, fitted.loss_)]
    drawn = {
        "correlation": fitted.correlations_["sector"].to_numpy(),
        "tau of violations": trees["tau"].values.reshape(-1),
        "tau of losses": trees["loss_tau"].values.reshape(-1),
        "a sector's violations": first[0],
        "a sector's losses": first[1],
        "both of a sector": first[0] * first[1],
    }
    truth = {
        "correlation": rho,
        "tau of violations": tau[0],
        "tau of losses": tau[1],
        "a sector's violations": often[0] - often.mean(),
        "a sector's losses": much[0] - much.mean(),
        "both of a sector": (often[0] - often.mean()) * (much[0] - much.mean()),
    }
    return {name: int(np.sum(_spaced(drawn[name]) < truth[name])) for name in truth}


def joint_model(seed: int, groups: tuple[str, ...] = ("sector",)) -> RiskModel:
    """Return both models, to be fitted as one.

    Parameters
    ----------
    seed : int
        Of the draws.
    groups : tuple of str
        Of both.

    Returns
    -------
    RiskModel
        Not fitted.
    """
    often = ViolationModel(groups=groups, inference=ENGINE, random_state=seed)
    return RiskModel(often, LossModel(groups=groups), joint=True)


def p_values(mistaken: bool, number: int, seed: int) -> dict[str, float]:
    """Return the chi-squared p-value of the ranks of each quantity.

    Parameters
    ----------
    mistaken : bool
        Whether the twin.
    number : int
        Replications.
    seed : int
        Of the first.

    Returns
    -------
    dict of str to float
        By quantity.
    """
    return even_ranks(replicate(ranks_of_one, [(mistaken, seed + k) for k in range(number)]))


def recovered(setting: tuple[float, int]) -> dict[str, float]:
    """Fit a synthetic registry, all of whose violations were seen.

    Parameters
    ----------
    setting : tuple of correlation and seed
        Of the registry.

    Returns
    -------
    dict of str to float
        Mean and 90 % interval, of regions and of sectors.
    """
    warnings.simplefilter("ignore")
    rho, seed = setting
    registry = simulate(30_000, seed=seed, first_year=2022, correlation=rho)
    truth = registry.truth[registry.truth["as_of"] == "2024-01-01"].set_index("entity_id")
    snapshot = read_records(registry.tables).as_of("2024-01-01")
    X = IndicatorExtractor(load_system("general")).transform(snapshot)
    X = X[[name for name in COUNTED if name in X]]
    outcomes = truth[["violation", "loss_cny"]].astype(float)
    draws = joint_model(seed, ("region", "sector")).fit(X, outcomes).correlations_
    found = {}
    for name in draws:
        lower, upper = np.quantile(draws[name], [0.05, 0.95])
        found |= {f"{name} mean": draws[name].mean(), f"{name} 5 %": lower, f"{name} 95 %": upper}
    return found


def of_many(setting: tuple[float, int]) -> dict[str, float]:
    """Fit 60 000 entities in 200 groups, whose effects have exactly this correlation.

    Parameters
    ----------
    setting : tuple of correlation and seed
        Of the entities.

    Returns
    -------
    dict of str to float
        Mean and 90 % interval.
    """
    warnings.simplefilter("ignore")
    rho, seed = setting
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(MANY, 2))
    z = np.linalg.qr(z - z.mean(axis=0))[0] * np.sqrt(MANY)
    often, much = 0.5 * z[:, 0], 0.5 * (rho * z[:, 0] + np.sqrt(1 - rho**2) * z[:, 1])
    sector = rng.integers(MANY, size=60_000)
    hit = rng.random(len(sector)) < expit(-1.5 + often[sector])
    loss = np.exp(9 + much[sector] + rng.normal(size=len(sector)))
    index = pd.Index([f"e{k}" for k in range(len(sector))])
    X = pd.DataFrame({"sector": [f"s{k:03d}" for k in sector]}, index=index)
    outcomes = pd.DataFrame({"violation": hit * 1.0, "loss_cny": np.where(hit, loss, np.nan)}, index=index)
    draws = joint_model(seed).fit(X, outcomes).correlations_["sector"]
    lower, upper = np.quantile(draws, [0.05, 0.95])
    return {"mean": float(draws.mean()), "5 %": lower, "95 %": upper}


def run(replications: int, registries: int) -> None:
    """Print the tables, the bars and the JSON line.

    Parameters
    ----------
    replications : int
        Of the calibration.
    registries : int
        Of each correlation.
    """
    right, twin = p_values(False, replications, 1000), p_values(True, max(20, replications // 5), 9000)
    rows = {name: {"p": right[name], "p, codes mixed up": twin[name]} for name in right}
    settings = [(rho, 100 + k) for rho in RHOS for k in range(registries)]
    found = dict(zip(settings, replicate(recovered, settings), strict=True))
    many = dict(zip(settings, replicate(of_many, settings), strict=True))
    tables = {"registries": _named(found), f"{MANY} groups": _named(many)}
    print_table(f"p-values of even ranks, {replications} replications", rows)
    for title, table in tables.items():
        print_table(title, table)
    held = [
        one[f"{group} 5 %"] <= rho <= one[f"{group} 95 %"]
        for (rho, _), one in found.items()
        for group in ("region", "sector")
    ]
    bars = {
        "SBC: smallest corrected p-value": Bar(value=min(right.values()) * len(right), sign="≥", limit=0.01),
        "SBC: smallest p-value of the twin": Bar(value=min(twin.values()), sign="≤", limit=1e-3),
        "registries: share of 90 % intervals that hold the truth": Bar(
            value=float(np.mean(held)), sign="≥", limit=0.8
        ),
    }
    for rho in RHOS:
        gap = abs(float(np.mean([one["mean"] for (true, _), one in many.items() if true == rho])) - rho)
        bars[f"{MANY} groups: distance of the mean from {rho:+.1f}"] = Bar(value=gap, sign="≤", limit=0.1)
    print_bars(bars)
    print_json("statistics.joint", {"sbc": rows, **tables}, {}, bars)


def _named(found: dict[tuple[float, int], dict[str, float]]) -> dict[str, dict[str, float]]:
    return {f"truth {rho:+.1f}, seed {seed}": one for (rho, seed), one in found.items()}


def _spaced(draws: Floats) -> Floats:
    return draws[np.linspace(0, len(draws) - 1, RANKS).round().astype(int)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--replications", type=int, default=200, help="of the calibration")
    parser.add_argument("--registries", type=int, default=4, help="of each correlation")
    parser.add_argument("--quick", action="store_true", help="twenty replications, one registry each")
    given = parser.parse_args()
    run(20 if given.quick else given.replications, 1 if given.quick else given.registries)
