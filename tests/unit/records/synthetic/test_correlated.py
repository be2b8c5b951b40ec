"""Regions that violate more may cost more."""

import numpy as np
import pytest

from creditrisk import simulate
from creditrisk.errors import SpecError
from creditrisk.records.synthetic.truth import correlated


@pytest.mark.parametrize("rho", [-0.5, 0.7, 1.0])
def test_effects_have_the_correlation_and_the_spread(rho) -> None:
    rng = np.random.default_rng(1)
    own, other = (effects - effects.mean() for effects in rng.normal(size=(2, 31)))
    found = correlated(own / own.std(), other / other.std(), rho)
    assert np.corrcoef(found, other)[0, 1] == pytest.approx(rho)
    assert found.std() == pytest.approx(1.0)


def test_a_registry_has_it_between_sectors() -> None:
    def of_sectors(correlation):
        registry = simulate(3000, seed=2, first_year=2022, correlation=correlation)
        truth = registry.truth.merge(registry.tables["registration"][["entity_id", "industry"]])
        logit = np.log(truth["p_violation"] / (1 - truth["p_violation"]))
        sector = truth["industry"].str[0]
        means = truth.assign(logit=logit).groupby(sector)[["logit", "mean_log_loss"]].mean()
        return means.corr().iloc[0, 1]

    assert of_sectors(0.95) > 0.6 > 0.2 > of_sectors(-0.95)


def test_no_correlation_is_refused() -> None:
    with pytest.raises(SpecError, match="between -1 and 1; got 2"):
        simulate(200, seed=1, correlation=2)
