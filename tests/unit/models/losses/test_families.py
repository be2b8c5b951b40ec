"""Families on drawn losses: they find what was put in, agree with each other, and survive their file."""

import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import SpecError
from creditrisk.models.file import load_model
from creditrisk.models.inference.engines import Map, Nuts, Surrogate
from creditrisk.models.loss import LossModel
from creditrisk.models.losses import Gamma, LogNormal, LogNormalPareto, smallest_shared
from creditrisk.models.losses.families import LossFamily
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel

ENGINE = Surrogate(draws=150, tune=250, keep=200, on_failure="return")
PARETO = LogNormalPareto(spread_by=("sector",), tail_by=("sector",))
SECTORS = pd.DataFrame({"sector": ["C", "F", "H"]})


def drawn(rows=3000, seed=6, xi=0.0):
    rng = np.random.default_rng(seed)
    X = pd.DataFrame({"sector": rng.choice(["C", "F", "H"], rows)})
    spread = X["sector"].map({"C": 0.6, "F": 1.0, "H": 1.4}).to_numpy()
    loss = np.exp(8 + (X["sector"] == "F").to_numpy() + spread * rng.normal(size=rows))
    if xi:
        loss = 5000 * (rng.random(rows) ** -xi - 1) / xi
    return X, loss


@pytest.fixture(scope="module")
def spread():
    X, loss = drawn()
    return LossModel(
        groups=["sector"], family=LogNormal(spread_by=("sector",)), inference=ENGINE, random_state=1
    ).fit(X, loss)


def test_groups_differ_in_spread(spread):
    found = np.exp(spread.parts_[0].table(SECTORS).spread).mean(axis=0)
    assert np.log(found) == pytest.approx([0.6, 1.0, 1.4], abs=0.1)
    assert spread.status_.ok and spread.sigma_ is None


@pytest.mark.slow
def test_the_surrogate_agrees_with_the_exact_posterior(spread):
    X, loss = drawn()
    engine = Nuts(draws=150, tune=250, keep=200, on_failure="return")
    exact = LossModel(groups=["sector"], family=LogNormal(spread_by=("sector",)), inference=engine)
    exact.fit(X, loss)
    for draws in ("log_location", "posterior"):
        ours, theirs = getattr(spread, draws)(SECTORS), getattr(exact, draws)(SECTORS)
        gap = np.abs(ours.mean(axis=0) - theirs.mean(axis=0)) / theirs.std(axis=0)
        assert (gap < 0.4).all()
        np.testing.assert_allclose(ours.std(axis=0), theirs.std(axis=0), rtol=0.35)


def test_a_gamma_finds_mean_and_variation():
    rng = np.random.default_rng(8)
    X = pd.DataFrame({"sector": rng.choice(["C", "F"], 2000)})
    mean = np.where(X["sector"] == "F", 20_000.0, 5000.0)
    model = LossModel(groups=["sector"], family=Gamma(), inference=Map())
    model.fit(X, rng.gamma(2.0, mean / 2.0))
    np.testing.assert_allclose(model.predict(SECTORS[:2]), [5000, 20_000], rtol=0.1)
    assert model.parts_[0].table(SECTORS).spread[0, 0] == pytest.approx(2**-0.5, rel=0.1)


def test_a_heavy_tail_is_found_and_its_worst_losses_are_worse():
    X, loss = drawn(rows=6000, xi=0.6)
    tail, body = (
        LossModel(groups=["sector"], family=family, inference=Map()).fit(X, loss)
        for family in (LogNormalPareto(), LogNormal())
    )
    table = tail.parts_[0].table(SECTORS)
    assert table.xi[0, 0] == pytest.approx(0.6, abs=0.1)
    assert table.threshold == pytest.approx(np.quantile(loss, 0.9), rel=0.01)
    assert tail.log_density(X, loss).mean() > body.log_density(X, loss).mean()
    worst = np.sort(loss)[-300:].mean()
    assert tail.tail_value_at_risk(SECTORS).mean() == pytest.approx(worst, rel=0.35)


def test_tail_value_at_risk_is_the_mean_of_the_worst_samples(spread):
    samples = np.concatenate([spread.sample(SECTORS, random_state=seed) for seed in range(60)])
    for level in (0.5, 0.95):
        cut = np.quantile(samples, level, axis=0)
        np.testing.assert_allclose(spread.quantile(SECTORS, level), cut, rtol=0.08)
        worst = [samples[:, j][samples[:, j] > cut[j]].mean() for j in range(3)]
        np.testing.assert_allclose(spread.tail_value_at_risk(SECTORS, level), worst, rtol=0.15)
    assert (spread.tail_value_at_risk(SECTORS) > spread.quantile(SECTORS, 0.95)).all()
    np.testing.assert_allclose(spread.predict(SECTORS), samples.mean(axis=0), rtol=0.1)


@pytest.mark.slow
def test_the_error_of_the_expected_loss_is_that_of_other_seeds(spread):
    X, loss = drawn()
    other = LossModel(
        groups=["sector"], family=LogNormal(spread_by=("sector",)), inference=ENGINE, random_state=9
    ).fit(X, loss)
    error = spread.monte_carlo_error(SECTORS)
    gap = np.abs(other.predict(SECTORS) - spread.predict(SECTORS))
    assert (gap < 6 * error).all() and (error < 0.05 * spread.predict(SECTORS)).all()


