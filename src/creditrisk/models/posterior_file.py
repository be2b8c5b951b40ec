"""The draws of a linear predictor as a dataset of the model file."""

from typing import TYPE_CHECKING, Any

import numpy as np

from creditrisk.models.design_matrix import Design
from creditrisk.models.effects.to_json import term_from_json, term_to_json
from creditrisk.models.linear import LinearPosterior

if TYPE_CHECKING:
    import xarray as xr


def terms_to_json(posterior: LinearPosterior) -> list[dict[str, Any]]:
    """Return the terms of a predictor, for the attributes of the file."""
    return [term_to_json(term) for term in posterior.design.terms]


def posterior_to_dataset(posterior: LinearPosterior) -> "xr.Dataset":
    """Return the draws of a predictor, for a node of the file."""
    import xarray as xr

    return xr.Dataset(
        {"intercept": ("draw", posterior.intercept), "levels": (("level", "draw"), posterior.levels)}
    )


def posterior_from_node(node: "xr.DataTree", terms: list[dict[str, Any]]) -> LinearPosterior:
    """Return the predictor that a node and its terms describe.

    Raises
    ------
    ValueError
        If they contradict each other.
    """
    design = Design(terms=tuple(term_from_json(term) for term in terms))
    intercept = node["intercept"].to_numpy()
    levels = np.ascontiguousarray(node["levels"].to_numpy())
    if intercept.dtype != np.float32 or levels.dtype != np.float32:
        raise ValueError(f"draws are {intercept.dtype} and {levels.dtype}, not float32")
    if levels.shape != (int(design.offsets[-1]), len(intercept)):
        raise ValueError(f"levels have shape {levels.shape}, which their terms contradict")
    return LinearPosterior(design=design, intercept=intercept, levels=levels)
