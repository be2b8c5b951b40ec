"""The model file: one netCDF of arrays with JSON attributes, readable without this library, no pickle."""

import json
import os
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from creditrisk.errors import ModelFileError, SourceError
from creditrisk.models.effects.to_json import groups_from_json, groups_to_json
from creditrisk.models.evidence_file import (
    evidence_to_nodes,
    priors_from_json,
    priors_to_json,
    take_evidence,
)
from creditrisk.models.file_checks import check_closed, check_seal, check_size, seal
from creditrisk.models.inference.status import FitState, FitStatus
from creditrisk.models.joint.to_tree import joint_to_nodes, take_joint
from creditrisk.models.loss import LossModel
from creditrisk.models.losses.to_tree import (
    parts_from_tree,
    parts_of_version_2,
    parts_to_json,
    parts_to_nodes,
)
from creditrisk.models.posterior_file import posterior_from_node, posterior_to_dataset, terms_to_json
from creditrisk.models.risk import RiskModel
from creditrisk.models.trained_on import TrainedOn
from creditrisk.models.violation import ViolationModel

if TYPE_CHECKING:
    import xarray as xr

FORMAT = "creditrisk-model"
SCHEMA_VERSION = 3
FIRST_SEALED = 3


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
            "violation": posterior_to_dataset(violation.posterior_),
            "loss": xr.Dataset({"positive_share": ("kept_draw", loss.positive_share_)}),
            **{f"loss/{place}": found for place, found in parts_to_nodes(loss.parts_).items()},
            **evidence_to_nodes(violation),
            **joint_to_nodes(model),
        }
    )
    tree.attrs = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        "creditrisk_version": version("creditrisk"),
        "model": json.dumps(
            {
                "currency": model.currency_,
                "trained_on": model.trained_on_.to_dict(),
                "violation": _about(violation)
                | {"terms": terms_to_json(violation.posterior_), "priors": priors_to_json(violation.priors)},
                "loss": _about(loss) | {"parts": parts_to_json(loss.parts_)},
            }
        ),
    }
    part = target.with_name(target.name + ".part")
    tree.to_netcdf(part, engine="h5netcdf")
    seal(part)
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
    sealed = check_seal(Path(path))
    try:
        check_closed(Path(path))
        with xr.open_datatree(path, engine="h5netcdf") as lazy:
            check_size(lazy, Path(path))
            tree = lazy.load()
    except ModelFileError:
        raise
    except Exception as error:
        raise ModelFileError(f"{path} cannot be read as a model file; it is damaged or not one.") from error
    try:
        _check_format(tree, path, sealed)
        return _rebuild(tree)
    except ModelFileError:
        raise
    except Exception as error:
        said = " ".join(str(error).split())
        raise ModelFileError(f"{path} is incomplete: {said}; save the model again.") from error


def _check_format(tree: "xr.DataTree", path: str | os.PathLike[str], sealed: bool) -> None:
    if tree.attrs.get("format") != FORMAT:
        raise ModelFileError(f"{path} is not a model file of this library.")
    schema = int(tree.attrs.get("schema_version", 0))
    if schema > SCHEMA_VERSION:
        raise ModelFileError(
            f"{path} has schema version {schema}; this library reads up to {SCHEMA_VERSION}; "
            "update creditrisk."
        )
    if schema >= FIRST_SEALED and not sealed:
        raise ModelFileError(f"{path} has lost its checksum; it is damaged: copy or save the model again.")


def _rebuild(tree: "xr.DataTree") -> RiskModel:
    about = json.loads(tree.attrs["model"])
    violation = ViolationModel(
        groups=groups_from_json(about["violation"]["groups"]),
        priors=priors_from_json(about["violation"].get("priors")),
    )
    loss = LossModel(groups=groups_from_json(about["loss"]["groups"]))
    for estimator, name in ((violation, "violation"), (loss, "loss")):
        state = about[name]["status"]
        estimator.status_ = FitStatus(**{**state, "state": FitState(state["state"])})
        estimator.feature_names_in_ = np.array(about[name]["columns"], dtype=object)
        estimator.n_features_in_ = len(about[name]["columns"])
    violation.posterior_ = posterior_from_node(tree["violation"], about["violation"]["terms"])
    take_evidence(violation, tree)
    violation.classes_ = np.array([0, 1])
    violation.n_unlabelled_ = int(about["violation"]["n_unlabelled"])
    if int(tree.attrs["schema_version"]) < 3:
        loss.take_parts(parts_of_version_2(tree["loss"], about["loss"]["terms"]))
    else:
        loss.take_parts(parts_from_tree(tree["loss"], about["loss"]["parts"]))
    share = tree["loss"]["positive_share"].to_numpy()
    if share.dtype.kind != "f" or share.shape != loss.posterior_.intercept.shape:
        raise ValueError(f"positive_share is {share.dtype} of shape {share.shape}")
    loss.positive_share_ = share
    model = RiskModel(violation, loss)
    model.violation_, model.loss_, model.currency_ = violation, loss, str(about["currency"])
    take_joint(model, tree)
    model.trained_on_ = TrainedOn.from_dict(about.get("trained_on", {}))
    return model


def _about(estimator: Any) -> dict[str, Any]:
    status = estimator.status_.to_dict()
    status.pop("ok")
    status.pop("sentence")
    return {
        "groups": groups_to_json(estimator.groups),
        "columns": [str(name) for name in estimator.feature_names_in_],
        "n_unlabelled": getattr(estimator, "n_unlabelled_", 0),
        "status": status,
    }
