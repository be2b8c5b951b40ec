"""The model file: one netCDF of arrays with JSON attributes, readable without this library, no pickle."""

import json
import os
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from creditrisk.errors import ModelFileError, SourceError
from creditrisk.models.design_matrix import Design
from creditrisk.models.effects.to_json import term_from_json, term_to_json
from creditrisk.models.inference.status import FitState, FitStatus
from creditrisk.models.linear import LinearPosterior
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel

if TYPE_CHECKING:
    import xarray as xr

FORMAT = "creditrisk-model"
SCHEMA_VERSION = 2


def save_model(model: RiskModel, path: str | os.PathLike[str]) -> None:
    """Write a fitted model to one file, complete or not at all.

    Parameters
    ----------
    model : RiskModel
        A fitted model.
    path : path-like
        Where to.
    """
    import xarray as xr

    target = Path(path)
    violation, loss = model.violation_, model.loss_
    tree = xr.DataTree.from_dict(
        {
            "violation": _dataset(violation.posterior_),
            "loss": _dataset(loss.posterior_).assign(
                sigma=("draw", loss.sigma_), positive_share=("draw", loss.positive_share_)
            ),
        }
    )
    tree.attrs = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        "creditrisk_version": version("creditrisk"),
        "model": json.dumps(
            {
                "currency": model.currency_,
                "violation": _about(violation),
                "loss": _about(loss),
            }
        ),
    }
    part = target.with_name(target.name + ".part")
    tree.to_netcdf(part, engine="h5netcdf")
    part.replace(target)


def load_model(path: str | os.PathLike[str]) -> RiskModel:
    """Read a model file; nothing in it is executed.

    Parameters
    ----------
    path : path-like
        A file that `RiskModel.save` wrote.

    Returns
    -------
    RiskModel
        A model that predicts as the saved one did.

    Raises
    ------
    SourceError
        If there is no such file.
    ModelFileError
        If the file is damaged, not a model file, or newer than this library.
    """
    import xarray as xr

    if not Path(path).is_file():
        raise SourceError(f"A model file must exist; got {path}; write one with RiskModel.save.")
    try:
        with xr.open_datatree(path, engine="h5netcdf") as lazy:
            tree = lazy.load()
    except Exception as error:
        raise ModelFileError(f"{path} cannot be read as a model file; it is damaged or not one.") from error
    _check_format(tree, path)
    try:
        return _rebuild(tree)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelFileError(f"{path} is incomplete: {error}; save the model again.") from error


def _check_format(tree: "xr.DataTree", path: str | os.PathLike[str]) -> None:
    if tree.attrs.get("format") != FORMAT:
        raise ModelFileError(f"{path} is not a model file of this library.")
    schema = int(tree.attrs.get("schema_version", 0))
    if schema > SCHEMA_VERSION:
        raise ModelFileError(
            f"{path} has schema version {schema}; this library reads up to {SCHEMA_VERSION}; "
            "update creditrisk."
        )


def _rebuild(tree: "xr.DataTree") -> RiskModel:
    about = json.loads(tree.attrs["model"])
    violation = ViolationModel(groups=tuple(about["violation"]["groups"]))
    loss = LossModel(groups=tuple(about["loss"]["groups"]))
    for estimator, name in ((violation, "violation"), (loss, "loss")):
        estimator.posterior_ = _posterior(tree[name], about[name]["terms"])
        state = about[name]["status"]
        estimator.status_ = FitStatus(**{**state, "state": FitState(state["state"])})
        estimator.feature_names_in_ = np.array(about[name]["columns"], dtype=object)
        estimator.n_features_in_ = len(about[name]["columns"])
    violation.classes_ = np.array([0, 1])
    violation.n_unlabelled_ = int(about["violation"]["n_unlabelled"])
    loss.sigma_ = tree["loss"]["sigma"].to_numpy()
    loss.positive_share_ = tree["loss"]["positive_share"].to_numpy()
    model = RiskModel(violation, loss)
    model.violation_, model.loss_, model.currency_ = violation, loss, str(about["currency"])
    return model


def _about(estimator: Any) -> dict[str, Any]:
    status = estimator.status_.to_dict()
    status.pop("ok")
    status.pop("sentence")
    return {
        "groups": list(estimator.groups),
        "columns": [str(name) for name in estimator.feature_names_in_],
        "n_unlabelled": getattr(estimator, "n_unlabelled_", 0),
        "status": status,
        "terms": [term_to_json(term) for term in estimator.posterior_.design.terms],
    }


def _dataset(posterior: LinearPosterior) -> "xr.Dataset":
    import xarray as xr

    return xr.Dataset(
        {"intercept": ("draw", posterior.intercept), "levels": (("level", "draw"), posterior.levels)}
    )


def _posterior(node: "xr.DataTree", terms: list[dict[str, Any]]) -> LinearPosterior:
    design = Design(terms=tuple(term_from_json(term) for term in terms))
    intercept = node["intercept"].to_numpy().astype(np.float32)
    levels = np.ascontiguousarray(node["levels"].to_numpy(), dtype=np.float32)
    if levels.shape != (int(design.offsets[-1]), len(intercept)):
        raise ValueError(f"levels have shape {levels.shape}, which their terms contradict")
    return LinearPosterior(design=design, intercept=intercept, levels=levels)
