"""Groups are taken apart from the intercept where no row has two levels, and put together again."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import Steps
from creditrisk.models.gibbs.apart import take_apart
from creditrisk.models.gibbs.law import law_of
from creditrisk.models.gibbs.quadratic import Quadratic
from creditrisk.models.inference.likelihood import BinomialRows
from creditrisk.models.priors import Priors

ROWS = 400
GROUPS = ("region", "sector")


def rows_of(regions="abcdefgh", scored=None):
    """Return rows of one indicator and two groups; if asked for, some are of another region."""
    rng = np.random.default_rng(3)
    X = pd.DataFrame(
        {
            "penalty_n": rng.poisson(0.8, ROWS).astype(float),
            "region": rng.choice(list(regions), ROWS),
            "sector": rng.choice(list("klmnopqrst"), ROWS),
        }
    )
    design = build_design(
        X, groups=GROUPS, directions={"penalty_n": "raises"}, effect=Steps(bins=4), weight=np.ones(ROWS)
    )
    if scored is not None:
        X.loc[: ROWS // 4, "region"] = scored
    y = (rng.random(ROWS) < 0.3).astype(float)
    return BinomialRows(design=design, places=design.encode(X), offset=np.zeros(ROWS), n=np.ones(ROWS), y=y)


def likelihood_of(rows):
    rng = np.random.default_rng(4)
    return Quadratic.of(rows.expand(rng.normal(size=rows.design.n_coefficients)))


def value(likelihood, theta):
    d = theta - likelihood.at
    return likelihood.gradient @ d - 0.5 * d @ likelihood.hessian @ d


@pytest.mark.parametrize("stretch", [1.0, 0.6])
def test_the_likelihood_stays_what_it_is(stretch):
    rows = rows_of()
    law, known = law_of(rows.design, Priors()), likelihood_of(rows)
    by = np.ones(len(known.at))
    by[rows.design.slices[2]] = stretch
    known = replace(known, gradient=by * known.gradient, hessian=by[:, None] * known.hessian * by)
    apart = take_apart(known, law)
    assert len(apart.groups) == len(GROUPS)
    for where in rows.design.slices[1:]:
        block = apart.likelihood.hessian[where, where]
        assert np.array_equal(block, np.diag(np.diag(block)))
    some = np.random.default_rng(5).normal(size=(6, len(known.at)))
    known_values = [value(known, theta) for theta in apart.together(some)]
    values = [value(apart.likelihood, theta) for theta in some]
    assert np.diff(values) == pytest.approx(np.diff(known_values), rel=1e-9)


def test_a_group_that_some_rows_are_not_in_stays_with_the_intercept():
    rows = rows_of(scored="elsewhere")
    law = law_of(rows.design, Priors())
    apart = take_apart(likelihood_of(rows), law)
    assert [law.scales[number].name for number in apart.groups] == ["sector"]
    assert not apart.lean[rows.design.slices[1]].any()
