"""What was learnt before stands beside new rows, as much of it as is not forgotten."""

import numpy as np
import pytest
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.errors import FitError, ModelFileError, SpecError
from creditrisk.models.elicited import PointsTable
from creditrisk.models.file import load_model, save_model
from creditrisk.models.inference.engines import Map, Surrogate
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.inference.past import RowsAndPast
from creditrisk.models.loss import LossModel
from creditrisk.models.priors import Priors
from creditrisk.models.risk import RiskModel
from creditrisk.models.trained_on import TrainedOn
from creditrisk.models.updating import drift, updated
from creditrisk.models.violation import ViolationModel

HALF = 1000


@pytest.fixture(scope="module")
def made():
    return world(2 * HALF, 31)


def model(inference=None):
    return ViolationModel(
        groups=("sector",),
        directions=DIRECTIONS,
        interactions=0,
        inference=inference or Map(),
        random_state=1,
    )


@pytest.fixture(scope="module")
def old(made):
    return model().fit(made.X[:HALF], made.violation[:HALF])


@pytest.fixture(scope="module")
def sampled(made):
    engine = Surrogate(draws=200, tune=300, keep=200, on_failure="return")
    return model(engine).fit(made.X[:HALF], made.violation[:HALF])


def test_nothing_forgotten_is_nearly_a_fit_to_all(old, made):
    new = updated(old, made.X[HALF:], made.violation[HALF:], forgetting=0.0)
    whole = model().fit(made.X, made.violation)
    alone = model().fit(made.X[HALF:], made.violation[HALF:])
    error = np.abs(new.predict_proba(made.X) - whole.predict_proba(made.X))[:, 1].mean()
    assert error < 0.01
    assert np.abs(alone.predict_proba(made.X) - whole.predict_proba(made.X))[:, 1].mean() > 1.5 * error


def test_all_forgotten_is_a_fit_to_the_new_rows_in_the_old_terms(old, made):
    new = updated(old, made.X[HALF:], made.violation[HALF:], forgetting=1.0)
    rows = new.sample_.for_all()
    np.testing.assert_allclose(new.likelihood_.at, find_mode(rows, Priors()).at, atol=1e-3)


def test_an_update_counts_the_evidence_of_both(old, made):
    whole = updated(old, made.X[HALF:], made.violation[HALF:], forgetting=0.0).likelihood_.hessian[0, 0]
    half = updated(old, made.X[HALF:], made.violation[HALF:], forgetting=0.5).likelihood_.hessian[0, 0]
    own = updated(old, made.X[HALF:], made.violation[HALF:], forgetting=1.0).likelihood_.hessian[0, 0]
    before = old.likelihood_.hessian[0, 0]
    assert whole == pytest.approx(own + before, rel=0.05)
    assert half == pytest.approx(own + before / 2, rel=0.05)


def test_value_slope_and_expansion_agree(old, made):
    rows = RowsAndPast(rows=old.sample_.for_all(), past=old.likelihood_.weakened(0.7))
    rng = np.random.default_rng(2)
    theta = old.likelihood_.at + rng.normal(scale=0.1, size=len(old.likelihood_.at))
    value, slope = rows.slope(theta)
    expansion = rows.expand(theta)
    assert value == pytest.approx(rows.values(theta)[0]) == pytest.approx(expansion.value)
    np.testing.assert_allclose(slope, expansion.gradient)
    step = 1e-4 * rng.normal(size=len(theta))
    ahead, behind = rows.values(theta + step)[0], rows.values(theta - step)[0]
    assert ahead - behind == pytest.approx(2 * slope @ step, rel=1e-4)


def test_the_posterior_narrows_and_psis_agrees(sampled, made):
    new = updated(sampled, made.X[HALF:], made.violation[HALF:], forgetting=0.0)
    assert new.status_.k_hat < 0.7
    assert new.posterior_.intercept.std() < 0.9 * sampled.posterior_.intercept.std()
    moved = drift(sampled, new)
    assert moved["in_sd"].abs().is_monotonic_decreasing
    np.testing.assert_allclose(moved["before"] + moved["change"], moved["after"])
    assert moved["in_sd"].abs().median() < 1.5


