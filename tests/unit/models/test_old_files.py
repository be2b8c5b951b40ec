"""Model files that earlier versions of this library wrote are read, and predict what they predicted then.

The files in ``tests/data`` were written by the code that had their schema version; they are never written
anew. Beside each lie some rows with the mean of p and of the expected loss, as that code gave them.
"""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from creditrisk import load_model
from creditrisk.models.file import SCHEMA_VERSION


@pytest.mark.parametrize("schema", range(1, SCHEMA_VERSION + 1))
def test_a_kept_file_predicts_what_it_did(repository, schema):
    path = repository / "tests" / "data" / f"model-schema-{schema}.nc"
    with xr.open_datatree(path, engine="h5netcdf") as tree:
        assert tree.attrs["schema_version"] == schema
    rows = pd.read_csv(path.with_suffix(".csv"), index_col="entity_id")
    posterior = load_model(path).posterior(rows[["penalties", "age_years", "sector"]])
    np.testing.assert_allclose(posterior.mean_p(), rows["p"], rtol=1e-5)
    np.testing.assert_allclose(posterior.mean_expected_loss(), rows["expected_loss"], rtol=1e-5)
    assert rows["p"].nunique() > 8
