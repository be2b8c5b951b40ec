"""Truths drawn from the prior of location, spread and tail rank evenly; twins with a mistake do not.

Fast, on the normal approximation at the mode, which hundreds of losses make a good one;
``python -m benchmarks.statistics.loss_sbc`` does the same with the posterior itself.
"""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from scipy.stats import kstest, norm

from creditrisk.models.design_matrix import Design
from creditrisk.models.losses.data import LossData
from creditrisk.models.losses.kernels import LARGEST_XI
from creditrisk.models.losses.mode import find_loss_mode
from creditrisk.models.losses.priors import SpreadPrior
from creditrisk.models.priors import Priors

NONE = Design(terms=())
LOSSES, REPLICATIONS = 1500, 80
SPREAD = SpreadPrior(anchor=0.0, deviation=0.3, group=0.2)
SHAPE = SpreadPrior(anchor=-1.0, deviation=0.7, group=0.2)
CAP = np.exp(1.0)


def data(loss):
    frame = pd.DataFrame(index=range(len(loss)))
    return LossData(frame=frame, loss=loss, weight=np.ones(len(loss)), design=NONE, groups=())


def normal(rng, cap):
    truth = rng.normal(0, 1), rng.normal(SPREAD.anchor, SPREAD.deviation)
    loss = np.exp(truth[0] + np.exp(truth[1]) * rng.normal(size=LOSSES))
    return truth, data(np.minimum(loss, CAP * 1.001)).log_normal_rows(NONE, 0.0, cap)


def gamma(rng, factor):
    truth = rng.normal(0, 1), rng.normal(SPREAD.anchor, SPREAD.deviation)
    shape = np.exp(-2 * truth[1])
    loss = rng.gamma(shape, np.exp(truth[0]) / shape, LOSSES)
    return truth, data(np.maximum(loss, 1e-290) * factor).gamma_rows(NONE, 0.0)


def pareto(rng, shift):
    truth = rng.normal(0, 1), rng.normal(SHAPE.anchor, SHAPE.deviation)
    xi = LARGEST_XI * expit(truth[1])
    excess = np.exp(truth[0]) * (rng.random(LOSSES) ** -xi - 1) / xi
    return truth, data(excess + shift).pareto_rows(NONE, 0.0)


LAWS = {"normal": (normal, CAP, SPREAD), "gamma": (gamma, 1.0, SPREAD), "pareto": (pareto, 0.0, SHAPE)}
TWINS = {"normal": np.inf, "gamma": 1.15, "pareto": 0.3}


def ranks(name, told, seed=3):
    """Return where each truth lies in the posterior, (replications, 2)."""
    draw, _, spread = LAWS[name]
    found = []
    for rng in np.random.default_rng(seed).spawn(REPLICATIONS):
        truth, rows = draw(rng, told)
        mode = find_loss_mode(rows, Priors(), spread)
        curvature = rows.expand(mode).hessian + np.diag([0.0, spread.deviation**-2])
        sd = np.sqrt(np.diag(np.linalg.inv(curvature)))
        found.append(norm.cdf((np.array(truth) - mode) / sd))
    return np.array(found)


@pytest.mark.parametrize("name", LAWS)
def test_truths_rank_evenly(name):
    found = ranks(name, LAWS[name][1])
    assert kstest(found[:, 0], "uniform").pvalue > 0.01
    assert kstest(found[:, 1], "uniform").pvalue > 0.01


@pytest.mark.parametrize("name", LAWS)
def test_a_mistake_is_caught(name):
    found = ranks(name, TWINS[name])
    worst = min(kstest(found[:, 0], "uniform").pvalue, kstest(found[:, 1], "uniform").pvalue)
    assert worst < 1e-4
