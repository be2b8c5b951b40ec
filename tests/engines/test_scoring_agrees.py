"""Scores on Spark are those of this process, to the last digits."""

import numpy as np
import pytest
from tests.lib.scored import indicators, invented
from tests.lib.servers import spark

from creditrisk.errors import SchemaError
from creditrisk.models.scoring.spark import summary_on_spark

pytestmark = pytest.mark.filterwarnings("ignore")  # PySpark 4.3 warns of pandas 3 at every turn
CUTS = (300.0, 800.0, 1500.0)


@pytest.fixture(scope="module")
def session():
    return spark()._session


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """Return a model, its file, and entities in a Parquet file."""
    folder, model = tmp_path_factory.mktemp("scored"), invented(draws=40)
    model.save(folder / "model.nc")
    X = indicators(3000, seed=4)
    X.reset_index().to_parquet(folder / "X.parquet", index=False)
    return model, folder / "model.nc", X, folder / "X.parquet"


def near(found, expected):
    """Check all but the last bits: each process compiles its kernels, and may round otherwise."""
    np.testing.assert_allclose(found, expected, rtol=2e-6, atol=2e-6)


@pytest.mark.parametrize("method", ["moments", pytest.param("draws", marks=pytest.mark.slow)])
def test_spark_gives_the_local_numbers(session, scored, method):
    model, file, X, parquet = scored
    frame = session.read.parquet(str(parquet)).coalesce(1)
    found = summary_on_spark(frame, file, cuts=CUTS, method=method).toPandas().set_index("entity_id")
    expected = model.summary(X, cuts=CUTS, method=method)
    found = found.loc[X.index]
    assert len(found) == len(X)
    near(found[[f"prob_{one}" for one in "ABCD"]], expected.probabilities)
    for name, figures in (("p_violation", expected.p), ("expected_loss", expected.expected_loss)):
        near(found[name], figures.mean)
        for end in ("lower", "median", "upper"):
            near(found[f"{name}_{end}"], getattr(figures, end))


def test_a_column_that_is_missing_is_told(session, scored):
    _, file, _, parquet = scored
    frame = session.read.parquet(str(parquet)).drop("change")
    with pytest.raises(SchemaError, match="'change', which the DataFrame does not have"):
        summary_on_spark(frame, file, cuts=CUTS)
