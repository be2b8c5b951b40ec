"""Simulation-based calibration of the loss families: location, spread and tail, all pooled by a group.

    python -m benchmarks.statistics.loss_sbc [--replications 200] [--quick]

Truths are drawn from the prior; their ranks among the draws of their posterior must be even (chi-squared
over ten bins, Talts et al. 2018). The twins make a mistake: losses at the cap are taken for their amounts;
excesses are not counted from the threshold. They must be caught.
"""

import argparse
import warnings
from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from benchmarks.statistics.even_ranks import RANKS, even_ranks
from benchmarks.statistics.replications import replicate
from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.models.design_matrix import Design, build_design
from creditrisk.models.effects import Steps
from creditrisk.models.inference.engines import Auto
from creditrisk.models.losses.data import LossData
from creditrisk.models.losses.fit import fit_losses
from creditrisk.models.losses.kernels import LARGEST_XI
from creditrisk.models.losses.priors import SpreadPrior
from creditrisk.models.losses.rows import LossRows
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]
Setting = tuple[str, bool, int]

LOSSES, LEVELS = 300, 6
PRIORS = Priors(intercept=1.0)
SECONDS = {
    "log_normal": SpreadPrior(anchor=0.0, deviation=0.3, group=0.2),
    "pareto": SpreadPrior(anchor=-1.0, deviation=0.7, group=0.3),
}
CAP, SHIFT = 3.0, 0.5


def losses(kind: str, eta: Floats, lam: Floats, rng: np.random.Generator) -> Floats:
    """Draw a loss, or an excess, for every row.

    Parameters
    ----------
    kind : {"log_normal", "pareto"}
        Family.
    eta, lam : ndarray of shape (n_rows,)
        Predictors.
    rng : numpy.random.Generator
        Source.

    Returns
    -------
    ndarray of shape (n_rows,)
        Amounts.
    """
    if kind == "log_normal":
        return np.exp(eta + np.exp(lam) * rng.normal(size=len(eta)))
    xi = LARGEST_XI * expit(lam)
    return np.exp(eta) * (rng.random(len(eta)) ** -xi - 1) / xi


def ranks_of_one(setting: Setting) -> dict[str, int]:
    """Draw a truth and its losses, fit, and rank the truth.

    Parameters
    ----------
    setting : tuple of family, whether with the mistake, and seed
        One replication.

    Returns
    -------
    dict of str to int
        Rank of each quantity among 99 draws.
    """
    warnings.simplefilter("ignore")
    kind, mistaken, seed = setting
    rng, second = np.random.default_rng(seed), SECONDS[kind]
    X = pd.DataFrame({"sector": [f"s{k % LEVELS}" for k in range(LOSSES)]})
    design = build_design(X, groups=("sector",), directions={}, effect=Steps(), weight=np.ones(LOSSES))
    tau = np.abs(rng.normal(0, [PRIORS.group, second.group]))
    theta = np.append(rng.normal(0, PRIORS.intercept), tau[0] * rng.normal(size=LEVELS))
    lam = np.append(rng.normal(second.anchor, second.deviation), tau[1] * rng.normal(size=LEVELS))
    matrix = design.encode(X).matrix(design.basis)
    rows = _rows(kind, mistaken, design, X, losses(kind, matrix @ theta, matrix @ lam, rng))
    engine = Auto(draws=600, tune=600, keep=RANKS * 10, on_failure="return")
    location, spread = fit_losses(rows, PRIORS, second, engine, seed)
    drawn = _quantities(design, location.theta, spread.theta, location.hyper["tau"], spread.hyper["tau"])
    truth = _quantities(design, theta[None], lam[None], tau[None, :1], tau[None, 1:])
    return {name: int(np.sum(drawn[name][::10] < truth[name][0])) for name in truth}


def p_values(kind: str, mistaken: bool, number: int, seed: int) -> dict[str, float]:
    """Return the chi-squared p-value of the ranks of each quantity.

    Parameters
    ----------
    kind : {"log_normal", "pareto"}
        Family.
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
    return even_ranks(replicate(ranks_of_one, [(kind, mistaken, seed + k) for k in range(number)]))


def run(number: int) -> None:
    """Print the tables, the bars and the JSON line.

    Parameters
    ----------
    number : int
        Replications of each family.
    """
    right = {kind: p_values(kind, False, number, 1000) for kind in SECONDS}
    twins = {kind: p_values(kind, True, max(20, number // 5), 9000) for kind in SECONDS}
    print_table(f"p-values of even ranks, {number} replications", right)
    print_table("The twins with a mistake", twins)
    bars: dict[str, Bar] = {}
    for kind in SECONDS:
        least = min(right[kind].values()) * len(right[kind])
        bars[f"{kind}.least_p_times_quantities"] = Bar(value=least, sign="≥", limit=0.01)
        bars[f"{kind}.twin_least_p"] = Bar(value=min(twins[kind].values()), sign="≤", limit=1e-3)
    print_bars(bars)
    about: Mapping[str, object] = {**right, "replications": number}
    print_json("statistics.loss_sbc", about, twins, bars)


def _rows(kind: str, mistaken: bool, design: Design, X: pd.DataFrame, loss: Floats) -> LossRows:
    def data(amount: Floats) -> LossData:
        return LossData(frame=X, loss=amount, weight=np.ones(len(X)), design=design, groups=("sector",))

    if kind == "log_normal":
        known = data(np.minimum(loss, CAP * 1.001))
        return known.log_normal_rows(design, 0.0, np.inf if mistaken else CAP)
    return data(loss + SHIFT if mistaken else loss).pareto_rows(design, 0.0)


def _quantities(
    design: Design, theta: Floats, lam: Floats, tau: Floats, tau_second: Floats
) -> dict[str, Floats]:
    first = design.basis[1]
    return {
        "location": theta[:, 0],
        "location of a sector": theta @ first,
        "tau": tau[:, 0],
        "second": lam[:, 0],
        "second of a sector": lam @ first,
        "tau of second": tau_second[:, 0],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--replications", type=int, default=200, help="of each family")
    parser.add_argument("--quick", action="store_true", help="twenty replications")
    given = parser.parse_args()
    run(20 if given.quick else given.replications)
