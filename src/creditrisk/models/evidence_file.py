"""What a model file keeps of the evidence, so that the next quarter's fit can start from it.

The expansion of the log-likelihood in double precision, of its Hessian the lower triangle row by row, and
the priors. No row of training can be read from sums over all of them.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from creditrisk.models.elicited.table import PointsOfNumber, PointsTable
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.priors import Priors

if TYPE_CHECKING:
    import xarray as xr

    from creditrisk.models.violation import ViolationModel

PART, NODE = "violation", "likelihood"


def evidence_to_nodes(model: "ViolationModel") -> dict[str, "xr.Dataset"]:
    """Return the node of a model's log-likelihood; none if the model comes from a file without one.

    Parameters
    ----------
    model : ViolationModel
        A fitted model.

    Returns
    -------
    dict of str to Dataset
        By place in the file.
    """
    import xarray as xr

    if not hasattr(model, "likelihood_"):
        return {}
    said: Expansion = model.likelihood_
    lower = said.hessian[np.tril_indices(len(said.at))]
    vectors = {"at": ("coefficient", said.at), "gradient": ("coefficient", said.gradient)}
    sums = xr.Dataset(vectors | {"hessian": ("lower_triangle", lower), "value": ((), said.value)})
    return {f"{PART}/{NODE}": sums}


def take_evidence(model: "ViolationModel", tree: "xr.DataTree") -> None:
    """Give a model the log-likelihood of its file, if it is there.

    Parameters
    ----------
    model : ViolationModel
        With its posterior.
    tree : DataTree
        The file.

    Raises
    ------
    ValueError
        If it is not that of the model's terms.
    """
    if NODE not in tree[PART].children:
        return
    node = tree[PART].children[NODE]
    at, gradient, lower = (node[name].to_numpy() for name in ("at", "gradient", "hessian"))
    size = model.posterior_.design.n_coefficients
    shapes = (at.shape, gradient.shape, lower.shape)
    if shapes != ((size,), (size,), (size * (size + 1) // 2,)):
        raise ValueError(f"the likelihood has shapes {shapes}, which its terms contradict")
    value = float(node["value"].to_numpy())
    if not all(np.isfinite(one).all() for one in (at, gradient, lower, value)):
        raise ValueError("the likelihood is not finite")
    hessian = np.zeros((size, size))
    hessian[np.tril_indices(size)] = lower
    hessian += np.tril(hessian, -1).T
    model.likelihood_ = Expansion(at=at, value=value, gradient=gradient, hessian=hessian)


def priors_to_json(priors: Priors | None) -> dict[str, Any] | None:
    """Return what `priors_from_json` makes the same priors of.

    Parameters
    ----------
    priors : Priors or None
        Of a model.

    Returns
    -------
    dict or None
        Plain values.
    """
    if priors is None:
        return None
    scales = {name: value for name, value in asdict(priors).items() if name != "table"}
    table = None if priors.table is None else asdict(priors.table)
    return scales | {"table": table}


def priors_from_json(said: dict[str, Any] | None) -> Priors | None:
    """Return the priors that `priors_to_json` described; files that are older than this have none.

    Parameters
    ----------
    said : dict or None
        As in a model file.

    Returns
    -------
    Priors or None
        The same.
    """
    if said is None:
        return None
    if said["table"] is None:
        return Priors(**said)
    numbers = tuple(
        PointsOfNumber(**{**one, "places": tuple(one["places"]), "points": tuple(one["points"])})
        for one in said["table"]["numbers"]
    )
    return Priors(**{**said, "table": PointsTable(**{**said["table"], "numbers": numbers})})
