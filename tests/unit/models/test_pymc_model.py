"""Both graphs have the priors of the fit, and the likelihoods that they say."""

import numpy as np
import pytest
from tests.lib.worlds import world

from creditrisk.errors import FitError
from creditrisk.models.inference.engines import Map, Surrogate
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.priors import Priors
from creditrisk.models.violation import ViolationModel


@pytest.fixture(scope="module")
def fitted():
    made = world(700, 95)
    engine = Surrogate(draws=25, tune=25, keep=25, on_failure="return")
    model = ViolationModel(
        groups=["sector"], directions={"penalty_n": "raises"}, inference=engine, interactions=0
    )
    return model.fit(made.X[["penalty_n", "sector"]], made.violation)


def beside_the_start(graph):
    """Return theta and the log-likelihood a little beside where a graph starts."""
    values = graph.replace_rvs_by_values([graph["theta"], graph["log_likelihood"]])
    point = {name: value + 0.3 for name, value in graph.initial_point().items()}
    return graph.compile_fn(values, inputs=graph.value_vars)(point)


@pytest.mark.filterwarnings("ignore:Numba will use object mode")
def test_likelihoods_are_the_quadratic_and_the_exact_one(fitted):
    graphs = fitted.pymc_model()
    rows = fitted.sample_.for_all()
    theta, exact = beside_the_start(graphs.exact)
    assert exact == pytest.approx(rows.values(theta)[0])
    expansion = find_mode(rows, Priors())
    theta, quadratic = beside_the_start(graphs.sampled)
    assert quadratic == pytest.approx(expansion.values(theta[None])[0] - expansion.value)
    assert abs(quadratic - (rows.values(theta)[0] - expansion.value)) > 1e-3


def test_parameters_are_those_of_the_draws(fitted):
    free = {variable.name for variable in fitted.pymc_model().sampled.free_RVs}
    names = {name for name in free if not name.startswith("unit_")}
    assert names <= set(fitted.tree_["posterior"].data_vars)
    assert {"intercept", "tau"} <= names


def test_rows_kept_stand_for_all(fitted):
    some = fitted.sample_.thinned(100)
    assert some.rows.n_rows == 100
    assert some.for_all().weight == pytest.approx(700)
    np.testing.assert_allclose(some.for_all().y.sum() / 700, some.rows.y.mean())


def test_there_is_no_graph_without_draws():
    made = world(300, 96)
    with pytest.raises(FitError, match="no draws"):
        ViolationModel(inference=Map()).fit(made.X, made.violation).pymc_model()
