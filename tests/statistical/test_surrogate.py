"""The law: the surrogate posterior is the exact one, up to Monte-Carlo error; a wrong surrogate is not."""

from dataclasses import replace

import numpy as np
import pytest
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import Steps
from creditrisk.models.inference.engines import Nuts, Surrogate
from creditrisk.models.inference.likelihood import BinomialRows
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.inference.run import fit_binomial
from creditrisk.models.merge import merge_rows
from creditrisk.models.priors import Priors

MEAN_GAP, SD_RATIO = 0.15, (0.9, 1.1)
DRAWS = {"draws": 3000, "tune": 700, "keep": 6000}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rows():
    made = world(5000, 41)
    ones = np.ones(len(made.X))
    design = build_design(
        made.X, groups=("region", "sector"), directions=DIRECTIONS, effect=Steps(), weight=ones
    )
    places, offset = design.encode(made.X), np.zeros(len(made.X))
    return merge_rows(BinomialRows(design=design, places=places, offset=offset, n=ones, y=made.violation))


@pytest.fixture(scope="module")
def mode(rows):
    return find_mode(rows, Priors())


@pytest.fixture(scope="module")
def exact(rows, mode):
    return fit_binomial(rows, mode, Priors(), Nuts(**DRAWS), seed=1).theta @ rows.design.basis.T


def disagreement(draws, reference):
    """Largest gap of means in posterior sd, smallest and largest ratio of sd, over all level values."""
    varies = reference.std(axis=0) > 1e-9
    draws, reference = draws[:, varies], reference[:, varies]
    sd = reference.std(axis=0)
    ratio = draws.std(axis=0) / sd
    gap = np.abs(draws.mean(axis=0) - reference.mean(axis=0)) / sd
    return gap.max(), ratio.min(), ratio.max()


def agrees(draws, reference):
    gap, low, high = disagreement(draws, reference)
    return bool(gap < MEAN_GAP and low > SD_RATIO[0] and high < SD_RATIO[1])


def test_the_surrogate_is_the_exact_posterior(rows, mode, exact):
    fit = fit_binomial(rows, mode, Priors(), Surrogate(**DRAWS), seed=2)
    print(f"k-hat {fit.status.k_hat:.2f}, {disagreement(fit.theta @ rows.design.basis.T, exact)}")  # noqa: T201
    assert fit.status.k_hat < 0.7
    assert agrees(fit.theta @ rows.design.basis.T, exact)


def test_a_likelihood_twice_too_sure_is_caught(rows, mode, exact):
    from creditrisk.models._pymc.graph import surrogate_graph
    from creditrisk.models._pymc.sample import sample
    from creditrisk.models.inference.diagnostics import flat, smoothed_weights

    wrong = replace(mode, hessian=2 * mode.hessian, gradient=2 * mode.gradient)
    tree = sample(surrogate_graph(rows.design, Priors(), wrong), Surrogate(draws=1000, tune=700), 3)
    theta = flat(tree, "theta")
    assert not agrees(theta @ rows.design.basis.T, exact)
    _, k_hat = smoothed_weights(rows.values(theta) - wrong.values(theta))
    assert k_hat > 0.7
