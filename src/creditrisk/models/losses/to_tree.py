"""The draws of a loss model as nodes and attributes of the model file."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from creditrisk.models.design_matrix import Design
from creditrisk.models.linear import LinearPosterior
from creditrisk.models.losses.families import Gamma, LogNormal, LogNormalPareto, LossFamily
from creditrisk.models.losses.part import LossPart, Tail
from creditrisk.models.posterior_file import posterior_from_node, posterior_to_dataset, terms_to_json

if TYPE_CHECKING:
    import xarray as xr

FAMILIES: dict[str, type[LossFamily]] = {
    "log_normal": LogNormal,
    "gamma": Gamma,
    "log_normal_pareto": LogNormalPareto,
}
_PLACE = "part_{number}/{name}"


def parts_to_nodes(parts: tuple[LossPart, ...]) -> dict[str, "xr.Dataset"]:
    """Return a dataset for every predictor of every family, by its place below the node of the model."""
    return {
        _PLACE.format(number=number, name=name): posterior_to_dataset(posterior)
        for number, part in enumerate(parts)
        for name, posterior in _predictors(part).items()
    }


def parts_to_json(parts: tuple[LossPart, ...]) -> list[dict[str, Any]]:
    """Return what the datasets do not say: families, terms and thresholds."""
    kinds = {family: kind for kind, family in FAMILIES.items()}
    return [
        {
            "family": {"kind": kinds[type(part.family)], **asdict(part.family)},
            "threshold": None if part.tail is None else part.tail.threshold,
            "terms": {name: terms_to_json(posterior) for name, posterior in _predictors(part).items()},
        }
        for part in parts
    ]


def parts_from_tree(node: "xr.DataTree", described: list[dict[str, Any]]) -> tuple[LossPart, ...]:
    """Return the families that a node and their description make.

    Raises
    ------
    KeyError
        If something is missing.
    ValueError
        If draws and terms contradict each other.
    """
    return tuple(_part(node, number, about) for number, about in enumerate(described))


def parts_of_version_2(node: "xr.DataTree", terms: list[dict[str, Any]]) -> tuple[LossPart, ...]:
    """Return the one log-normal family of a file of schema version 2."""
    sigma = node["sigma"].to_numpy()
    spread = LinearPosterior(
        design=Design(terms=()),
        intercept=np.log(sigma).astype(np.float32),
        levels=np.zeros((0, len(sigma)), dtype=np.float32),
    )
    return (LossPart(family=LogNormal(), location=posterior_from_node(node, terms), log_spread=spread),)


def _predictors(part: LossPart) -> dict[str, LinearPosterior]:
    found = {"location": part.location, "log_spread": part.log_spread}
    if part.tail is not None:
        found |= {"log_scale": part.tail.log_scale, "logit_shape": part.tail.logit_shape}
    return found


def _part(node: "xr.DataTree", number: int, about: dict[str, Any]) -> LossPart:
    found = {
        name: posterior_from_node(node[_PLACE.format(number=number, name=name)], terms)
        for name, terms in about["terms"].items()
    }
    settings = dict(about["family"])
    family = FAMILIES[settings.pop("kind")]
    tail = None
    if about["threshold"] is not None:
        tail = Tail(
            threshold=float(about["threshold"]),
            log_scale=found["log_scale"],
            logit_shape=found["logit_shape"],
        )
    settings = {name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()}
    return LossPart(
        family=family(**settings), location=found["location"], log_spread=found["log_spread"], tail=tail
    )
