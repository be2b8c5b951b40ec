"""The table of an executor: written in place, with what is left to do for some indicators."""

import numpy as np
import pandas as pd
from tests.lib.engines import system_of

from creditrisk.indicators.executors.result import result_of

INDEX = pd.MultiIndex.from_product(
    [pd.DatetimeIndex(["2024-01-01"]), ["a", "b"]], names=["as_of", "entity_id"]
)
SYSTEM = system_of(
    {"name": "n", "table": "penalty", "measure": "count", "missing": "zero", "transform": "log1p"},
    {
        "name": "share",
        "table": "penalty",
        "measure": "ratio",
        "numerator": "fine_cny",
        "denominator": "fine_cny",
    },
    {"name": "last", "table": "penalty", "measure": "latest", "column": "act_type"},
    {"name": "gone", "table": "repair", "measure": "count"},
)


def test_the_numbers_of_the_table_are_those_that_were_written() -> None:
    result = result_of(SYSTEM, 2, ["gone"])
    assert [one.name for one in result.direct] == ["n", "last"]
    result.rows["n"][:] = [0.0, 1.0]
    parts = {"numerator": np.array([1.0, np.nan]), "denominator": np.array([4.0, np.nan])}
    X = result.frame(INDEX, {"share": parts, "last": {"value": np.array(["food", None], object)}})
    assert list(X.columns) == SYSTEM.names
    np.testing.assert_allclose(X["n"], np.log1p([0.0, 1.0]))
    assert X["share"].tolist()[0] == 0.25
    assert X["share"].isna().tolist() == [False, True]
    assert X["last"].tolist() == ["food", None]
    assert X["gone"].isna().all()
    assert np.shares_memory(X["n"].to_numpy(), result.numbers)
