"""Both kernels against the posterior itself."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.lib.scored import changed, indicators, invented, set_loss

from creditrisk.errors import SchemaError, SpecError
from creditrisk.models.losses.families import Gamma
from creditrisk.models.scoring.summarise import predictors_of, summarise

CUTS = {"expected_loss": (300.0, 700.0, 1500.0), "p": (0.05, 0.1, 0.2)}


@pytest.fixture(scope="module")
def model():
    return invented()


def expected(model, X, on, interval=0.9):
    """Return what the draws themselves say, by NumPy."""
    posterior = model.posterior(X)
    graded = posterior.p if on == "p" else posterior.expected_loss
    ranks = np.searchsorted(np.array(CUTS[on], dtype=np.float32), graded, side="right")
    probabilities = np.stack([(ranks == k).mean(axis=0) for k in range(4)], axis=1)
    tail = (1 - interval) / 2
    figures = [
        [draws.mean(axis=0, dtype=np.float64), *np.quantile(draws, [tail, 0.5, 1 - tail], axis=0)]
        for draws in (posterior.p, posterior.expected_loss)
    ]
    return probabilities, *figures


def figures_of(summary):
    return [[f.mean, f.lower, f.median, f.upper] for f in (summary.p, summary.expected_loss)]


@pytest.mark.parametrize("on", ["expected_loss", "p"])
@pytest.mark.parametrize("interval", [0.9, 0.5])
def test_draws_are_those_of_the_posterior(model, on, interval):
    X = indicators(500, 5)
    summary = model.summary(X, cuts=CUTS[on], on=on, interval=interval, method="draws")
    probabilities, *figures = expected(model, X, on, interval)
    np.testing.assert_allclose(summary.probabilities, probabilities, atol=1 / 400 + 1e-6)
    assert np.mean(np.abs(summary.probabilities - probabilities) > 1e-6) < 0.01
    for found, wanted in zip(figures_of(summary), figures, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=2e-5)
    assert list(summary.entity_ids) == list(X.index)


@pytest.mark.parametrize("on", ["expected_loss", "p"])
@pytest.mark.parametrize("skewed", [False, True])
def test_moments_are_near_the_draws_they_come_from(on, skewed):
    model, X = invented(draws=20_000, skewed=skewed), indicators(400, 6)
    summary = model.summary(X, cuts=CUTS[on], on=on)
    probabilities, *figures = expected(model, X, on)
    assert np.abs(summary.probabilities - probabilities).max() < 0.03
    for found, wanted in zip(figures_of(summary), figures, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=0.05)


def test_without_its_skewness_a_posterior_is_missed():
    """The law above has teeth: the same moments without the third one are outside of its bound."""
    rng = np.random.default_rng(0)

    def without(draws):
        return rng.normal(draws.mean(axis=-1), draws.std(axis=-1), draws.T.shape).T

    model, X = changed(invented(draws=20_000, skewed=True), without), indicators(400, 6)
    summary = model.summary(X, cuts=CUTS["expected_loss"])
    probabilities, *_ = expected(invented(draws=20_000, skewed=True), X, "expected_loss")
    assert np.abs(summary.probabilities - probabilities).max() > 0.03


@pytest.mark.parametrize("method", ["moments", "draws"])
def test_threads_and_chunks_change_no_figure(model, method):
    X = indicators(3000, 7)
    first = summarise(model, X, cuts=CUTS["expected_loss"], method=method, threads=1, chunk=10_000)
    for threads, chunk in ((1, 777), (2, 100), (3, 1000)):
        again = summarise(model, X, cuts=CUTS["expected_loss"], method=method, threads=threads, chunk=chunk)
        assert again.probabilities.tobytes() == first.probabilities.tobytes()
        for found, wanted in zip(figures_of(again), figures_of(first), strict=True):
            assert np.array(found).tobytes() == np.array(wanted).tobytes()


def test_a_row_does_not_depend_on_its_neighbours(model):
    X = indicators(300, 8)
    whole = model.summary(X, cuts=CUTS["expected_loss"])
    alone = model.summary(X.iloc[[123]], cuts=CUTS["expected_loss"])
    assert whole.probabilities[123].tobytes() == alone.probabilities[0].tobytes()
    assert whole.expected_loss.upper[123] == alone.expected_loss.upper[0]


def test_doubles_integers_and_odd_values_are_placed_as_the_design_does(model):
    X = indicators(200, 9).astype({"fines_cny": np.float64, "age_years": np.float64})
    X["penalties"] = X["penalties"].astype(np.int64)
    odd = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e-300, -1e-300, 1e300, 3.5]
    X["change"] = np.resize(odd, len(X))
    X.iloc[:3, X.columns.get_loc("sector")] = ["Z", None, "F"]
    summary = model.summary(X, cuts=CUTS["expected_loss"], method="draws")
    _, p, loss = expected(model, X, "expected_loss")
    for found, wanted in zip(figures_of(summary), (p, loss), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=2e-5)


def test_knots_and_edges_themselves_are_placed_as_the_design_does(model):
    terms = {t.name: t for t in (*model.violation_.posterior_.design.terms,)}
    knots = terms["change"].knots
    near = np.concatenate([knots, np.nextafter(knots, np.inf), np.nextafter(knots, -np.inf)])
    X = indicators(len(near), 3).assign(change=near)
    summary = model.summary(X, cuts=CUTS["expected_loss"], method="draws")
    _, p, _ = expected(model, X, "expected_loss")
    np.testing.assert_allclose(summary.p.median, p[2], rtol=2e-5)


def test_a_loss_that_is_not_log_linear_is_counted_draw_by_draw(model):
    other, X = invented(draws=50), indicators(60, 4)
    other.loss_.take_parts((replace(other.loss_.parts_[0], family=Gamma()),))
    assert predictors_of(other) is None
    summary = other.summary(X, cuts=CUTS["expected_loss"])
    probabilities, p, loss = expected(other, X, "expected_loss")
    np.testing.assert_allclose(summary.probabilities, probabilities, atol=1e-6)
    for found, wanted in zip(figures_of(summary), (p, loss), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-5)


def test_no_rows_no_figures(model):
    summary = model.summary(indicators(5, 1).iloc[:0], cuts=CUTS["p"], on="p")
    assert len(summary) == 0 and summary.probabilities.shape == (0, 4)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"method": "moment"}, "method"),
        ({"on": "loss"}, "expected_loss or p"),
        ({"cuts": (1.0, 2.0)}, "Three cuts"),
        ({"cuts": (3.0, 2.0, 1.0)}, "Three cuts"),
        ({"interval": 90}, "interval"),
    ],
)
def test_a_wrong_question_is_one_sentence(model, changes, said):
    with pytest.raises(SpecError, match=said):
        model.summary(indicators(5, 1), **({"cuts": CUTS["expected_loss"]} | changes))


def test_a_missing_column_is_named(model):
    with pytest.raises(SchemaError, match="age_years"):
        model.summary(indicators(5, 1).drop(columns="age_years"), cuts=CUTS["expected_loss"])


def test_certain_draws_give_certain_classes():
    model = changed(invented(draws=10), lambda draws: np.repeat(draws[..., :1], 10, axis=-1))
    certain = model.loss_.parts_[0]
    set_loss(model, certain.location, np.zeros(10), np.full(10, 0.8))
    X = indicators(50, 2)
    summary = model.summary(X, cuts=CUTS["expected_loss"])
    assert set(np.unique(summary.probabilities.round(4))) <= {0.0, 1.0}
    assert pd.isna(summary.probabilities).sum() == 0
    np.testing.assert_allclose(summary.expected_loss.lower, summary.expected_loss.upper, rtol=1e-4)
