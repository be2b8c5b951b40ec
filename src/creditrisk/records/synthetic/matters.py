"""Which area of supervision (监管领域) a matter falls into: often that of the entity's trade."""

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.trades import FIELD_NAMES
from creditrisk.records.synthetic.world import World

_OTHER = FIELD_NAMES.tolist().index("other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """How matters of one kind spread over the areas, as weights.

    Parameters
    ----------
    own : float
        Weight of the area of the entity's trade.
    anyone : dict of str to float
        Weights of areas in which every entity can have such a matter.
    devices, shop : float, default 0.0
        Weight of special equipment if the entity uses any, and of online trading if it sells online.
    apart : tuple of str
        Areas of a trade that take no such matter.
    """

    own: float
    anyone: dict[str, float] = field(hash=False)
    devices: float = 0.0
    shop: float = 0.0
    apart: tuple[str, ...] = ()


def draw_fields(
    world: World, rng: np.random.Generator, matter: Matter, entity: NDArray[np.int64]
) -> NDArray[np.str_]:
    """Draw the area of one matter of each of the entities.

    Parameters
    ----------
    world : World
        Its trades say what the entities deal in.
    rng : Generator
        Where the random numbers come from.
    matter : Matter
        The kind of matter.
    entity : array of int, shape (n,)
        Whose matters.

    Returns
    -------
    array of str, shape (n,)
        Names of areas, as in the records.
    """
    trades = world.trades
    profile = (trades.field * 2 + trades.uses_devices) * 2 + trades.runs_shop
    steps = _steps(matter)[profile[entity]]
    return FIELD_NAMES[(rng.random(len(entity))[:, None] >= steps).sum(axis=1)]


@cache
def _steps(matter: Matter) -> NDArray[np.float64]:
    """Return the cumulative chances of the areas, by area of the trade, devices and shop."""
    size = len(FIELD_NAMES)
    weights = np.zeros((size, 2, 2, size))
    for name, weight in matter.anyone.items():
        weights[..., name == FIELD_NAMES] += weight
    for own in range(size):
        if own != _OTHER and FIELD_NAMES[own] not in matter.apart:
            weights[own, ..., own] += matter.own
    weights[:, 1, :, FIELD_NAMES == "special_equipment"] += matter.devices
    weights[:, :, 1, FIELD_NAMES == "online_trading"] += matter.shop
    steps = np.cumsum(weights.reshape(-1, size), axis=1)
    return np.asarray(steps[:, :-1] / steps[:, -1:])
