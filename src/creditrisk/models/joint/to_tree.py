"""The correlations of a joint fit in the model file."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import xarray as xr

    from creditrisk.models.risk import RiskModel

_NODE = "joint"


def joint_to_nodes(model: "RiskModel") -> dict[str, "xr.Dataset"]:
    """Return the node of the correlations, none of a model whose parts were fitted apart."""
    import xarray as xr

    if not model.joint:
        return {}
    draws = model.correlations_
    values = draws.to_numpy(dtype=np.float32)
    found = xr.Dataset({"correlation": (("kept_draw", "group"), values)})
    found.attrs["groups"] = list(map(str, draws.columns))
    return {_NODE: found}


def take_joint(model: "RiskModel", tree: "xr.DataTree") -> None:
    """Give a model the correlations of its file, if there are any.

    Raises
    ------
    ValueError
        If they are not one a draw and group.
    """
    if _NODE not in tree.children:
        return
    node = tree[_NODE]
    names = [str(name) for name in np.atleast_1d(node.attrs["groups"])]
    values = node["correlation"].to_numpy()
    if values.dtype != np.float32 or values.shape != (len(model.loss_.positive_share_), len(names)):
        raise ValueError(f"correlations are {values.dtype} of shape {values.shape}")
    model.joint = True
    model.correlations_ = pd.DataFrame(values, columns=names)
