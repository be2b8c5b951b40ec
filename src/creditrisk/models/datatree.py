"""A fit as an ArviZ DataTree with the standard groups."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import halfnorm, norm

from creditrisk.models.design_matrix import Design
from creditrisk.models.priors import Priors
from creditrisk.models.training_sample import TrainingSample

if TYPE_CHECKING:
    import xarray as xr

Floats = NDArray[np.float64]

MOST_ROWS = 2000
MOST_VALUES = 5_000_000
DRAW = ("chain", "draw")


def standard_groups(tree: Any, design: Design, sample: TrainingSample, rng: np.random.Generator) -> Any:
    """Return the draws with the data, and what the draws say of the data.

    Parameters
    ----------
    tree : DataTree
        Groups ``posterior`` and ``sample_stats``.
    design : Design
        Terms of the model.
    sample : TrainingSample
        Rows to look at; of many, every k-th is taken.
    rng : numpy.random.Generator
        For posterior predictive labels.

    Returns
    -------
    DataTree
        With ``observed_data``, ``constant_data``, ``log_likelihood`` and ``posterior_predictive`` beside.
    """
    import xarray as xr

    some = sample.thinned(MOST_ROWS)
    posterior = tree["posterior"].to_dataset()
    values = level_values(posterior["theta"].values, design)
    eta = _by_chain(some, values)
    log_likelihood = some.log_likelihood(eta.reshape(-1, eta.shape[-1])).reshape(eta.shape)
    predicted = (rng.random(eta.shape) < expit(eta)).astype(np.int8)
    groups = {
        "posterior": _with_levels(posterior, values, design),
        "sample_stats": tree["sample_stats"].to_dataset(),
        "observed_data": _of_rows(violation=("row", (some.rows.y > 0).astype(np.int8))),
        "constant_data": _constants(some),
        "log_likelihood": _of_rows(violation=((*DRAW, "row"), log_likelihood)),
        "posterior_predictive": _of_rows(violation=((*DRAW, "row"), predicted)),
    }
    found = xr.DataTree.from_dict(groups)
    found.attrs = {"rows": some.rows.n_rows, "share_of_training_rows": some.share}
    return found


def prior_groups(theta: Floats, design: Design, sample: TrainingSample, rng: np.random.Generator) -> Any:
    """Return the groups ``prior`` and ``prior_predictive`` of draws from the prior.

    Parameters
    ----------
    theta : ndarray of shape (draws, coefficients)
        Draws from the prior.
    design : Design
        Terms of the model.
    sample : TrainingSample
        Rows to predict; of many, every k-th is taken.
    rng : numpy.random.Generator
        For the labels.

    Returns
    -------
    dict of str to Dataset
        Both groups, one chain each.
    """
    import xarray as xr

    some = sample.thinned(MOST_ROWS)
    values = level_values(theta[None], design)
    eta = _by_chain(some, values)
    predicted = (rng.random(eta.shape) < expit(eta)).astype(np.int8)
    prior = xr.Dataset({"theta": ((*DRAW, "theta_dim_0"), theta[None])})
    return {
        "prior": _with_levels(prior, values, design),
        "prior_predictive": _of_rows(violation=((*DRAW, "row"), predicted)),
    }


def log_prior(posterior: "xr.Dataset", priors: Priors) -> "xr.Dataset":
    """Return the log prior densities of the parameters at the top: intercept, scales, missing, channel.

    Parameters
    ----------
    posterior : Dataset
        With those of the parameters that the model has.
    priors : Priors
        Prior scales.

    Returns
    -------
    Dataset
        One variable a parameter.
    """
    laws = {
        "intercept": norm(0, priors.intercept),
        "step_scale": halfnorm(0, priors.steps),
        "tau": halfnorm(0, priors.group),
        "missing": norm(0, priors.missing),
        "effect_channel": norm(0, priors.channel),
    }
    found = {name: posterior[name] for name in laws if name in posterior}
    return posterior[list(found)].copy(
        data={name: laws[name].logpdf(variable.values) for name, variable in found.items()}
    )


def level_values(theta: Floats, design: Design) -> Floats:
    """Return intercept and level values, shape (chain, draw, 1 + levels), from draws of the coefficients."""
    values: Floats = theta @ design.sparse_basis.T.toarray()
    return values


def _by_chain(some: TrainingSample, values: Floats) -> Floats:
    flat = values.reshape(-1, values.shape[-1])
    eta = some.predictors(flat[:, 0], flat[:, 1:].T)
    return eta.reshape(*values.shape[:2], -1)


def _with_levels(dataset: "xr.Dataset", values: Floats, design: Design) -> "xr.Dataset":
    """Add the value of every level in log-odds, where there are not too many to keep."""
    if values.size > MOST_VALUES or values.shape[-1] == 1:
        return dataset
    names = [f"{term.name}: {label}" for term in design.terms for label in term.labels]
    added = values[..., 1:].astype(np.float32)
    return dataset.assign(level_value=((*DRAW, "level"), added)).assign_coords(level=names)


def _of_rows(**variables: Any) -> "xr.Dataset":
    import xarray as xr

    return xr.Dataset(variables)


def _constants(some: TrainingSample) -> "xr.Dataset":
    columns = {
        str(name): ("row", some.X[name].to_numpy(dtype=np.float64, na_value=np.nan))
        if is_number
        else ("row", some.X[name].astype(str).to_numpy(dtype=str))
        for name, is_number in ((name, _is_number(some.X[name])) for name in some.X.columns)
    }
    extra = {"weight": ("row", some.rows.n), "exposure": ("row", np.exp(some.rows.offset))}
    return _of_rows(**(columns | {name: value for name, value in extra.items() if name not in columns}))


def _is_number(column: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(column.dtype))
