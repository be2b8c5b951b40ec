"""Totals of groups: their means are known, and what entities share does not average out."""

import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import SpecError
from creditrisk.models.inference.engines import Map
from creditrisk.models.loss import LossModel
from creditrisk.models.portfolio import portfolio_losses, probability_above
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel

DRAWS = 4000


@pytest.fixture(scope="module")
def made():
    rng = np.random.default_rng(9)
    X = pd.DataFrame({"region": rng.choice(["east", "west"], 2500), "sector": rng.choice(["C", "F"], 2500)})
    hit = (rng.random(2500) < np.where(X["region"] == "west", 0.3, 0.1)).astype(float)
    loss = np.where(hit == 1, np.exp(8 + 0.8 * rng.normal(size=2500)), np.nan)
    parts = (cls(groups=["region", "sector"], inference=Map()) for cls in (ViolationModel, LossModel))
    return RiskModel(*parts).fit(X, pd.DataFrame({"violation": hit, "loss_cny": loss})), X


@pytest.fixture(scope="module")
def drawn(made):
    """The same with many equal draws of the mode, and with draws that differ in the intercept of p."""
    return [_repeated(made[0], spread) for spread in (0.0, 0.5)]


def _repeated(model, spread):
    noise = spread * np.random.default_rng(1).normal(size=DRAWS)

    def many(posterior, added):
        return type(posterior)(
            design=posterior.design,
            intercept=(np.repeat(posterior.intercept, DRAWS) + added).astype(np.float32),
            levels=np.repeat(posterior.levels, DRAWS, axis=1),
        )

    copy = RiskModel(ViolationModel(), LossModel())
    copy.violation_, copy.loss_, copy.currency_ = ViolationModel(), LossModel(), "CNY"
    copy.violation_.__dict__.update(model.violation_.__dict__)
    copy.violation_.posterior_ = many(model.violation_.posterior_, noise)
    (part,) = model.loss_.parts_
    copy.loss_.__dict__.update(model.loss_.__dict__)
    copy.loss_.take_parts(
        (
            type(part)(
                family=part.family, location=many(part.location, 0), log_spread=many(part.log_spread, 0)
            ),
        )
    )
    copy.loss_.positive_share_ = np.repeat(model.loss_.positive_share_, DRAWS)
    return copy


def test_totals_have_the_mean_and_spread_of_independent_entities(made, drawn):
    X = made[1][:300]
    totals = portfolio_losses(drawn[0], X, "region", random_state=2)
    p, mean = drawn[0].violation_.posterior(X)[0], drawn[0].loss_.posterior(X)[0]
    spread = np.exp(drawn[0].loss_.sigma_[0] ** 2)
    for region in ("east", "west"):
        inside = (X["region"] == region).to_numpy()
        expected = (p * mean)[inside].sum()
        variance = (p * mean**2 * spread - (p * mean) ** 2)[inside].sum()
        found = totals.loc[region]
        assert abs(found["expected_loss"] - expected) < 4 * found["monte_carlo_error"]
        assert found["monte_carlo_error"] * np.sqrt(DRAWS) == pytest.approx(np.sqrt(variance), rel=0.15)
        assert found["violations"] == pytest.approx(p[inside].sum(), rel=1e-3)
        assert found["median"] < found["value_at_risk"] < found["tail_value_at_risk"]
    assert list(totals.index) == ["west", "east"] and totals.attrs["currency"] == "CNY"


def test_what_all_entities_share_widens_the_total(made, drawn):
    X = made[1]
    apart, shared = (portfolio_losses(model, X, random_state=3).loc["all"] for model in drawn)
    reach = [one["value_at_risk"] / one["expected_loss"] - 1 for one in (apart, shared)]
    assert reach[1] > 3 * reach[0]


def test_groups_by_two_columns_add_up(made):
    model, X = made
    both = portfolio_losses(model, X, ["region", "sector"])
    assert both.index.names == ["region", "sector"] and len(both) == 4
    assert both["entities"].sum() == len(X)
    again = portfolio_losses(model, X, ["region", "sector"])
    pd.testing.assert_frame_equal(both, again)


def test_the_probability_of_more_falls_with_the_amount(made, drawn):
    X = made[1][:50]
    chance = [probability_above(drawn[1], X, amount) for amount in (0.0, 1000.0, 1e5)]
    assert (chance[0] > chance[1]).all() and (chance[1] > chance[2]).all()
    np.testing.assert_allclose(chance[0], drawn[1].violation_.posterior(X).mean(axis=0), rtol=0.01)


def test_requests_that_make_no_sense_are_refused(made):
    model, X = made
    with pytest.raises(SpecError, match=r"columns of X; got 'regoin'.*region"):
        portfolio_losses(model, X, "regoin")
    with pytest.raises(SpecError, match="level is a probability"):
        portfolio_losses(model, X, level=1.0)
    with pytest.raises(SpecError, match="at least 0; got -1"):
        probability_above(model, X, -1)
