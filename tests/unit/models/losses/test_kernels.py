"""Log-likelihoods of cells: against scipy, and their slopes and information against differences."""

import numpy as np
import pytest
from scipy.stats import gamma, genpareto, norm

from creditrisk.models.losses.kernels import Cells, GammaKernel, LogNormalKernel, ParetoKernel

R = np.random.default_rng(1).normal(0.3, 0.8, 400)
ETA, LAM, STEP = 0.2, -0.3, 1e-5


def cells(n, first, second, over=0.0, under=0.0):
    return Cells(*(np.array([float(one)]) for one in (n, first, second, over, under)))


def between(floor, limit):
    known = (floor < R) & (limit >= R)
    return cells(known.sum(), R[known].sum(), (R[known] ** 2).sum(), (limit < R).sum(), (floor >= R).sum())


CASES = {
    "log-normal": (LogNormalKernel(), cells(400, R.sum(), (R**2).sum())),
    "censored": (LogNormalKernel(limit=1.2), between(-np.inf, 1.2)),
    "with a floor": (LogNormalKernel(floor=-0.4), between(-0.4, np.inf)),
    "with both": (LogNormalKernel(limit=1.2, floor=-0.4), between(-0.4, 1.2)),
    "gamma": (GammaKernel(), cells(400, R.sum(), np.exp(R).sum())),
    "pareto": (ParetoKernel(), cells(1, 3.0, 0.0)),
}


def test_values_are_those_of_scipy():
    sigma, y = np.exp(LAM), np.exp(R)
    found = {name: kernel.value(sums, ETA, LAM)[0] for name, (kernel, sums) in CASES.items()}
    below = R <= 1.2
    assert found["log-normal"] == pytest.approx(norm.logpdf(R, ETA, sigma).sum())
    censored = norm.logpdf(R[below], ETA, sigma).sum() + (~below).sum() * norm.logsf(1.2, ETA, sigma)
    assert found["censored"] == pytest.approx(censored)
    known = below & (R > -0.4)
    both = norm.logpdf(R[known], ETA, sigma).sum() + (~below).sum() * norm.logsf(1.2, ETA, sigma)
    assert found["with both"] == pytest.approx(both + (R <= -0.4).sum() * norm.logcdf(-0.4, ETA, sigma))
    shape = np.exp(-2 * LAM)
    assert found["gamma"] == pytest.approx((gamma.logpdf(y, shape, scale=np.exp(ETA) / shape) + R).sum())
    xi = 0.9 / (1 + np.exp(-LAM))
    assert found["pareto"] == pytest.approx(genpareto.logpdf(3.0, xi, scale=np.exp(ETA)))


@pytest.mark.parametrize("name", CASES)
def test_slopes_are_those_of_the_value(name):
    kernel, sums = CASES[name]
    found = kernel.derivatives(sums, ETA, np.array([LAM]))
    by_eta = kernel.value(sums, ETA + STEP, LAM) - kernel.value(sums, ETA - STEP, LAM)
    by_lam = kernel.value(sums, ETA, LAM + STEP) - kernel.value(sums, ETA, LAM - STEP)
    assert found.eta[0] == pytest.approx(by_eta[0] / (2 * STEP), rel=1e-4, abs=1e-4)
    assert found.lam[0] == pytest.approx(by_lam[0] / (2 * STEP), rel=1e-4, abs=1e-4)
    assert found.value == pytest.approx(kernel.value(sums, ETA, LAM))


@pytest.mark.parametrize("name", ["censored", "with a floor", "with both"])
def test_the_censored_information_is_the_observed_one(name):
    kernel, sums = CASES[name]
    found = kernel.derivatives(sums, ETA, np.array([LAM]))
    up, down = (kernel.derivatives(sums, ETA + d, np.array([LAM])) for d in (STEP, -STEP))
    assert found.eta_eta[0] == pytest.approx(-(up.eta - down.eta)[0] / (2 * STEP), rel=1e-4)
    assert found.eta_lam[0] == pytest.approx(-(up.lam - down.lam)[0] / (2 * STEP), rel=1e-4)
    up, down = (kernel.derivatives(sums, ETA, np.array([LAM + d])) for d in (STEP, -STEP))
    assert found.lam_lam[0] == pytest.approx(-(up.lam - down.lam)[0] / (2 * STEP), rel=1e-4)


@pytest.mark.parametrize("name", ["gamma", "pareto"])
def test_expected_information_is_the_variance_of_the_slopes(name):
    rng = np.random.default_rng(2)
    if name == "gamma":
        kernel, shape = GammaKernel(), np.exp(-2 * LAM)
        y = rng.gamma(shape, np.exp(ETA) / shape, 200_000)
        sums = Cells(np.ones_like(y), np.log(y), y, np.zeros_like(y), np.zeros_like(y))
    else:
        kernel, xi = ParetoKernel(), 0.9 / (1 + np.exp(-LAM))
        y = genpareto.rvs(xi, scale=np.exp(ETA), size=200_000, random_state=rng)
        sums = Cells(np.ones_like(y), y, *(np.zeros_like(y) for _ in range(3)))
    found = kernel.derivatives(sums, ETA, np.full_like(y, LAM))
    variance = np.cov(found.eta, found.lam)
    expected = [found.eta_eta.mean(), found.eta_lam.mean(), found.lam_lam.mean()]
    np.testing.assert_allclose(
        [variance[0, 0], variance[0, 1], variance[1, 1]], expected, rtol=0.04, atol=0.02
    )