def test_of_modes_the_family_that_the_losses_have_is_taken():
    X, loss = drawn(rows=1500, xi=0.7)
    mode = LossModel(groups=["sector"], family=(Gamma(), LogNormalPareto()), inference=Map()).fit(X, loss)
    assert mode.family_weights_ == {"LogNormalPareto": 1.0}


@pytest.mark.slow
def test_families_are_stacked_draw_by_draw():
    X, loss = drawn(rows=1500, xi=0.7)
    quick = Surrogate(draws=60, tune=150, keep=100, on_failure="return")
    model = LossModel(groups=["sector"], family=(Gamma(), LogNormalPareto()), inference=quick).fit(X, loss)
    assert model.family_weights_["LogNormalPareto"] > 0.8
    assert len(model.posterior(SECTORS)) == 100


@pytest.mark.parametrize(
    "family",
    [
        LogNormal(),
        LogNormal(floor=900.0, cap=9e4),
        Gamma(spread_by=("sector",)),
        PARETO,
        (LogNormal(), Gamma()),
    ],
)
def test_a_loaded_model_says_the_same(tmp_path, family: LossFamily):
    X, loss = drawn(rows=400)
    outcomes = pd.DataFrame({"violation": (loss > 2000).astype(float), "loss_cny": loss})
    model = RiskModel(
        ViolationModel(groups=["sector"], inference=Map()),
        LossModel(groups=["sector"], family=family, inference=Map()),
    ).fit(X, outcomes)
    model.save(tmp_path / "model.nc")
    loaded = load_model(tmp_path / "model.nc").loss_
    assert loaded.family_weights_ == model.loss_.family_weights_
    assert loaded.parts_[0].family == model.loss_.parts_[0].family
    for what in ("posterior", "tail_value_at_risk", "log_location"):
        np.testing.assert_array_equal(getattr(loaded, what)(X), getattr(model.loss_, what)(X))


def test_losses_at_a_cap_count_as_at_least_that():
    X, loss = drawn()
    capped = np.minimum(loss, 6000.0)
    told, naive, full = (
        LossModel(groups=["sector"], family=family, inference=Map()).fit(X, amounts)
        for family, amounts in ((LogNormal(cap=6000.0), capped), (LogNormal(), capped), (LogNormal(), loss))
    )
    assert (capped == 6000.0).mean() > 0.25
    gap = [np.abs(one.log_location(SECTORS) - full.log_location(SECTORS)).max() for one in (told, naive)]
    assert gap[0] < 0.2 < gap[1]
    with pytest.raises(SpecError, match="cap is an amount above 0; got 0"):
        LogNormal(cap=0.0)


def test_a_loss_grows_with_its_exposure():
    X, loss = drawn()
    years = np.random.default_rng(3).uniform(0.5, 4.0, len(X))
    model, plain = (LossModel(groups=["sector"], inference=Map()) for _ in range(2))
    np.testing.assert_allclose(
        model.fit(X, loss * years, exposure=years).predict(SECTORS), plain.fit(X, loss).predict(SECTORS)
    )
    with pytest.raises(SpecError, match="exposure must be positive"):
        plain.fit(X, loss, exposure=np.zeros(len(X)))


def test_what_is_no_group_cannot_be_pooled():
    X, loss = drawn(rows=100)
    with pytest.raises(SpecError, match=r"groups of the model; got 'sektor'.*sector"):
        LossModel(groups=["sector"], family=LogNormal(spread_by=("sektor",)), inference=Map()).fit(X, loss)
    with pytest.raises(SpecError, match="tail_share is a share"):
        LogNormalPareto(tail_share=0.7)


def test_losses_at_a_floor_count_as_at_most_that():
    X, loss = drawn()
    floored = np.maximum(loss, 2000.0)
    assert smallest_shared(floored) == 2000.0
    told, naive, full = (
        LossModel(groups=["sector"], family=family, inference=Map()).fit(X, amounts)
        for family, amounts in (
            (LogNormal(floor=2000.0), floored),
            (LogNormal(), floored),
            (LogNormal(), loss),
        )
    )
    assert (floored == 2000.0).mean() > 0.1
    gap = [np.abs(one.log_location(SECTORS) - full.log_location(SECTORS)).max() for one in (told, naive)]
    assert gap[0] < 0.2 < gap[1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"floor": -1.0}, "floor is an amount above 0; got -1"),
        ({"floor": 9.0, "cap": 5.0}, "above the floor"),
    ],
)
def test_bounds_that_are_none_are_refused(given, said):
    with pytest.raises(SpecError, match=said):
        LogNormal(**given)


def test_a_smallest_loss_of_one_is_no_bound():
    assert smallest_shared([5.0, 9.0, 12.0]) is None
    assert smallest_shared([0.0, np.nan]) is None
    assert smallest_shared(np.append(np.full(2, 4.0), np.arange(5.0, 205.0))) is None