def test_a_change_of_the_world_is_the_first_of_the_drift(sampled, made):
    in_f = (made.X[HALF:]["sector"] == "F").to_numpy()
    y = np.where(in_f, np.random.default_rng(5).random(HALF) < 0.8, made.violation[HALF:])
    moved = drift(sampled, updated(sampled, made.X[HALF:], y, forgetting=0.5))
    assert moved.index[0] == ("sector", "F")


def test_bad_input_is_one_sentence(old, made):
    with pytest.raises(SpecError, match="between 0 and 1; got 2"):
        updated(old, made.X, made.violation, forgetting=2)
    other = ViolationModel(inference=Map()).fit(made.X[["noise", "sector"]], made.violation)
    with pytest.raises(SpecError, match="different columns or levels"):
        drift(old, other)
    forgetful = model().fit(made.X, made.violation)
    del forgetful.likelihood_
    with pytest.raises(FitError, match="an older version"):
        updated(forgetful, made.X, made.violation)


def kept(violation, made):
    """Return a whole model of which one part is this."""
    violations = made.violation == 1
    risk = RiskModel(violation, LossModel(inference=Map()))
    risk.loss_ = LossModel(inference=Map()).fit(made.X[violations], made.loss[violations])
    risk.violation_, risk.currency_, risk.trained_on_ = violation, "CNY", TrainedOn()
    return risk


def test_an_update_from_the_file_is_that_of_the_fitted_model(old, made, tmp_path):
    save_model(kept(old, made), tmp_path / "model.nc")
    again = load_model(tmp_path / "model.nc").violation_
    for name in ("at", "gradient", "hessian"):
        np.testing.assert_allclose(
            getattr(again.likelihood_, name), getattr(old.likelihood_, name), rtol=1e-10
        )
    new = made.X[HALF:], made.violation[HALF:]
    first, second = updated(old, *new), updated(again, *new, inference=Map())
    np.testing.assert_allclose(second.predict_proba(made.X), first.predict_proba(made.X), atol=1e-7)
    save_model(kept(second, made), tmp_path / "next.nc")
    third = load_model(tmp_path / "next.nc").violation_
    np.testing.assert_allclose(third.likelihood_.hessian, second.likelihood_.hessian, rtol=1e-10, atol=1e-10)


def test_the_file_keeps_the_priors_and_their_table(old, made, tmp_path):
    table = PointsTable.from_scorecard(old.scorecard())
    told = model().set_params(priors=Priors(steps=0.3, table=table)).fit(made.X[:HALF], made.violation[:HALF])
    save_model(kept(told, made), tmp_path / "model.nc")
    assert load_model(tmp_path / "model.nc").violation_.priors == told.priors


def test_a_file_grows_by_a_triangle(old, made, tmp_path):
    save_model(kept(old, made), tmp_path / "with.nc")
    without = model().fit(made.X[:HALF], made.violation[:HALF])
    del without.likelihood_
    save_model(kept(without, made), tmp_path / "without.nc")
    grown = (tmp_path / "with.nc").stat().st_size - (tmp_path / "without.nc").stat().st_size
    size = old.posterior_.design.n_coefficients
    assert grown < 8 * (size * (size + 1) / 2 + 2 * size) + 20_000
    with pytest.raises(FitError, match="an older version"):
        updated(load_model(tmp_path / "without.nc").violation_, made.X, made.violation)


@pytest.mark.parametrize("broken", ["short", "infinite"])
def test_a_likelihood_of_other_terms_is_refused(old, made, tmp_path, broken):
    said = old.likelihood_
    wrong = {
        "short": said.first(3),
        "infinite": Expansion(at=said.at, value=0.0, gradient=said.gradient * np.inf, hessian=said.hessian),
    }
    risk = kept(model().fit(made.X[:HALF], made.violation[:HALF]), made)
    risk.violation_.likelihood_ = wrong[broken]
    save_model(risk, tmp_path / "model.nc")
    with pytest.raises(ModelFileError, match="the likelihood"):
        load_model(tmp_path / "model.nc")
