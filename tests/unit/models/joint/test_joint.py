"""Violation and loss fitted as one posterior."""

import numpy as np
import pandas as pd
import pytest
from tests.lib.correlated import correlated_outcomes

from creditrisk import Auto, LossModel, Map, Nuts, RiskModel, ViolationModel
from creditrisk.errors import SpecError
from creditrisk.models.file import load_model
from creditrisk.models.losses import Gamma, LogNormal

SHORT = {"draws": 250, "tune": 300, "chains": 2, "keep": 100, "on_failure": "return"}
SECTORS = 60


def joint_model(*, inference=None, groups=("sector",), **of_loss) -> RiskModel:
    often = ViolationModel(groups=["sector"], inference=inference or Auto(**SHORT), random_state=3)
    return RiskModel(often, LossModel(groups=groups, **of_loss), joint=True)


@pytest.fixture(scope="module")
def world() -> tuple[pd.DataFrame, pd.DataFrame]:
    return correlated_outcomes(0.8, entities=9000, sectors=SECTORS, seed=1)


@pytest.fixture(scope="module")
def fitted(world) -> RiskModel:
    return joint_model().fit(*world)


def test_the_correlation_is_found(fitted) -> None:
    draws = fitted.correlations_["sector"]
    assert len(draws) == 100
    assert draws.quantile(0.05) < 0.8 < draws.quantile(0.95) + 0.1
    assert draws.quantile(0.05) > 0.3


def test_draws_of_both_models_are_of_one_posterior(fitted, world) -> None:
    X = world[0]
    found = fitted.posterior(X[:50])
    assert found.p.shape == found.expected_loss.shape == (100, 50)
    assert fitted.loss_.posterior_.intercept.shape == fitted.violation_.posterior_.intercept.shape


def test_an_unseen_sector_has_both_effects_of_one_draw(fitted) -> None:
    columns = [len(part.posterior_.design.terms) for part in (fitted.violation_, fitted.loss_)]
    assert columns == [2, 2]
    u, v = (part.posterior_.levels[-1] for part in (fitted.violation_, fitted.loss_))
    assert np.corrcoef(u, v)[0, 1] > 0.4


def test_the_file_keeps_the_correlations(fitted, world, tmp_path) -> None:
    fitted.save(tmp_path / "model.nc")
    loaded = load_model(tmp_path / "model.nc")
    assert loaded.joint
    assert np.allclose(loaded.correlations_, fitted.correlations_, atol=1e-6)
    assert list(loaded.correlations_.columns) == ["sector"]
    X = world[0][:20]
    assert np.array_equal(loaded.posterior(X).expected_loss, fitted.posterior(X).expected_loss)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"inference": Map()}, "joint=True needs draws"),
        ({"family": (LogNormal(), Gamma())}, "fits one family"),
        ({"groups": ()}, "name the same column in groups of both"),
    ],
)
def test_what_cannot_be_joint_is_refused(world, changed, said) -> None:
    X, outcomes = world
    if "groups" in changed:
        X = X.assign(sector=X["sector"].str[1:].astype(int))
    with pytest.raises(SpecError, match=said):
        joint_model(**changed).fit(X[:500], outcomes)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("family", "engine"),
    [
        (LogNormal(spread_by=("sector",)), Auto(**SHORT)),
        (Gamma(), Auto(**SHORT)),
        (LogNormal(), Nuts(**SHORT)),
        (LogNormal(spread_by=("sector",)), Nuts(**SHORT)),
    ],
)
def test_every_family_and_engine_agrees(world, family, engine) -> None:
    draws = joint_model(family=family, inference=engine).fit(*world).correlations_["sector"]
    assert draws.quantile(0.02) < 0.8 < draws.quantile(0.98) + 0.1
    assert draws.quantile(0.05) > 0.3
