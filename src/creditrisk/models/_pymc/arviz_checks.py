"""ArviZ's judgements of a fit: leave-one-out, and sensitivity to the prior."""

from typing import Any

import arviz as az
import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def leave_one_out(intercept: NDArray[Any], log_likelihood: Floats, independent: float) -> Any:
    """Return ArviZ's ELPDData of draws, (draws,) and (draws, rows); `independent` is their share of ESS."""
    tree = xr.DataTree.from_dict(
        {
            "posterior": xr.Dataset({"intercept": (("chain", "draw"), intercept[None])}),
            "log_likelihood": xr.Dataset({"violation": (("chain", "draw", "row"), log_likelihood[None])}),
        }
    )
    return az.loo(tree, pointwise=True, reff=independent)


def prior_sensitivity(posterior: xr.Dataset, log_prior: xr.Dataset, log_likelihood: Floats) -> pd.DataFrame:
    """Return ArviZ's power-scaling table; the log-likelihood is of all rows, shape (chain, draw)."""
    likelihood = xr.Dataset({"violation": (("chain", "draw"), log_likelihood)})
    tree = xr.DataTree.from_dict(
        {"posterior": posterior, "log_prior": log_prior, "log_likelihood": likelihood}
    )
    table: pd.DataFrame = az.psense_summary(tree, var_names=list(log_prior.data_vars))
    return table
