"""What the families say: density, probability, mean above and samples must be of one distribution."""

import numpy as np
import pytest
from scipy.stats import gamma, lognorm

from creditrisk.models.losses.tables import GammaTable, LogNormalTable, ParetoTailTable

ONE = np.ones((1, 1))
BODY = LogNormalTable(location=9.0 * ONE, spread=1.1 * ONE)
TABLES = {
    "log-normal": BODY,
    "gamma": GammaTable(location=9.5 * ONE, spread=0.9 * ONE),
    "pareto": ParetoTailTable(body=BODY, threshold=30_000.0, scale=25_000.0 * ONE, xi=0.3 * ONE),
}
GRID = np.exp(np.linspace(-4, 24, 40_001))


def test_tables_are_those_of_scipy():
    x = np.array([500.0, 8000.0, 70_000.0])
    np.testing.assert_allclose(BODY.log_density(x)[0], lognorm.logpdf(x, 1.1, scale=np.exp(9.0)))
    shape = 0.9**-2.0
    np.testing.assert_allclose(TABLES["gamma"].below(x)[0], gamma.cdf(x, shape, scale=np.exp(9.5) / shape))


@pytest.mark.parametrize("name", TABLES)
def test_density_probability_and_mean_agree(name):
    table = TABLES[name]
    density = np.exp(table.log_density(GRID))[0] * GRID
    step = np.log(GRID[1] / GRID[0])
    assert (density * step).sum() == pytest.approx(1.0, abs=1e-3)
    for amount in (4000.0, 60_000.0):
        less = amount >= GRID
        assert (density[less] * step).sum() == pytest.approx(table.below(np.array([amount]))[0, 0], abs=2e-3)
        above = (density * GRID)[~less].sum() * step
        assert table.mean_above(np.array([amount]))[0, 0] == pytest.approx(above, rel=5e-3)
    assert table.mean_above(np.zeros(1))[0, 0] == pytest.approx((density * GRID).sum() * step, rel=5e-3)


@pytest.mark.parametrize("name", TABLES)
def test_samples_have_the_quantiles_of_the_table(name):
    table = TABLES[name]
    wide = {
        field: np.broadcast_to(getattr(table, field), (20_000, 1))
        for field in ("location", "spread", "scale", "xi")
        if hasattr(table, field)
    }
    if name == "pareto":
        many = {field: np.broadcast_to(getattr(BODY, field), (20_000, 1)) for field in ("location", "spread")}
        table = ParetoTailTable(body=LogNormalTable(**many), threshold=30_000.0, **wide)
    else:
        table = type(table)(**wide)
    drawn = table.sample(np.random.default_rng(3))[:, 0]
    for q in (0.1, 0.5, 0.9, 0.98):
        found = TABLES[name].below(np.quantile(drawn, [q]))[0, 0]
        assert found == pytest.approx(q, abs=0.01)


def test_a_spread_without_bound_has_a_finite_mean():
    wild = LogNormalTable(location=ONE, spread=50.0 * ONE)
    assert wild.mean_above(np.zeros(1))[0, 0] == pytest.approx(np.exp(1 + 8.0))
