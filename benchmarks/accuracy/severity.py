"""Positive losses of two public data sets: fines of Montréal's food businesses, and French motor claims.

    python -m benchmarks.accuracy.severity --data ../shared/data [--quick]

Splits and features are those of the public splits, the same for all; no choice was made on the test rows.
The log-score is the mean log-density of the loss itself. Money is that of all test rows, in the order of
probability times loss, each model with probabilities of its own kind. `constant` is a peer like the others.
Ours is judged as a log-normal with a floor where many training losses share the smallest amount, which is the
least fine of the law in Montréal; the same without it, and with a Pareto tail, are shown beside it.
"""

import time
from collections.abc import Mapping

import numpy as np

from benchmarks.accuracy.datasets import DATASETS
from benchmarks.accuracy.part import Part
from benchmarks.accuracy.report import finish, print_part
from benchmarks.accuracy.severity_figures import COVERAGE, Amounts, Predicted, severity_figures
from benchmarks.accuracy.severity_peers import PEERS
from benchmarks.accuracy.task import Floats
from benchmarks.command import Options, main
from benchmarks.splits import load_splits
from benchmarks.table import Bar, Figures, print_table
from creditrisk.models.loss import LossModel
from creditrisk.models.losses import LogNormal, LogNormalPareto, LossFamily, smallest_shared
from creditrisk.models.violation import ViolationModel

TITLES = {
    "montreal": "Montréal: fines of the year of businesses that offend again, in CAD",
    "motor": "French motor policies: claims of the year, in EUR",
}


def violation_model(data: Amounts, options: Options) -> ViolationModel:
    """Fit the probabilities with the defaults.

    Parameters
    ----------
    data : Amounts
        Features, split and amounts.
    options : Options
        Of this run.

    Returns
    -------
    ViolationModel
        Fitted to the training rows.
    """
    task = data.task
    model = ViolationModel(
        groups=task.groups, directions=dict(task.directions), inference=options.inference, random_state=0
    )
    return model.fit(task.raw[task.train], task.y[task.train])


def ours(data: Amounts, p: Floats, options: Options, family: LossFamily) -> tuple[dict[str, float], str]:
    """Fit the losses, predict and measure.

    Parameters
    ----------
    data : Amounts
        Features, split and amounts.
    p : ndarray, (test rows,)
        Our probabilities.
    options : Options
        Of this run.
    family : LossFamily
        Which.

    Returns
    -------
    tuple of dict and str
        Figures, with the mean expected loss over the mean loss and the largest relative Monte-Carlo error of
        an expected loss, and how the fit went.
    """
    task, began = data.task, time.perf_counter()
    loss = LossModel(groups=task.groups, family=family, inference=options.inference, random_state=0)
    loss.fit(task.raw[data.train], data.amount[data.train])
    test = task.raw[task.test]
    there = test[data.positive]
    tail = (1 - COVERAGE) / 2
    expected = loss.predict(test)
    predicted = Predicted(
        log_density=loss.log_density(there, data.losses),
        log_mean=loss.log_location(there).mean(axis=0, dtype=np.float64),
        lower=loss.quantile(there, tail),
        upper=loss.quantile(there, 1 - tail),
        expected=p * expected,
    )
    seconds = time.perf_counter() - began
    figures = {
        **severity_figures(data, predicted),
        "expected_over_mean": float(expected[data.positive].mean() / data.losses.mean()),
        "relative_error": float((loss.monte_carlo_error(test) / expected).max()),
        "fit_seconds": seconds,
    }
    return figures, f"{type(family).__name__}: {loss.status_.sentence}"


def severity_bars(figures: Figures, peers: Mapping[str, Figures]) -> dict[str, Bar]:
    """Return what is asked of our figures on one data set, in view of the peers'.

    Parameters
    ----------
    figures : mapping of str to float
        Ours.
    peers : mapping of str to mapping of str to float
        By peer.

    Returns
    -------
    dict of str to Bar
        By name.
    """
    best = {
        "log_score": max(one["log_score"] for one in peers.values()),
        "rmse_log": min(one["rmse_log"] for one in peers.values()),
        "money_first_half": max(one["money_first_half"] for one in peers.values()),
    }
    return {
        "log_score": Bar(value=figures["log_score"], sign="≥", limit=best["log_score"]),
        "rmse_log": Bar(value=figures["rmse_log"], sign="≤", limit=1.01 * best["rmse_log"]),
        "coverage_90_at_least": Bar(value=figures["coverage_90"], sign="≥", limit=0.87),
        "coverage_90_at_most": Bar(value=figures["coverage_90"], sign="≤", limit=0.93),
        "money_first_half": Bar(value=figures["money_first_half"], sign="≥", limit=best["money_first_half"]),
    }


def severity(name: str, options: Options) -> Part:
    """Fit, predict and measure on one data set.

    Parameters
    ----------
    name : {"montreal", "motor"}
        Which.
    options : Options
        Of this run.

    Returns
    -------
    Part
        Figures, peers and bars.
    """
    splits = load_splits(options.data)
    data = Amounts(
        task=DATASETS[name].task(name, options.data, splits),
        amount=np.asarray(splits.ALL[name]()["amount"], dtype=float),
    )
    violation = violation_model(data, options)
    p = violation.predict_proba(data.task.raw[data.task.test])[:, 1]
    floor = smallest_shared(data.amount[data.train])
    families: dict[str, LossFamily] = (
        {} if floor is None else {f"LogNormal from {floor:,.0f}": LogNormal(floor=floor)}
    )
    families |= {"LogNormal": LogNormal(), "LogNormalPareto": LogNormalPareto()}
    found = {title: ours(data, p, options, family) for title, family in families.items()}
    (figures, _), *others = found.values()
    peers = {peer: _timed(data, peer) for peer in PEERS}
    losses = len(data.losses)
    print_table(f"{name}: families", {title: one for title, (one, _) in found.items()})
    return Part(
        title=f"{TITLES[name]} ({data.train.sum():,} losses to learn from, {losses:,} to predict)",
        ours=figures,
        peers=peers,
        bars=severity_bars(figures, peers),
        fits=(violation.status_.sentence, *(sentence for _, sentence in found.values())),
        about={
            "train_losses": int(data.train.sum()),
            "test_losses": losses,
            "floor": floor,
            "others": [one for one, _ in others],
        },
    )


def run(options: Options) -> None:
    """Print both tables, the bars and the JSON line.

    Parameters
    ----------
    options : Options
        Of this run.
    """
    parts = {}
    for name in TITLES:
        parts[name] = severity(name, options)
        print_part(parts[name], options)
    bars = {f"{name}.{what}": bar for name, part in parts.items() for what, bar in part.bars.items()}
    finish("accuracy.severity", parts, bars)


def _timed(data: Amounts, peer: str) -> dict[str, float]:
    began = time.perf_counter()
    figures = severity_figures(data, PEERS[peer](data))
    return {**figures, "fit_seconds": time.perf_counter() - began}


if __name__ == "__main__":
    main(run)
